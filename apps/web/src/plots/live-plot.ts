import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { type Colours, readColours } from "../views/colours.ts";

/** A line: its points in the order of `x`, and how it is drawn. */
export interface Line {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
  readonly colour: string;
  /** Lengths of dashes and gaps. */
  readonly dash?: readonly number[];
  readonly width?: number;
  /** Whether its points are marked. */
  readonly marks?: boolean;
  /** How strong it is drawn: 1 is opaque. */
  readonly strength?: number;
}

export interface LivePlotOptions {
  readonly label: string;
  readonly xLabel: string;
  /** A logarithmic scale. */
  readonly log?: boolean;
  /** Where the vertical axis ends, if that is fixed. */
  readonly top?: number;
  /** The lines to draw, in the colours that the page has now. */
  readonly lines: (colours: Colours) => readonly Line[];
}

/** Milliseconds between two drawings. */
const PAUSE = 120;

/** A plot over the epochs that follows its box, the page's colours, and its lines: as often as `draw` is called. */
export class LivePlot {
  readonly element: HTMLElement;
  readonly #options: LivePlotOptions;
  #plot: uPlot | null = null;
  /** What the series look like: they are made anew only when that changes. */
  #form = "";
  #colours = readColours();
  #drawn = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #observer: ResizeObserver;

  constructor(options: LivePlotOptions) {
    this.#options = options;
    this.element = document.createElement("div");
    this.element.className = "plot";
    this.element.setAttribute("role", "img");
    this.element.setAttribute("aria-label", options.label);
    this.#observer = new ResizeObserver(() => this.#fit());
    this.#observer.observe(this.element);
  }

  /** The page has other colours now. */
  recolour(): void {
    this.#colours = readColours();
    this.#form = "";
    this.#drawNow();
  }

  /** Draws the lines as they are, now or in a moment: a plot that is watched needs no more than some frames a second. */
  draw(): void {
    const wait = this.#drawn + PAUSE - performance.now();
    if (wait <= 0) this.#drawNow();
    else this.#timer ??= setTimeout(() => this.#drawNow(), wait);
  }

  #drawNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#drawn = performance.now();
    const lines = this.#options.lines(this.#colours).filter(({ x }) => x.length > 0);
    const form = JSON.stringify(lines.map(({ x, y, ...look }) => look));
    if (lines.length === 0) {
      this.#end();
      return;
    }
    const data = uPlot.join(lines.map(({ x, y }) => [x as number[], y as number[]]));
    if (form === this.#form && this.#plot !== null) {
      this.#plot.setData(data);
      return;
    }
    this.#end();
    const { width, height } = this.#size();
    if (width === 0) return;
    this.#form = form;
    this.#plot = new uPlot(this.#optionsOf(lines, width, height), data, this.element);
  }

  dispose(): void {
    this.#observer.disconnect();
    clearTimeout(this.#timer);
    this.#end();
  }

  #end(): void {
    this.#plot?.destroy();
    this.#plot = null;
    this.#form = "";
  }

  #fit(): void {
    const { width, height } = this.#size();
    if (this.#plot === null) this.draw();
    else if (width > 0) this.#plot.setSize({ width, height });
  }

  #size(): { readonly width: number; readonly height: number } {
    const { clientWidth: width, clientHeight: height } = this.element;
    return { width, height };
  }

  #optionsOf(lines: readonly Line[], width: number, height: number): uPlot.Options {
    const { xLabel, log = false, top } = this.#options;
    const { text, line } = this.#colours;
    const axis: uPlot.Axis = {
      stroke: text,
      font: "12px system-ui, sans-serif",
      grid: { stroke: line, width: 1 },
      ticks: { stroke: line, width: 1, size: 4 },
    };
    return {
      width,
      height,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, y: false, points: { size: 7 } },
      padding: [8, 12, 0, 0],
      scales: {
        x: {
          time: false,
          range: (_plot, least, most) => [least === most ? 0 : Math.min(0, least), Math.max(most, 0.1)],
        },
        y: log
          ? { distr: 3 }
          : { range: (_plot, least, most) => (top === undefined ? [0, most * 1.05 || 1] : [floorOf(least), top]) },
      },
      axes: [
        { ...axis, label: xLabel, labelSize: 18, labelFont: "12px system-ui, sans-serif", size: 34, space: 50 },
        { ...axis, size: 52, values: (_plot, values) => values.map((value) => (value === null ? "" : tick(value))) },
      ],
      series: [
        {},
        ...lines.map(
          ({ colour, dash, width: thick = 2, marks = false, strength = 1 }): uPlot.Series => ({
            stroke: colour,
            width: thick,
            alpha: strength,
            spanGaps: true,
            points: { show: marks, size: 6, fill: colour, stroke: colour },
            ...(dash !== undefined && { dash: [...dash] }),
          }),
        ),
      ],
    };
  }
}

/** A tenth below the least, so that the difference between good and better is seen. */
function floorOf(least: number): number {
  return Math.max(0, Math.floor(least * 10) / 10);
}

function tick(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(0).replace("e-", "e−");
  return String(Number(value.toPrecision(3)));
}
