// The search box: arrow keys walk through the suggestions that htmx brings.
import { all } from "./dom";

export function startSearch(): void {
  const box = document.querySelector<HTMLFormElement>("[data-search]");
  const input = box?.querySelector<HTMLInputElement>("input");
  const panel = box?.querySelector<HTMLElement>("[data-suggest]");
  if (!box || !input || !panel) return;

  const links = () => all<HTMLAnchorElement>(panel, "a");
  const close = () => panel.replaceChildren();

  box.addEventListener("keydown", (event) => {
    const list = links();
    const at = list.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === "Escape") {
      close();
      input.focus();
    } else if (event.key === "ArrowDown" && list.length) {
      event.preventDefault();
      list[Math.min(at + 1, list.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at ? list[at - 1] : input)?.focus();
    }
  });
  input.addEventListener("input", () => {
    if (!input.value.trim()) close();
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target as Node)) close();
  });
}
