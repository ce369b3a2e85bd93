// Single-key shortcuts. They can be switched off (WCAG 2.1.4), and never act while somebody is typing.
import { all, delegate, onContent, recall, remember } from "./dom";

const WAIT = 1200;

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

// what j and k walk over: rows of tables, tasks, hits; each is stood on by its first link
const ROWS = "#main table tbody tr, #main .task, #main .hits > li";

function links(): HTMLElement[] {
  const found = [...document.querySelectorAll<HTMLElement>(ROWS)].map((row) => row.querySelector<HTMLElement>("a[href], button"));
  return found.filter((link): link is HTMLElement => link !== null && link.getClientRects().length > 0);
}

/** j and k go down and up the list; x ticks the row that one stands on. Enter opens it: it is a link. */
function walk(key: string): boolean {
  if (key === "x") {
    const box = document.activeElement?.closest("tr, li")?.querySelector<HTMLInputElement>("input[type=checkbox][data-row]");
    box?.click();
    return Boolean(box);
  }
  if (key !== "j" && key !== "k") return false;
  const all = links();
  const row = document.activeElement?.closest(ROWS);
  const at = all.findIndex((link) => link.closest(ROWS) === row);
  const next = all[at < 0 ? (key === "j" ? 0 : all.length - 1) : at + (key === "j" ? 1 : -1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return all.length > 0;
}

function press(keys: string): boolean {
  const target = document.querySelector<HTMLElement>(`[data-keys="${CSS.escape(keys)}"]`);
  if (!target) return false;
  if (target.matches("input, textarea")) target.focus();
  else target.click();
  return true;
}

export function startKeys(): void {
  let before = "";
  let timer = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (typing(event.target) && !(event.target as HTMLElement).matches("[data-row]"))) return;
    if (recall("keys") === "off" || document.querySelector("dialog[open]")) return;
    const keys = before ? `${before} ${event.key}` : event.key;
    before = "";
    window.clearTimeout(timer);
    if (press(keys) || walk(keys)) return event.preventDefault();
    if (event.key === "g") {
      before = "g";
      timer = window.setTimeout(() => (before = ""), WAIT);
    }
  });
  onContent((root) => {
    for (const box of all<HTMLInputElement>(root, "[data-keys-switch]")) box.checked = recall("keys") !== "off";
  });
  delegate("change", "[data-keys-switch]", (box) => remember("keys", (box as HTMLInputElement).checked ? "on" : "off"));
}
