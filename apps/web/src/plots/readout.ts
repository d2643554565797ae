import { h } from "../dom/h.ts";
import { type Line, valueNear } from "./line.ts";

/** A kind of line, and how the legend draws it. */
export interface Kind {
  readonly name: string;
  readonly key: "solid" | "dashed" | "thin";
}

export interface ReadoutOptions {
  readonly xLabel: string;
  /** How a value is told. */
  readonly format: (value: number) => string;
  /** The kinds in the order of the legend; where there is none they are named as they come. */
  readonly kinds?: readonly Kind[];
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
    const { xLabel, format, kinds: known = [] } = this.#options;
    const present = new Set(lines.map(({ kind }) => kind));
    const named = known.filter(({ name }) => present.has(name));
    const kinds = named.length > 0 ? named.map(({ name }) => name) : [...present];
    const runs = [...new Set(lines.map(({ run }) => run))];
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
    const columns = named.length > 0 ? named.map(keyOf) : kinds;
    const head = [`${xLabel} ${Number(x.toFixed(2))}`, ...columns].map((what) => h("th", { scope: "col" }, what));
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

/** As in the legend; its name is for who does not see that. */
function keyOf({ name, key }: Kind): HTMLElement {
  return h("span", { class: `key ${key}` }, h("span", { class: "unseen" }, name));
}
