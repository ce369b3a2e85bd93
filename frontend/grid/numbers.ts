// What a person may type as a figure. The server decides; this only warns early.

const BLANKS = new Set(["-", "—", "——", "/", "无", "－"]);
const FIGURE = /^[+-]?(\d+(\.\d*)?|\.\d+)(%|万|亿|‰)?$/;

/** Full-width digits and separators become plain ones, as WPS and Excel cells often carry them. */
export function tidy(text: string): string {
  return text.normalize("NFKC").replace(/[\s,]/g, "").replace(/^−/, "-");
}

export function readable(text: string): boolean {
  const plain = tidy(text);
  return plain === "" || BLANKS.has(plain) || FIGURE.test(plain);
}
