// Makes `<table data-grid>` of inputs usable like a spreadsheet by keyboard alone. Without scripts it is a plain form.
import { all, onContent, say } from "./app/dom";
import { readable, tidy } from "./grid/numbers";

class Grid {
  private readonly rows: (HTMLInputElement | null)[][];
  private readonly inputs: HTMLInputElement[];
  private readonly box: Element;

  constructor(private readonly table: HTMLTableElement) {
    this.box = table.closest("[data-grid-box]") ?? table;
    this.rows = [...table.tBodies].flatMap((body) =>
      [...body.rows].map((row) => [...row.querySelectorAll("td[data-cell]")].map((cell) => cell.querySelector("input"))),
    );
    this.inputs = all<HTMLInputElement>(table, "td[data-cell] input");
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("paste", (event) => this.paste(event));
    table.addEventListener("input", (event) => this.changed(event.target as HTMLInputElement));
    table.addEventListener("change", (event) => this.left(event.target as HTMLInputElement));
    table.addEventListener("focusin", (event) => this.entered(event.target as HTMLInputElement));
    table.closest("form")?.addEventListener("reset", () => window.setTimeout(() => this.inputs.forEach((input) => this.changed(input))));
    this.inputs.forEach((input) => this.mark(input));
    this.count();
  }

  private place(input: Element): [row: number, column: number] | null {
    for (const [row, cells] of this.rows.entries()) {
      const column = cells.indexOf(input as HTMLInputElement);
      if (column >= 0) return [row, column];
    }
    return null;
  }

  private focus(input: HTMLInputElement | null | undefined): boolean {
    if (!input) return false;
    input.focus();
    input.select();
    return true;
  }

  /** The next cell that can be typed into, going on in one direction. */
  private step(row: number, column: number, down: number, right: number): boolean {
    for (let r = row + down, c = column + right; r >= 0 && r < this.rows.length; r += down, c += right) {
      const cells = this.rows[r]!;
      if (c < 0 || c >= cells.length) return false;
      const input = cells[c];
      if (input && !input.readOnly) return this.focus(input);
    }
    return false;
  }

  private edge(row: number, last: boolean): boolean {
    const open = (this.rows[row] ?? []).filter((input) => input && !input.readOnly);
    return this.focus(last ? open[open.length - 1] : open[0]);
  }

  private key(event: KeyboardEvent): void {
    const input = event.target as HTMLInputElement;
    const place = this.place(input);
    if (!place || event.isComposing || event.altKey) return;
    const [row, column] = place;
    const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const atStart = all || (input.selectionStart === 0 && input.selectionEnd === 0);
    const atEnd = all || (input.selectionStart === input.value.length && input.selectionEnd === input.value.length);
    const ctrl = event.ctrlKey || event.metaKey;
    let moved = false;
    switch (event.key) {
      case "ArrowUp":
        moved = this.step(row, column, -1, 0);
        break;
      case "ArrowDown":
        moved = this.step(row, column, 1, 0);
        break;
      case "ArrowLeft":
        moved = atStart && this.step(row, column, 0, -1);
        break;
      case "ArrowRight":
        moved = atEnd && this.step(row, column, 0, 1);
        break;
      case "Enter":
        // Enter goes on down the column; ctrl+Enter sends the form.
        if (ctrl) input.form?.requestSubmit();
        else if (!this.step(row, column, event.shiftKey ? -1 : 1, 0) && !event.shiftKey) this.nextColumn(column);
        moved = true;
        break;
      case "Home":
        moved = ctrl ? this.edge(this.rows.findIndex((cells) => cells.some((cell) => cell && !cell.readOnly)), false) : all && this.edge(row, false);
        break;
      case "End":
        moved = ctrl ? this.edge(this.rows.length - 1, true) : all && this.edge(row, true);
        break;
      case "Escape":
        if (input.value !== input.defaultValue) {
          this.write(input, input.defaultValue);
          input.select();
          moved = true;
        }
        break;
    }
    if (moved) event.preventDefault();
  }

