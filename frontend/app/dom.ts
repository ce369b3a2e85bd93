// Small helpers that every part uses.

/** Runs `handler` for clicks (or another event) on anything that matches `selector`, now or after a swap. */
export function delegate<K extends keyof HTMLElementEventMap>(
  type: K,
  selector: string,
  handler: (target: HTMLElement, event: HTMLElementEventMap[K]) => void,
): void {
  document.addEventListener(type, (event) => {
    const origin = event.target;
    const target = origin instanceof Element ? origin.closest<HTMLElement>(selector) : null;
    if (target) handler(target, event as HTMLElementEventMap[K]);
  });
}

/** Runs `prepare` on the page and on whatever htmx brings in later. */
export function onContent(prepare: (root: Element) => void): void {
  prepare(document.body);
  document.addEventListener("htmx:after:process", (event) => {
    if (event.target instanceof Element && event.target !== document.body) prepare(event.target);
  });
}

export function all<T extends Element = HTMLElement>(root: ParentNode, selector: string): T[] {
  const found = [...root.querySelectorAll<T>(selector)];
  if (root instanceof Element && root.matches(selector)) found.unshift(root as unknown as T);
  return found;
}

/** A sentence of the interface; the server writes them into the page in the reader's language. */
export function say(key: string): string {
  texts ??= JSON.parse(document.getElementById("ui-texts")?.textContent ?? "{}") as Record<string, string>;
  return texts[key] ?? key;
}
let texts: Record<string, string> | undefined;

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`ronghe.${key}`, value);
  } catch {
    // Private windows may refuse; the choice then lasts for this page only.
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`ronghe.${key}`);
  } catch {
    return null;
  }
}
