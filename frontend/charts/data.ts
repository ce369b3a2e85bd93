// What the server may put beside a chart. Numbers may arrive as text, since Decimal travels as text in JSON.
export type Figure = number | string | null;

/** Who a series belongs to; decides colour and dash, so that "ours" looks the same everywhere. */
export type Role = "ours" | "best" | "mean" | "target" | "prior" | "other";

export interface Series {
  name: string;
  values: Figure[];
  role?: Role;
  kind?: "bar" | "line";
}

export interface Trend {
  labels: string[];
  series: Series[];
  unit?: string;
  decimals?: number;
  min?: Figure;
  max?: Figure;
  marks?: { name: string; value: Figure }[];
  stack?: boolean;
  horizontal?: boolean;
  /** Small values on top: places. */
  inverse?: boolean;
}

export interface Radar {
  axes: { name: string; max: Figure; min?: Figure }[];
  series: Series[];
  decimals?: number;
}

export interface Scatter {
  x: { name: string; unit?: string };
  y: { name: string; unit?: string };
  points: { name: string; x: Figure; y: Figure; role?: Role }[];
}

export interface Heatmap {
  columns: string[];
  rows: string[];
  cells: [column: number, row: number, value: Figure][];
  /** The greater, the worse: marks lost. */
  worse?: boolean;
  /** Where a click on the cell of the same index leads. */
  links?: string[];
  min?: Figure;
  max?: Figure;
  unit?: string;
}

export function number(value: Figure | undefined): number | null {
  return value === null || value === undefined || value === "" ? null : Number(value);
}
