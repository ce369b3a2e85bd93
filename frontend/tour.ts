// A tour by role over the page, led by driver.js: arrows and Tab move on, Esc closes; it never comes by itself again.
import { driver, type DriveStep } from "driver.js";

interface Stop { path: string; selector: string; title: string; text: string; }
interface Tour { stops: Stop[]; words: Record<"next" | "previous" | "done" | "close" | "menu", string>; }

const visible = (item: Element): boolean => item.getClientRects().length > 0;

/** The thing a step points at: the menu's line (its section is opened), or on a phone the tab; undefined: the middle of the screen. */
function find(stop: Stop): Element | undefined {
  const wanted = stop.path ? `#side a[href="${stop.path}"], .tabbar a[href="${stop.path}"]` : stop.selector;
  if (!wanted) return undefined;
  for (const item of document.querySelectorAll(wanted)) {
    const section = item.closest("details");
    if (section && visible(section) && !section.querySelector("summary")?.contains(item)) section.open = true;
    if (visible(item)) return item;
  }
  return undefined;
}

function makeStep(stop: Stop, words: Tour["words"]): DriveStep {
  const element = find(stop);
  const text = document.createElement("span");
  text.textContent = !element && stop.path ? `${stop.text} ${words.menu}` : stop.text;
  return { ...(element && { element }), popover: { title: stop.title, description: text.outerHTML } };
}

async function lead(holder: HTMLElement): Promise<void> {
  const answer = await fetch(holder.dataset.tour!, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const { stops, words } = (await answer.json()) as Tour;
  if (!stops.length) return;
  const token = document.querySelector<HTMLInputElement>('[name="csrfmiddlewaretoken"]')?.value ?? "";
  let closed = false;
  // both ends and every way of closing it: it does not come again
  const end = (): void => {
    if (closed) return;
    closed = true;
    void fetch(holder.dataset.tourSeen!, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true });
    if (location.search.includes("tour=")) history.replaceState(null, "", location.pathname);
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const tour = driver({
    steps: stops.map((stop) => makeStep(stop, words)),
    animate: !calm,
    smoothScroll: false,
    showProgress: true,
    progressText: "{{current}} / {{total}}",
    nextBtnText: words.next,
    prevBtnText: words.previous,
    doneBtnText: words.done,
    stagePadding: 4,
    stageRadius: 8,
    popoverClass: "tour",
    onPopoverRender: (popover) => popover.closeButton.setAttribute("aria-label", words.close),
    onDestroyed: end,
  });
  tour.drive();
}

const holder = document.querySelector<HTMLElement>("[data-tour]");
if (holder) void lead(holder);
