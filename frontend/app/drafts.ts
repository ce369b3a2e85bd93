// Long forms: what could not reach the server stays on this machine until it has (form[data-keep], with its draft in #draft).
import { all, delegate, onContent } from "./dom";

const LASTS = 7 * 24 * 3600 * 1000;
const PREFIX = "ronghe-draft:";
const AFTER_TYPING = 1200;

interface Kept { at: number; number: string; window: string; values: Record<string, string>; }
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((item): item is Field => item.matches('[name^="f-"]'));
}

function numberOf(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>('[name="draft_number"]')?.value ?? "";
}

function windowOf(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>('[name="draft_window"]')?.value ?? "";
}

function keyOf(form: HTMLFormElement): string {
  return PREFIX + form.dataset.keep;
}

function keep(form: HTMLFormElement): void {
  const values = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), number: numberOf(form), window: windowOf(form), values } satisfies Kept));
  } catch { /* a full or forbidden store leaves the server's draft */ }
}

function read(key: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Kept | null;
    return kept && Date.now() - kept.at < LASTS ? kept : null;
  } catch {
    return null;
  }
}

/** Puts back what was typed, unless another window has moved the draft on since, and lets it be saved. */
function restore(form: HTMLFormElement): void {
  const kept = read(keyOf(form));
  const ours = kept && (kept.number === numberOf(form) || (kept.window !== "" && kept.window === form.dataset.window));
  if (!kept || !ours) return localStorage.removeItem(keyOf(form));
  let changed = false;
  for (const field of fieldsOf(form)) {
    const value = kept.values[field.name];
    if (value === undefined || value === field.value) continue;
    field.value = value;
    changed = true;
  }
  if (!changed) return localStorage.removeItem(keyOf(form));
  form.querySelector<HTMLElement>("[data-restored]")?.removeAttribute("hidden");
  saveNow(form);
}

function saveNow(form: HTMLFormElement): void {
  form.querySelector("#draft")?.dispatchEvent(new Event("keep-now"));
}

function sweep(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && !read(key)) localStorage.removeItem(key);
  } catch { /* no store, nothing to sweep */ }
}

export function startDrafts(): void {
  sweep();
  const timers = new WeakMap<HTMLElement, number>();
  delegate("input", "form[data-keep]", (form) => {
    keep(form as HTMLFormElement);
    window.clearTimeout(timers.get(form));
    timers.set(form, window.setTimeout(() => saveNow(form as HTMLFormElement), AFTER_TYPING));
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const { ctx } = (event as CustomEvent).detail;
    const form = (ctx?.sourceElement as Element | undefined)?.closest<HTMLFormElement>("form[data-keep]");
    if (form && ctx.response?.raw?.ok) localStorage.removeItem(keyOf(form));
  });
  window.addEventListener("online", () => all<HTMLFormElement>(document, "form[data-keep]").forEach(saveNow));
  onContent((root) => all<HTMLFormElement>(root, "form[data-keep]").forEach((form) => window.setTimeout(() => restore(form))));
}
