// Runs before the page is painted, so that the theme never flashes. Loaded without defer, therefore tiny.
const root = document.documentElement;

function remembered(): string | null {
  try {
    return localStorage.getItem("ronghe.theme");
  } catch {
    return null;
  }
}

const dark = matchMedia("(prefers-color-scheme: dark)");

function apply(): void {
  root.dataset.bsTheme = remembered() ?? (dark.matches ? "dark" : "light");
}

apply();
root.classList.add("js");
dark.addEventListener("change", apply);
