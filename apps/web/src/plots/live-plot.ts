import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { h } from "../dom/h.ts";
import { OnScreen } from "../dom/on-screen.ts";
import { inTurn } from "../dom/turns.ts";
import type { Colours } from "../views/colours.ts";
import type { Line } from "./line.ts";
import { optionsOf, type PlotLook } from "./plot-look.ts";
import { Readout, type ReadoutOptions } from "./readout.ts";

export interface LivePlotOptions extends PlotLook, ReadoutOptions {
  readonly label: string;
  /** What its keys do, for who does not see it. */
  readonly keys: string;
  readonly colours: () => Colours;
  /** The lines to draw, in the colours that the page has now. */
  readonly lines: (colours: Colours) => readonly Line[];
}

/** Milliseconds between two drawings: a plot that is watched needs no more than some a second. */
const PAUSE = 120;

/** Milliseconds after which the mouse events that a browser makes of a tap are over. */
const AFTER_TAP = 60;

/** A plot over the epochs that follows its box, the page's colours, and its lines, as often as `draw` is called, while it is on the screen. */
export class LivePlot {
  /** The picture and what stands at the cursor. */
  readonly element: HTMLElement;
  readonly picture: HTMLElement;
  readonly #options: LivePlotOptions;
  readonly #readout: Readout;
  readonly #screen: OnScreen;
  readonly #resizing: ResizeObserver;
  #plot: uPlot | null = null;
  #lines: readonly Line[] = [];
  /** What the series look like: they are made anew only when that changes. */
  #form = "";
  #size = { width: 0, height: 0 };
  #drawn = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor(options: LivePlotOptions) {
    this.#options = options;
    this.#readout = new Readout(options);
    this.picture = h("div", { class: "plot", role: "img", "aria-label": options.label });
    this.picture.setAttribute("aria-description", options.keys);
    this.picture.addEventListener("keydown", (event) => this.#press(event));
    this.picture.addEventListener("pointermove", () => this.#readout.speak(false));
    this.picture.addEventListener("pointerup", (event) => this.#tap(event));
    this.picture.addEventListener("blur", () => this.#leave());
    this.element = h("div", { class: "plot-box" }, this.picture, this.#readout.element);
    this.#screen = new OnScreen(this.element, () => this.draw());
    this.#resizing = new ResizeObserver((entries) => this.#fit(entries.at(-1)?.contentRect));
    this.#resizing.observe(this.picture);
  }

  /** The page has other colours now. */
  recolour(): void {
    this.#form = "";
    this.draw();
  }

  /** Draws the lines as they are by then: soon, in a turn of its own. */
  draw(): void {
    if (!this.#screen.isThere) return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        inTurn(this.#drawNow);
      },
      Math.max(0, this.#drawn + PAUSE - performance.now()),
    );
  }

  readonly #drawNow = (): void => {
    if (this.#isDisposed) return;
    this.#drawn = performance.now();
    const colours = this.#options.colours();
    this.#lines = this.#options.lines(colours).filter(({ x }) => x.length > 0);
    const form = JSON.stringify(this.#lines.map(({ x, y, ...look }) => look));
    if (this.#lines.length === 0 || this.#size.width === 0) {
      this.#end();
      this.picture.tabIndex = -1;
      return;
    }
    const data = uPlot.join(this.#lines.map(({ x, y }) => [x as number[], y as number[]]));
    if (form === this.#form && this.#plot !== null) {
      this.#plot.setData(data);
      return;
    }
    const { left = -1 } = this.#plot?.cursor ?? {};
    this.#end();
    this.#form = form;
    this.picture.tabIndex = 0;
    const look = optionsOf(this.#options, colours, this.#lines);
    const hooks: uPlot.Hooks.Arrays = {
      setCursor: [(plot) => this.#read(plot)],
      // The cursor stays where it was.
      ready: [(plot) => left >= 0 && plot.setCursor({ left, top: 0 })],
    };
    this.#plot = new uPlot({ ...look, ...this.#size, hooks }, data, this.picture);
  };

  dispose(): void {
    this.#isDisposed = true;
    this.#resizing.disconnect();
    this.#screen.dispose();
    clearTimeout(this.#timer);
    this.#end();
  }

  #end(): void {
    this.#plot?.destroy();
    this.#plot = null;
    this.#form = "";
    this.#readout.hide();
  }

  #fit(box: DOMRectReadOnly | undefined): void {
    if (box === undefined) return;
    this.#size = { width: Math.floor(box.width), height: Math.floor(box.height) };
    if (this.#plot !== null && this.#size.width > 0) this.#plot.setSize(this.#size);
    else this.draw();
  }

  /** Tells what there is at the cursor. */
  #read(plot: uPlot): void {
    const { left = -1, idx } = plot.cursor;
    const x = idx == null ? undefined : plot.data[0][idx];
    if (left < 0 || x === undefined) {
      this.#readout.hide();
      return;
    }
    this.#readout.place(left > plot.over.clientWidth / 2);
    this.#readout.show(x, Math.max(0.5, this.#lastOf(plot) / 100), this.#lines);
  }

  /** The keyboard goes from epoch to epoch, or through the first ones in smaller steps. */
  #press(event: KeyboardEvent): void {
    const plot = this.#plot;
    if (plot === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const { left = -1 } = plot.cursor;
    const most = this.#lastOf(plot);
    const step = most > 2 ? 1 : most / 20;
    const at = left < 0 ? null : Math.round(plot.posToVal(left, "x") / step);
    const goals = new Map([
      ["ArrowLeft", at === null ? most : (at - 1) * step],
      ["ArrowRight", at === null ? 0 : (at + 1) * step],
      ["Home", 0],
      ["End", most],
    ]);
    const goal = goals.get(event.key);
    if (event.key === "Escape") this.#leave();
    if (goal === undefined) return;
    event.preventDefault();
    this.#readout.speak(true);
    plot.setCursor({ left: plot.valToPos(Math.min(most, Math.max(0, goal)), "x"), top: 0 });
  }

  /** A finger leaves at once; what it has pointed at stays until it points elsewhere. */
  #tap({ pointerType, clientX }: PointerEvent): void {
    const plot = this.#plot;
    if (plot === null || pointerType === "mouse") return;
    const left = clientX - plot.over.getBoundingClientRect().left;
    setTimeout(() => plot.setCursor({ left, top: 0 }), AFTER_TAP);
  }

  #leave(): void {
    this.#plot?.setCursor({ left: -10, top: -10 });
  }

  #lastOf(plot: uPlot): number {
    return plot.scales.x?.max ?? 1;
  }
}
