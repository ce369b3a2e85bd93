// A slider beside its number: the number is what is sent, and works alone where there is no script.
import { all, delegate, onContent } from "./dom";

function numberOf(slider: HTMLInputElement): HTMLInputElement | null {
  return document.getElementById(slider.dataset.slide ?? "") as HTMLInputElement | null;
}

export function startSliders(): void {
  onContent((root) => {
    for (const slider of all<HTMLInputElement>(root, "input[data-slide]")) {
      slider.hidden = slider.min === slider.max;
      const number = numberOf(slider);
      if (number) slider.value = number.value;
    }
  });
  delegate("input", "form[data-sliders]", (form, event) => {
    const moved = event.target as HTMLInputElement;
    if (moved.dataset.slide) {
      const number = numberOf(moved);
      if (number) number.value = moved.value;
      return;
    }
    const slider = all<HTMLInputElement>(form, "input[data-slide]").find((item) => item.dataset.slide === moved.id);
    if (slider && moved.value !== "" && !Number.isNaN(Number(moved.value))) slider.value = moved.value;
  });
  // "Save" leaves the page: htmx, which listens on the form, must not take it for another try.
  document.addEventListener(
    "submit",
    (event) => {
      const button = (event as SubmitEvent).submitter;
      if (button?.hasAttribute("data-plain")) event.stopImmediatePropagation();
    },
    true,
  );
}