  private nextColumn(column: number): void {
    for (let c = column + 1; c < (this.rows[0]?.length ?? 0); c += 1)
      for (const cells of this.rows) {
        const input = cells[c];
        if (input && !input.readOnly) return void this.focus(input);
      }
  }

  private paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const place = this.place(event.target as Element);
    if (!place || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) {
      return; // one value: the browser pastes it itself
    }
    event.preventDefault();
    const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    let filled = 0;
    let outside = 0;
    lines.forEach((line, down) =>
      line.forEach((value, right) => {
        const input = this.rows[place[0] + down]?.[place[1] + right];
        if (input && !input.readOnly) {
          this.write(input, value);
          filled += 1;
        } else if (value.trim()) outside += 1;
      }),
    );
    this.tell(say("pasted").replace("{n}", String(filled)) + (outside ? say("pasted_outside").replace("{n}", String(outside)) : ""));
  }

  private write(input: HTMLInputElement, value: string): void {
    input.value = tidy(value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    this.left(input);
  }

  private changed(input: HTMLInputElement): void {
    this.mark(input);
    this.count();
  }

  private mark(input: HTMLInputElement): void {
    const cell = input.closest("td");
    cell?.classList.toggle("is-dirty", input.value !== input.defaultValue);
    cell?.classList.toggle("is-empty", input.inputMode === "decimal" && input.value.trim() === "" && !input.readOnly);
  }

  /** Warns about what cannot be a number; a remark of the server stays until the value changes. */
  private left(input: HTMLInputElement): void {
    if (input.inputMode !== "decimal") return;
    const cell = input.closest("td")!;
    const good = readable(input.value);
    const own = cell.querySelector("[data-own-problem]");
    const theirs = cell.querySelector<HTMLElement>("[data-problem]");
    if (theirs) theirs.hidden = input.value !== input.defaultValue;
    if (good) own?.remove();
    else if (!own) {
      const note = document.createElement("span");
      note.id = `${input.id}-own`;
      note.className = "grid-problem";
      note.dataset.ownProblem = "";
      note.textContent = say("not_a_number");
      cell.append(note);
    }
    const shown = !good || (theirs !== null && !theirs.hidden && theirs.dataset.problem === "error");
    input.toggleAttribute("aria-invalid", shown);
    if (shown) input.setAttribute("aria-invalid", "true");
    const notes = [good ? null : `${input.id}-own`, theirs && !theirs.hidden ? theirs.id : null].filter(Boolean).join(" ");
    if (notes) input.setAttribute("aria-describedby", notes);
    else input.removeAttribute("aria-describedby");
    cell.classList.toggle("is-wrong", shown);
  }

  private entered(input: HTMLInputElement): void {
    const place = this.place(input);
    if (!place) return;
    for (const row of all(this.table, "tr.is-current")) row.classList.remove("is-current");
    input.closest("tr")?.classList.add("is-current");
    this.tell(input.dataset.hint ?? "");
  }

  private tell(text: string): void {
    const output = this.box.querySelector("[data-grid-hint]");
    if (output) output.textContent = text;
  }

  private count(): void {
    // a note is never asked for, so an empty one is not missing
    const open = this.inputs.filter((input) => !input.readOnly && input.inputMode === "decimal");
    const filled = open.filter((input) => input.value.trim() !== "").length;
    const set = (name: string, value: number) => {
      const output = this.box.querySelector(`[data-grid-${name}]`);
      if (output) output.textContent = String(value);
    };
    set("filled", filled);
    set("left", open.length - filled);
    const bar = this.box.querySelector<HTMLProgressElement>("progress");
    if (bar) bar.value = open.length ? filled / open.length : 1;
  }
}

const made = new WeakSet<HTMLTableElement>();
onContent((root) => {
  for (const table of all<HTMLTableElement>(root, "table[data-grid]"))
    if (!made.has(table)) {
      made.add(table);
      new Grid(table);
    }
});
