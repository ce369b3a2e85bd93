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

/** A page on a wall renews itself, when there is a signal: what it shows stays otherwise. */
function renew(): void {
  const minutes = Number(document.querySelector<HTMLElement>("[data-renew]")?.dataset.renew ?? 0);
  if (minutes) window.setInterval(() => { if (navigator.onLine) location.reload(); }, minutes * 60_000);
}

export function startExtras(): void {
  renew();
  onContent((root) => {
    if (root.querySelector("[data-chart]")) load("charts");
    if (root.querySelector("[data-grid]")) load("grid");
    if (root.querySelector("[data-tour]")) load("tour");
  });
}
