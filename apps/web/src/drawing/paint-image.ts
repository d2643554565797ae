import { SIDE } from "./centre.ts";

/** Paints an image of 28 x 28 bytes: 0 is the paper's colour, 255 the ink's, as on the rest of the page. */
export function paintImage(canvas: HTMLCanvasElement, image: Uint8Array): void {
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const pixels = context.createImageData(SIDE, SIDE);
  const { data } = pixels;
  // White ink on black, as MNIST has it: the style sheet turns it into the page's ink.
  for (let i = 0, at = 0; i < SIDE * SIDE; i++) {
    const ink = image[i] as number;
    data[at++] = ink;
    data[at++] = ink;
    data[at++] = ink;
    data[at++] = 255;
  }
  context.putImageData(pixels, 0, 0);
}
