// 「?」: the guide's passage for this page, in a dialog over it; without this script, or in a new tab, it is a page of its own.
import { delegate } from "./dom";

export function startHelp(): void {
  delegate("click", "[data-help]", (link, event) => {
    const dialog = document.getElementById("help");
    if (!(link instanceof HTMLAnchorElement) || !(dialog instanceof HTMLDialogElement)) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void show(dialog, link.href);
  });
}

async function show(dialog: HTMLDialogElement, address: string): Promise<void> {
  const answer = await fetch(`${address}&part=1`).catch(() => null);
  if (!answer?.ok || answer.redirected) return location.assign(address);
  const body = dialog.querySelector<HTMLElement>("[data-help-body]")!;
  body.innerHTML = await answer.text();
  const title = body.querySelector<HTMLElement>("[data-title]")?.dataset.title;
  if (title) dialog.querySelector("h2")!.textContent = title;
  dialog.showModal();
  body.scrollTop = 0;
}
