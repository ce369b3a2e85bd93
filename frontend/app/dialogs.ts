// Native dialogs: opened by buttons, and one for "are you sure".
import { delegate } from "./dom";

export function ask(text: string, label?: string, danger = false): Promise<boolean> {
  const template = document.querySelector<HTMLTemplateElement>("#confirm-template");
  const dialog = template?.content.firstElementChild?.cloneNode(true);
  if (!(dialog instanceof HTMLDialogElement)) return Promise.resolve(window.confirm(text));
  const yes = dialog.querySelector<HTMLButtonElement>("[value=yes]")!;
  dialog.querySelector("[data-text]")!.textContent = text;
  if (label) yes.textContent = label;
  yes.classList.add(danger ? "btn-danger" : "btn-primary");
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
  });
}

const confirmed = new WeakSet<HTMLFormElement>();

export function startDialogs(): void {
  delegate("click", "[data-open]", (button) => {
    const dialog = document.getElementById(button.dataset.open ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
  });
  delegate("click", "[data-close]", (button) => button.closest("dialog")?.close());
  // A click on the backdrop reaches the dialog itself, not its content.
  delegate("click", "dialog", (dialog, event) => {
    if (event.target === dialog && !dialog.hasAttribute("data-modal")) (dialog as HTMLDialogElement).close();
  });

  // Ahead of every other submit handler, htmx's among them.
  window.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      const button = event.submitter as HTMLButtonElement | null;
      const source = button?.dataset.confirm ? button : form;
      if (!source.dataset.confirm || confirmed.delete(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void ask(source.dataset.confirm, source.dataset.confirmLabel, "danger" in source.dataset).then((yes) => {
        if (!yes) return button?.focus();
        confirmed.add(form);
        form.requestSubmit(button);
      });
    },
    { capture: true },
  );

  document.addEventListener("htmx:confirm", (event) => {
    const { ctx, issueRequest, dropRequest } = (event as CustomEvent).detail;
    event.preventDefault();
    void ask(ctx.confirm, ctx.sourceElement?.dataset.confirmLabel).then((yes) => (yes ? issueRequest() : dropRequest()));
  });
}
