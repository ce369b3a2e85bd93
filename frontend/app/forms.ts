// Forms: sent once, not lost by accident, filters that apply themselves.
import { all, delegate, onContent } from "./dom";

const HELD_FOR = 8000;
const AFTER_TYPING = 350;

function buttons(form: HTMLFormElement): HTMLButtonElement[] {
  return [...form.elements].filter((item): item is HTMLButtonElement => item instanceof HTMLButtonElement && item.type === "submit");
}

export function release(form: HTMLFormElement): void {
  form.removeAttribute("aria-busy");
  for (const button of buttons(form)) if ("held" in button.dataset) {
    button.disabled = false;
    delete button.dataset.held;
  }
}

/** Stops a second click while the first is on its way; the server's idempotency key is the real guard. */
export function hold(form: HTMLFormElement): void {
  form.setAttribute("aria-busy", "true");
  // After the browser has collected the values, or the pressed button's own name would be lost.
  window.setTimeout(() => {
    if (!form.hasAttribute("aria-busy")) return;
    for (const button of buttons(form)) if (!button.disabled) {
      button.disabled = true;
      button.dataset.held = "";
    }
  });
}

function isHtmx(form: HTMLFormElement): boolean {
  return form.matches("[hx-get], [hx-post], [hx-put], [hx-patch], [hx-delete]");
}

function startGuard(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || isHtmx(form) || form.method === "dialog" || form.matches("[data-upload]")) return;
    if (form.getAttribute("aria-busy")) return event.preventDefault();
    hold(form);
    // A download leaves us on this page, so the buttons come back.
    window.setTimeout(() => release(form), HELD_FOR);
  });
  const formOf = (event: Event) => {
    const { ctx } = (event as CustomEvent).detail;
    const form = ctx?.sourceElement;
    return form instanceof HTMLFormElement && ctx.request.method !== "GET" ? form : null;
  };
  document.addEventListener("htmx:before:request", (event) => {
    const form = formOf(event);
    if (form) hold(form);
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const form = formOf(event);
    if (form) release(form);
  });
  window.addEventListener("pageshow", () => all<HTMLFormElement>(document, "form[aria-busy]").forEach(release));
}

function startUnsaved(): void {
  const touched = new Set<HTMLFormElement>();
  delegate("input", "form[data-unsaved]", (form) => touched.add(form as HTMLFormElement));
  delegate("submit", "form[data-unsaved]", (form, event) => {
    if (!event.defaultPrevented || isHtmx(form as HTMLFormElement)) touched.delete(form as HTMLFormElement);
  });
  delegate("reset", "form[data-unsaved]", (form) => touched.delete(form as HTMLFormElement));
  window.addEventListener("beforeunload", (event) => {
    for (const form of touched) if (!form.isConnected) touched.delete(form);
    if (touched.size) event.preventDefault();
  });
}

function startAutosubmit(): void {
  const timers = new WeakMap<HTMLFormElement, number>();
  const typed = "input[type=search], input[type=text], input:not([type])";
  delegate("change", "form[data-autosubmit]", (form, event) => {
    if (!(event.target as Element).matches(typed)) (form as HTMLFormElement).requestSubmit();
  });
  delegate("input", "form[data-autosubmit]", (form, event) => {
    if (!(event.target as Element).matches(typed)) return;
    // Half-written pinyin is not yet a search.
    if ((event as InputEvent).isComposing) return;
    const owner = form as HTMLFormElement;
    window.clearTimeout(timers.get(owner));
    timers.set(owner, window.setTimeout(() => owner.requestSubmit(), AFTER_TYPING));
  });
}

/** Leaves empty filters out of the address, so that it stays short enough to share. */
function startShortAddresses(): void {
  document.addEventListener("formdata", (event) => {
    if (!(event.target as Element).matches("form[data-autosubmit]")) return;
    for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
  });
}

export function startForms(): void {
  startGuard();
  startUnsaved();
  startAutosubmit();
  startShortAddresses();
  // The first field with a problem is where the work continues.
  onContent((root) => all(root, ".is-invalid")[0]?.focus());
}
