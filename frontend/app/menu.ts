// Sections of the menu that one opened or folded stay so in this browser; the one that holds the page is always open.
const KEPT = "menu-sections";

function readKept(): Record<string, boolean> {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Record<string, boolean>;
  } catch {
    return {};
  }
}

export function startMenu(): void {
  const kept = readKept();
  for (const section of document.querySelectorAll<HTMLDetailsElement>("#side details[data-section]")) {
    const title = section.dataset.section ?? "";
    const wish = kept[title];
    if (wish !== undefined && !section.querySelector("[aria-current]")) section.open = wish;
    section.addEventListener("toggle", () => {
      kept[title] = section.open;
      try {
        localStorage.setItem(KEPT, JSON.stringify(kept));
      } catch {
        return;
      }
    });
  }
}
