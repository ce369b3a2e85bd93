// A file form that shows how far the upload is. Without scripts it is a plain multipart form.
// XMLHttpRequest, because fetch (and so htmx 4) cannot report the progress of what is sent.
import htmx from "htmx.org";
import { all, delegate, onContent, say } from "./dom";
import { hold, release } from "./forms";
import { reportFailure, toast } from "./messages";

const MEGABYTE = 1024 * 1024;

function show(zone: HTMLElement): void {
  const input = zone.querySelector<HTMLInputElement>("input[type=file]")!;
  const limit = Number(zone.dataset.maxMb ?? 0) * MEGABYTE;
  const chosen = [...(input.files ?? [])];
  const big = limit ? chosen.find((file) => file.size > limit) : undefined;
  if (big) {
    toast(`${big.name}: ${say("too_large")}`, "danger");
    input.value = "";
  }
  const names = big ? "" : chosen.map((file) => `${file.name} (${(file.size / MEGABYTE).toFixed(2)} MB)`).join(", ");
  zone.querySelector("[data-chosen]")!.textContent = names;
  zone.classList.toggle("has-file", names !== "");
}

function startDrop(): void {
  for (const type of ["dragenter", "dragover"] as const)
    delegate(type, "[data-drop]", (zone, event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  delegate("dragleave", "[data-drop]", (zone, event) => {
    if (!zone.contains(event.relatedTarget as Node | null)) zone.classList.remove("is-over");
  });
  delegate("drop", "[data-drop]", (zone, event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    const input = zone.querySelector<HTMLInputElement>("input[type=file]")!;
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  delegate("change", "[data-drop]", (zone) => show(zone));
  onContent((root) => all(root, "[data-drop]").forEach(show));
}

/** Shows the page that the server answered with, whether it redirected or found problems (422). */
async function take(text: string, address: string): Promise<void> {
  history.pushState({ htmx: true }, "", address);
  await htmx.swap({ text, sourceElement: document.body, target: document.body, swap: "innerHTML" } as never);
  window.scrollTo(0, 0);
}

function list(): HTMLFormElement[] {
  return all<HTMLFormElement>(document, "form[data-upload]");
}

/** The file stays chosen where the same form comes back with what is wrong, so that a marked copy, or another try, needs no second search. */
function choose(place: number, files: FileList | null): void {
  const input = list()[place]?.querySelector<HTMLInputElement>("input[type=file]");
  if (!input || !files?.length) return;
  input.files = files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Saves what came as a file (a marked copy): the page stays as it is. */
function save(file: Blob, disposition: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  const name = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1] ?? /filename="?([^";]+)/i.exec(disposition)?.[1] ?? "";
  link.download = decodeURIComponent(name);
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function hear(request: XMLHttpRequest, form: HTMLFormElement, input: HTMLInputElement | null): Promise<void> {
  const answer = request.response as Blob;
  const disposition = request.getResponseHeader("Content-Disposition") ?? "";
  if (request.status >= 400 && request.status !== 422) return reportFailure(request.status);
  if (disposition.startsWith("attachment")) return save(answer, disposition);
  const files = input?.files ?? null;
  const place = list().indexOf(form);
  await take(await answer.text(), request.responseURL);
  if (request.status === 422) choose(place, files);
}

/** Nothing arrived: the line is down, or the file was changed since it was chosen, which browsers refuse to send. */
async function explain(input: HTMLInputElement | null): Promise<void> {
  try {
    await Promise.all([...(input?.files ?? [])].map((file) => file.slice(0, 1).arrayBuffer()));
    toast(say("offline"), "danger");
  } catch {
    toast(say("file_changed"), "danger");
    input!.value = "";
    input!.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function send(form: HTMLFormElement, button: HTMLElement | null): void {
  const bar = form.querySelector<HTMLProgressElement>("progress");
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const request = new XMLHttpRequest();
  const data = new FormData(form);
  // The pressed button's own name: 要一份标注了问题的副本.
  if (button instanceof HTMLButtonElement && button.name) data.append(button.name, button.value);
  hold(form);
  if (bar) bar.hidden = false;
  request.upload.addEventListener("progress", (event) => {
    if (!bar) return;
    if (event.lengthComputable && event.loaded < event.total) bar.value = event.loaded / event.total;
    else bar.removeAttribute("value"); // sent; the server is reading it
  });
  request.addEventListener("loadend", () => {
    release(form);
    if (bar) bar.hidden = true;
    void (request.status === 0 ? explain(input) : hear(request, form, input));
  });
  request.open("POST", form.getAttribute("action") || location.href);
  request.responseType = "blob";
  request.setRequestHeader("Accept", "text/html");
  request.send(data);
}

export function startUploads(): void {
  startDrop();
  delegate("submit", "form[data-upload]", (form, event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (!form.getAttribute("aria-busy")) send(form as HTMLFormElement, (event as SubmitEvent).submitter);
  });
}
