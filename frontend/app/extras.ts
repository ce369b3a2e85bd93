// Bundles that only some pages need, fetched when their element is there.
import { onContent } from "./dom";

const loaded = new Set<string>();

function load(name: string): void {
  const source = document.querySelector<HTMLMetaElement>(`meta[name="ronghe-${name}"]`)?.content;
  if (!source || loaded.has(name)) return;
  loaded.add(name);
  const script = document.createElement("script");
  script.src = source;
  document.head.append(script);
}

export function startExtras(): void {
  onContent((root) => {
    if (root.querySelector("[data-chart]")) load("charts");
    if (root.querySelector("[data-grid]")) load("grid");
  });
}
