// What the phone adds: the site's worker, the offer to install, and a photo that was shared into the product.
import { delegate } from "./dom";

const DAY = 24 * 3_600_000;
const SHARED = "ronghe-shared";

interface InstallEvent extends Event { prompt(): Promise<void>; }

function offerInstall(): void {
  let offer: InstallEvent | null = null;
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event as InstallEvent;
    for (const button of document.querySelectorAll<HTMLElement>("[data-install]")) button.hidden = false;
  });
  delegate("click", "[data-install]", (button) => {
    button.hidden = true;
    void offer?.prompt();
  });
}

/** Puts the photo that the worker kept into the form's own file field, so that it is sent like any other. */
async function takeShared(form: HTMLFormElement): Promise<void> {
  if (!("caches" in window)) return;
  const store = await caches.open(SHARED);
  const key = form.dataset.share!;
  const kept = await store.match(key);
  if (!kept) return;
  if (Date.now() - Number(kept.headers.get("X-At")) > DAY) return void store.delete(key);
  const blob = await kept.blob();
  const name = decodeURIComponent(kept.headers.get("X-Name") ?? "") || "photo.jpg";
  const input = form.querySelector<HTMLInputElement>('[name="photo"]')!;
  const holder = new DataTransfer();
  holder.items.add(new File([blob], name, { type: kept.headers.get("Content-Type") ?? "image/jpeg" }));
  input.files = holder.files;
  showPicture(form, input);
  form.querySelector<HTMLElement>("[data-share-drop]")!.hidden = false;
}

function showPicture(form: HTMLFormElement, input: HTMLInputElement): void {
  const picture = form.querySelector<HTMLImageElement>("[data-share-picture]")!;
  const file = input.files?.[0];
  picture.hidden = !file;
  if (!file) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => (picture.src = String(reader.result)));
  reader.readAsDataURL(file);
}

async function forget(key: string): Promise<void> {
  if ("caches" in window) await (await caches.open(SHARED)).delete(key);
}

export function startPhone(): void {
  offerInstall();
  delegate("click", "[data-reload]", () => location.reload());
  const form = document.querySelector<HTMLFormElement>("form[data-share]");
  if (form) {
    void takeShared(form);
    form.querySelector('[name="photo"]')?.addEventListener("change", (event) => showPicture(form, event.target as HTMLInputElement));
    form.querySelector("[data-share-forget]")?.addEventListener("click", () => void forget(form.dataset.share!).then(() => location.assign("/")));
    // sent: what comes back with a problem asks for the photo again
    form.addEventListener("submit", () => void forget(form.dataset.share!));
  }
  const worker = document.querySelector<HTMLMetaElement>('meta[name="ronghe-worker"]')?.content;
  if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => undefined);
}
