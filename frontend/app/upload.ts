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
function take(request: XMLHttpRequest): void {
  history.pushState({ htmx: true }, "", request.responseURL);
  void htmx.swap({ text: request.responseText, sourceElement: document.body, target: document.body, swap: "innerHTML" } as never);
  window.scrollTo(0, 0);
}

function send(form: HTMLFormElement): void {
  const bar = form.querySelector<HTMLProgressElement>("progress");
  const request = new XMLHttpRequest();
  const data = new FormData(form);
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
    if (request.status === 0) toast(say("offline"), "danger");
    else if (request.status < 400 || request.status === 422) take(request);
    else reportFailure(request.status);
  });
  request.open("POST", form.getAttribute("action") || location.href);
  request.setRequestHeader("Accept", "text/html");
  request.send(data);
}

export function startUploads(): void {
  startDrop();
  delegate("submit", "form[data-upload]", (form, event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (!form.getAttribute("aria-busy")) send(form as HTMLFormElement);
  });
}
