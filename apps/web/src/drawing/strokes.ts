export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Strokes of a pen on a pad of `size` by `size`: the last may be taken back. */
export class Strokes {
  readonly size: number;
  readonly #strokes: Spot[][] = [];

  constructor(size: number) {
    this.size = size;
  }

  get isEmpty(): boolean {
    return this.#strokes.length === 0;
  }

  begin(spot: Spot): void {
    this.#strokes.push([spot]);
  }

  add(spot: Spot): void {
    this.#strokes.at(-1)?.push(spot);
  }

  undo(): void {
    this.#strokes.pop();
  }

  clear(): void {
    this.#strokes.length = 0;
  }

  /** Paints them in the colour of the pen that `context` has. */
  paint(context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, width: number): void {
    context.lineWidth = width;
    context.lineCap = "round";
    context.lineJoin = "round";
    for (const [first, ...rest] of this.#strokes) {
      if (first === undefined) continue;
      context.beginPath();
      context.moveTo(first.x, first.y);
      // A line of no length would not be painted: a dot is a very short one.
      context.lineTo(first.x + 0.01, first.y);
      for (const spot of rest) context.lineTo(spot.x, spot.y);
      context.stroke();
    }
  }
}
