// Lists: choose rows, act on them together; and the small buttons (copy, print, theme, menu).
import { all, delegate, onContent, remember, say } from "./dom";
import { toast } from "./messages";

function boxes(form: Element): HTMLInputElement[] {
  return all<HTMLInputElement>(form, "tbody input[type=checkbox][data-row], li input[type=checkbox][data-row]");
}

function count(form: Element): void {
  const rows = boxes(form);
  const chosen = rows.filter((box) => box.checked);
  for (const bar of all(form, "[data-batch-bar]")) bar.classList.toggle("is-active", chosen.length > 0);
  for (const output of all(form, "[data-batch-count]")) output.textContent = String(chosen.length);
  for (const head of all<HTMLInputElement>(form, "[data-select-all]")) {
    head.checked = rows.length > 0 && chosen.length === rows.length;
    head.indeterminate = chosen.length > 0 && chosen.length < rows.length;
  }
  for (const box of rows) box.closest("tr, li")?.classList.toggle("is-chosen", box.checked);
}

function startBatches(): void {
  let last: HTMLInputElement | null = null;
  delegate("change", "form[data-batch]", (form, event) => {
    const box = event.target as HTMLInputElement;
    if (box.matches("[data-select-all]")) for (const row of boxes(form)) row.checked = box.checked;
    count(form);
  });
  delegate("click", "form[data-batch] [data-row]", (target, event) => {
    const box = target as HTMLInputElement;
    const form = box.form!;
    // Shift takes everything between this row and the one clicked before.
    if (event.shiftKey && last?.form === form) {
      const rows = boxes(form);
      const [from, to] = [rows.indexOf(last), rows.indexOf(box)].sort((a, b) => a - b);
      for (const row of rows.slice(from, to! + 1)) row.checked = box.checked;
      count(form);
    }
    last = box;
  });
  onContent((root) => all(root, "form[data-batch]").forEach(count));
}

async function copy(button: HTMLElement): Promise<void> {
  const source = button.dataset.copyFrom && document.querySelector<HTMLElement>(button.dataset.copyFrom);
  const text = source ? source.innerText : (button.dataset.copy ?? "");
  try {
    await navigator.clipboard.writeText(text);
    toast(say("copied"), "success");
  } catch {
    toast(say("copy_failed"), "warning");
  }
}

function startTheme(): void {
  delegate("click", "[data-theme-toggle]", () => {
    const root = document.documentElement;
    const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    root.dataset.bsTheme = theme;
    remember("theme", theme);
  });
}

function startMenus(): void {
  delegate("click", "[data-toggle]", (button) => {
    const open = document.getElementById(button.dataset.toggle ?? "")?.classList.toggle("is-open") ?? false;
    button.setAttribute("aria-expanded", String(open));
  });
  const closeAll = (except?: Node | null) => {
    for (const menu of all<HTMLDetailsElement>(document, "details.menu[open]")) if (!except || !menu.contains(except)) menu.open = false;
  };
  document.addEventListener("click", (event) => closeAll(event.target as Node));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest<HTMLDetailsElement>("details.menu[open]");
    menu?.querySelector("summary")?.focus();
    closeAll();
  });
}

export function startLists(): void {
  startBatches();
  startTheme();
  startMenus();
  delegate("click", "[data-copy], [data-copy-from]", (button) => void copy(button));
  delegate("click", "[data-print]", () => window.print());
}
