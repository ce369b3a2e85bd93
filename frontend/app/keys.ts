// Single-key shortcuts. They can be switched off (WCAG 2.1.4), and never act while somebody is typing.
import { all, delegate, onContent, recall, remember } from "./dom";

const WAIT = 1200;

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
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
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (recall("keys") === "off" || document.querySelector("dialog[open]")) return;
    const keys = before ? `${before} ${event.key}` : event.key;
    before = "";
    window.clearTimeout(timer);
    if (press(keys)) return event.preventDefault();
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
