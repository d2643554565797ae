import { h } from "../dom/h.ts";
import { type Line, valueNear } from "./line.ts";

export interface ReadoutOptions {
  readonly xLabel: string;
  readonly format: (value: number) => string;
}

/** The values of all lines at one place of a plot, a row a run. */
export class Readout {
  readonly element = h("div", { class: "readout", hidden: true });
  readonly #options: ReadoutOptions;

  constructor(options: ReadoutOptions) {
    this.#options = options;
  }

  /** @param most how far from `x` a point may be to tell what was there */
  show(x: number, most: number, lines: readonly Line[]): void {
    const kinds = [...new Set(lines.map(({ kind }) => kind))];
    const runs = [...new Set(lines.map(({ run }) => run))];
    const { xLabel, format } = this.#options;
    const rows = runs.map((run) => {
      const own = lines.filter((line) => line.run === run);
      const cells = kinds.map((kind) => {
        const line = own.find((candidate) => candidate.kind === kind);
        const value = line === undefined ? null : valueNear(line, x, most);
        return h("td", {}, value === null ? "–" : format(value));
      });
      const name = h("th", { scope: "row" }, run);
      name.style.color = own[0]?.colour ?? "";
      return h("tr", {}, name, ...cells);
    });
    const head = [`${xLabel} ${Number(x.toFixed(2))}`, ...kinds].map((text) => h("th", { scope: "col" }, text));
    const table = h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows));
    // What stands there already is not read out again.
    if (this.element.textContent !== table.textContent) this.element.replaceChildren(table);
    this.element.hidden = false;
  }

  /** Beside the cursor, not below it. */
  place(isOnTheLeft: boolean): void {
    this.element.classList.toggle("on-the-left", isOnTheLeft);
  }

  /** Whether a screen reader reads it out: it does for who moves the cursor by keyboard. */
  speak(isSpeaking: boolean): void {
    this.element.setAttribute("aria-live", isSpeaking ? "polite" : "off");
  }

  hide(): void {
    this.element.hidden = true;
  }
}
