import { h, setText } from "../dom/h.ts";
import type { FirstLayer } from "../protocol/messages.ts";
import { card } from "./card.ts";
import { readColours } from "./colours.ts";
import type { Context } from "./context.ts";

/** So many units are shown: twelve a row. */
const SHOWN = 60;
const ROW = 12;

/** The weights of the first layer as images, changing as it learns. */
export function weightsView({ say, watch, onEnd }: Context): HTMLElement {
  const canvas = h("canvas", { class: "weights", role: "img", "aria-label": say("weights") });
  const about = h("p", { class: "about" });
  const count = h("p", { class: "count" });
  const empty = h("p", { class: "empty" }, say("weightsEmpty"));
  let colours = readColours();
  let last: FirstLayer | null = null;

  function show(layer: FirstLayer | null): void {
    last = layer;
    canvas.hidden = layer === null;
    empty.hidden = layer !== null;
    setText(about, say(layer !== null && layer.side === 3 ? "weightsKernels" : "weightsHint"));
    if (layer === null) return;
    const units = layer.data.length / layer.side ** 2;
    paint(canvas, layer, Math.min(SHOWN, units), colours);
    setText(count, say("weightsShown", { shown: Math.min(SHOWN, units), count: units }));
  }

  const recolour = () => {
    colours = readColours();
    show(last);
  };
  watch(
    (s) => [s.layer],
    (layer) => show(layer),
  );
  watch(
    (s) => [s.theme],
    () => void requestAnimationFrame(recolour),
  );
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", recolour);
  onEnd(() => system.removeEventListener("change", recolour));
  return card("weights-card", say("weights"), about, canvas, count, empty);
}

type Mapped = Pick<ReturnType<typeof readColours>, "warm" | "cold" | "middle">;

/** Each unit in its own contrast, with a pixel between two: small kernels are enlarged by the style sheet. */
function paint(canvas: HTMLCanvasElement, { data, side }: FirstLayer, units: number, colours: Mapped): void {
  const gap = side > 8 ? 2 : 1;
  const columns = Math.min(ROW, units);
  const lines = Math.ceil(units / columns);
  canvas.width = columns * (side + gap) - gap;
  canvas.height = lines * (side + gap) - gap;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const size = side * side;
  for (let unit = 0; unit < units; unit++) {
    const pixels = context.createImageData(side, side);
    const weights = data.subarray(unit * size, (unit + 1) * size);
    let most = 1e-12;
    for (const weight of weights) most = Math.max(most, Math.abs(weight));
    for (let i = 0; i < size; i++) {
      const value = (weights[i] as number) / most;
      const towards = value > 0 ? colours.warm : colours.cold;
      const share = Math.abs(value) ** 0.8;
      for (let c = 0; c < 3; c++) {
        pixels.data[4 * i + c] = (colours.middle[c] as number) * (1 - share) + (towards[c] as number) * share;
      }
      pixels.data[4 * i + 3] = 255;
    }
    context.putImageData(pixels, (unit % columns) * (side + gap), Math.floor(unit / columns) * (side + gap));
  }
}
