// A ballot of many choices: what is chosen stays in this tab until it is cast, so that a reload or a look at a report loses nothing
// (form[data-tab-draft]). It never reaches the server, and goes with the tab: nothing of a secret ballot is kept on the machine.
import { all, delegate } from "./dom";

const PREFIX = "ronghe-ballot:";

function keyOf(form: HTMLFormElement): string {
  return PREFIX + form.dataset.tabDraft;
}

function choices(form: HTMLFormElement): HTMLInputElement[] {
  return all<HTMLInputElement>(form, 'input[type="radio"]');
}

/** Says how many items still have no choice. */
function count(form: HTMLFormElement): void {
  const names = new Set(choices(form).map((field) => field.name));
  const done = new Set(choices(form).filter((field) => field.checked).map((field) => field.name));
  const line = form.querySelector<HTMLElement>("[data-left]");
  if (line) line.textContent = names.size === done.size ? line.dataset.all ?? "" : `${line.dataset.some ?? ""} ${names.size - done.size}`;
}

function restore(form: HTMLFormElement): void {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "{}") as Record<string, string>;
    for (const field of choices(form)) {
      if (kept[field.name] === field.value && !choices(form).some((one) => one.name === field.name && one.checked)) field.checked = true;
    }
  } catch { /* an unreadable draft is none */ }
  count(form);
}

/** A personal invitation stands behind the # of its address, where no server and no log sees it: it goes into the form, and out of the address. */
function acceptInvitation(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('[name="code"]');
  const text = decodeURIComponent(location.hash.slice(1));
  if (!field || text.length < 20) return;
  history.replaceState(null, "", location.pathname);
  field.value = text;
  form.requestSubmit();
}

export function startBallots(): void {
  all<HTMLFormElement>(document, "form[data-invitation]").forEach(acceptInvitation);
  delegate("change", "form[data-tab-draft]", (target) => {
    const form = target as HTMLFormElement;
    const kept = Object.fromEntries(choices(form).filter((field) => field.checked).map((field) => [field.name, field.value]));
    try {
      sessionStorage.setItem(keyOf(form), JSON.stringify(kept));
    } catch { /* the page itself still holds it */ }
    count(form);
  });
  all<HTMLFormElement>(document, "form[data-tab-draft]").forEach(restore);
  // what is sent need not be kept: a ballot that is refused comes back with its choices
  document.addEventListener("submit", (event) => {
    const form = (event.target as Element | null)?.closest<HTMLFormElement>("form[data-tab-draft]");
    if (form) sessionStorage.removeItem(keyOf(form));
  });
}
