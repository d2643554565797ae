import { SIDE } from "./centre.ts";

/** Paints an image of 28 x 28 bytes: 0 is the paper's colour, 255 the ink's, as on the rest of the page. */
export function paintImage(canvas: HTMLCanvasElement, image: Uint8Array): void {
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const pixels = context.createImageData(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const ink = image[i] as number;
    // The style sheet turns white ink on nothing into the page's ink.
    pixels.data.set([ink, ink, ink, 255], 4 * i);
  }
  context.putImageData(pixels, 0, 0);
}
