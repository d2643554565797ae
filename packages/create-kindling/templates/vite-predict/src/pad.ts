import { centre } from "./centre.ts";

/** As thick as MNIST's digits were written. */
const PEN = 22;

export interface Pad {
  clear(): void;
}

/** Makes a canvas a pad to draw on. `onDraw` is called with the drawing, 28 x 28 bytes, or null where there is none. */
export function makePad(canvas: HTMLCanvasElement, onDraw: (image: Uint8Array | null) => void): Pad {
  const { width, height } = canvas;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("The browser has no canvas to draw on.");
  context.lineWidth = PEN;
  context.lineCap = context.lineJoin = "round";

  const draw = (event: PointerEvent): void => {
    const scale = width / canvas.clientWidth;
    context.strokeStyle = getComputedStyle(canvas).color;
    context.lineTo(event.offsetX * scale, event.offsetY * scale);
    context.stroke();
    const { data } = context.getImageData(0, 0, width, height);
    // The pad is transparent: a pixel has as much ink as it is opaque.
    onDraw(centre({ width, height, ink: data.filter((_, i) => i % 4 === 3) }));
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    context.beginPath();
    draw(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) draw(event);
  });

  return {
    clear() {
      context.clearRect(0, 0, width, height);
      onDraw(null);
    },
  };
}
