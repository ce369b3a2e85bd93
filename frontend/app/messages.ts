// Messages: those of the page, those that a response carries, and those about failed requests.
import { all, delegate, onContent, say } from "./dom";

type Level = "success" | "info" | "warning" | "danger";

const SHOWN_FOR = 8000;

function fade(alert: HTMLElement): void {
  // Bad news stays until it is closed; good news leaves unless somebody is reading it.
  if (!alert.matches(".alert-success, .alert-info") || alert.closest("[data-keep]")) return;
  let timer = window.setTimeout(() => alert.remove(), SHOWN_FOR);
  const hold = () => window.clearTimeout(timer);
  const release = () => {
    hold();
    timer = window.setTimeout(() => alert.remove(), SHOWN_FOR);
  };
  alert.addEventListener("pointerenter", hold);
  alert.addEventListener("focusin", hold);
  alert.addEventListener("pointerleave", release);
  alert.addEventListener("focusout", release);
}

export function toast(text: string, level: Level = "info"): void {
  const box = document.getElementById("messages");
  const template = document.querySelector<HTMLTemplateElement>("#message-template");
  const alert = template?.content.firstElementChild?.cloneNode(true);
  if (!box || !(alert instanceof HTMLElement)) return;
  alert.classList.add(`alert-${level}`);
  alert.querySelector("[data-text]")!.textContent = text;
  box.append(alert);
  fade(alert);
}

function failure(status: number): string {
  if (status === 403) return say("forbidden");
  if (status === 404) return say("gone");
  if (status === 409) return say("stale");
  if (status === 413) return say("too_large");
  if (status === 429) return say("too_many");
  return say("failed");
}

export function reportFailure(status: number): void {
  toast(failure(status), "danger");
}

export function startMessages(): void {
  onContent((root) => all(root, "#messages .alert").forEach(fade));
  delegate("click", "[data-dismiss]", (button) => button.closest(".alert")?.remove());
  // A response may send `HX-Trigger: {"toast": {"text": "…", "level": "warning"}}`.
  document.addEventListener("toast", (event) => {
    const { text, level } = (event as CustomEvent<{ text: string; level?: Level }>).detail;
    toast(text, level);
  });
  document.addEventListener("htmx:response:error", (event) => {
    const { ctx } = (event as CustomEvent).detail;
    const status: number = ctx.response.status;
    if (status !== 422 && !ctx.hx?.trigger?.includes("toast")) reportFailure(status);
  });
  document.addEventListener("htmx:error", () => toast(say("offline"), "danger"));
}
