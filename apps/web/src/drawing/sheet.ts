import { Strokes } from "./strokes.ts";

/** What lies on the pad: strokes, or an image that was not drawn there. It outlives the pad, which is built anew in another language. */
export class Sheet {
  readonly strokes: Strokes;
  shown: Uint8Array | null = null;

  constructor(size: number) {
    this.strokes = new Strokes(size);
  }

  clear(): void {
    this.strokes.clear();
    this.shown = null;
  }
}
