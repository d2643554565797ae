import { h } from "../dom/h.ts";
import { centred, SIDE } from "./centre.ts";
import { Sheet } from "./sheet.ts";
import type { Spot } from "./strokes.ts";

/** Pixels of a side, whatever it measures on the screen; and of the pen, as wide as MNIST's digits were written. */
const SIZE = 280;
const PEN = 22;

/** The same drawing on smaller paper: five times as fine as MNIST's images is fine enough. */
const PAPER = 140;

/** A sheet for a pad, with nothing on it. */
export function emptySheet(): Sheet {
  return new Sheet(SIZE);
}

/** How far an arrow key moves the pen. */
const STEP = 14;

export interface PadOptions {
  readonly label: string;
  readonly describedBy: string;
  /** The ink, and the mark of the pen, as the page has them now. */
  readonly colours: () => { readonly ink: string; readonly accent: string };
  /** Called with the drawing as a network takes it; null where nothing is drawn. */
  readonly onDraw: (image: Uint8Array | null) => void;
  /** Called when the keyboard's pen goes down or up. */
  readonly onPen: (isDown: boolean) => void;
}

/** A pad to draw on, with a pointer or with the keyboard. */
export class Pad {
  readonly element: HTMLCanvasElement;
  readonly #sheet: Sheet;
  readonly #options: PadOptions;
  readonly #paper: OffscreenCanvasRenderingContext2D;
  #pen: Spot = { x: SIZE / 2, y: SIZE / 4 };
  #isDown = false;
  #hasKeyboard = false;
  #scheduled = false;

  constructor(sheet: Sheet, options: PadOptions) {
    this.#sheet = sheet;
    this.#options = options;
    this.element = h("canvas", {
      class: "pad",
      width: 2 * SIZE,
      height: 2 * SIZE,
      tabIndex: 0,
      "aria-label": options.label,
      "aria-describedby": options.describedBy,
    });
    this.element.setAttribute("role", "application");
    this.#paper = new OffscreenCanvas(PAPER, PAPER).getContext("2d", {
      willReadFrequently: true,
    }) as OffscreenCanvasRenderingContext2D;
    this.#listen();
  }

  /** Puts an image on the pad, as it is; whoever draws begins anew. */
  show(image: Uint8Array): void {
    this.#sheet.clear();
    this.#sheet.shown = image;
    this.#changed();
  }

  clear(): void {
    this.#sheet.clear();
    this.#changed();
  }

  undo(): void {
    this.#sheet.strokes.undo();
    this.#sheet.shown = null;
    this.#changed();
  }

  /** Paints all anew: the page has other colours, say. */
  paint(): void {
    const context = this.element.getContext("2d") as CanvasRenderingContext2D;
    const { ink, accent } = this.#options.colours();
    context.setTransform(2, 0, 0, 2, 0, 0);
    context.clearRect(0, 0, SIZE, SIZE);
    const { shown, strokes } = this.#sheet;
    if (shown !== null) this.#paintShown(context, shown, ink);
    context.strokeStyle = ink;
    strokes.paint(context, PEN);
    if (!this.#hasKeyboard) return;
    context.beginPath();
    context.arc(this.#pen.x, this.#pen.y, PEN / 2, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = accent;
    context.stroke();
  }

  /** The image in the page's ink: as much of it as the image has. */
  #paintShown(context: CanvasRenderingContext2D, image: Uint8Array, ink: string): void {
    const size = SIZE / SIDE;
    context.fillStyle = ink;
    for (const [i, value] of image.entries()) {
      context.globalAlpha = value / 255;
      context.fillRect((i % SIDE) * size, Math.floor(i / SIDE) * size, size, size);
    }
    context.globalAlpha = 1;
  }

  #begin(spot: Spot): void {
    this.#sheet.shown = null;
    this.#sheet.strokes.begin(spot);
  }

  #listen(): void {
    const pad = this.element;
    pad.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      pad.setPointerCapture(event.pointerId);
      this.#hasKeyboard = false;
      this.#begin(this.#spotOf(event));
      this.#changed();
    });
    pad.addEventListener("pointermove", (event) => {
      if (!pad.hasPointerCapture(event.pointerId)) return;
      const events = event.getCoalescedEvents?.() ?? [];
      for (const each of events.length > 0 ? events : [event]) this.#sheet.strokes.add(this.#spotOf(each));
      this.#changed();
    });
    pad.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (this.#press(event.key)) event.preventDefault();
    });
    pad.addEventListener("blur", () => {
      this.#hasKeyboard = false;
      this.#setDown(false);
      this.paint();
    });
  }

  /** Whether the key means something here. */
  #press(key: string): boolean {
    const way = ARROWS.get(key);
    if (way !== undefined) {
      const bounded = (at: number) => Math.min(SIZE - PEN, Math.max(PEN, at));
      this.#pen = { x: bounded(this.#pen.x + way.x * STEP), y: bounded(this.#pen.y + way.y * STEP) };
      if (this.#isDown) this.#sheet.strokes.add(this.#pen);
    } else if (key === " " || key === "Enter") {
      this.#setDown(!this.#isDown);
      if (this.#isDown) this.#begin(this.#pen);
    } else if (key === "Backspace" || key === "Delete" || key === "Escape") {
      this.#setDown(false);
      this.#sheet.clear();
    } else return false;
    this.#hasKeyboard = true;
    this.#changed();
    return true;
  }

  #setDown(isDown: boolean): void {
    if (isDown === this.#isDown) return;
    this.#isDown = isDown;
    this.#options.onPen(isDown);
  }

  #spotOf({ clientX, clientY }: PointerEvent): Spot {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    return { x: ((clientX - left) / width) * SIZE, y: ((clientY - top) / height) * SIZE };
  }

  /** Paints and tells, once a frame at most. */
  #changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.paint();
      const { shown, strokes } = this.#sheet;
      this.#options.onDraw(strokes.isEmpty ? shown : this.#image());
    });
  }

  #image(): Uint8Array | null {
    const paper = this.#paper;
    paper.setTransform(PAPER / SIZE, 0, 0, PAPER / SIZE, 0, 0);
    paper.fillStyle = "black";
    paper.fillRect(0, 0, SIZE, SIZE);
    paper.strokeStyle = "white";
    this.#sheet.strokes.paint(paper, PEN);
    const { data } = paper.getImageData(0, 0, PAPER, PAPER);
    const ink = new Uint8Array(PAPER * PAPER);
    for (let i = 0; i < ink.length; i++) ink[i] = data[4 * i] as number;
    return centred({ width: PAPER, height: PAPER, ink });
  }
}

const ARROWS: ReadonlyMap<string, Spot> = new Map([
  ["ArrowLeft", { x: -1, y: 0 }],
  ["ArrowRight", { x: 1, y: 0 }],
  ["ArrowUp", { x: 0, y: -1 }],
  ["ArrowDown", { x: 0, y: 1 }],
]);
