// Colours come from the stylesheet, so that a chart follows the page's theme.
import type { Role } from "./data";

export interface Palette {
  text: string;
  muted: string;
  line: string;
  surface: string;
  font: string;
  ramp: string[];
  bad: string;
  roles: Record<Role, string>;
  others: string[];
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: read("--rh-ink"),
    muted: read("--rh-ink-2"),
    line: read("--rh-line"),
    surface: read("--rh-surface"),
    font: getComputedStyle(document.body).fontFamily,
    ramp: [read("--rh-ramp-1"), read("--rh-ramp-2"), read("--rh-ramp-3")],
    bad: read("--rh-ramp-bad"),
    roles: {
      ours: read("--rh-chart-ours"),
      best: read("--rh-chart-best"),
      mean: read("--rh-chart-mean"),
      target: read("--rh-chart-target"),
      prior: read("--rh-chart-prior"),
      other: read("--rh-chart-other"),
    },
    others: [1, 2, 3, 4, 5].map((n) => read(`--rh-chart-${n}`)),
  };
}
