import { h, setText } from "../dom/h.ts";
import { OnScreen } from "../dom/on-screen.ts";
import { inTurn } from "../dom/turns.ts";
import type { FirstLayer } from "../protocol/messages.ts";
import { card } from "./card.ts";
import type { Colours } from "./colours.ts";
import type { Context } from "./context.ts";

/** So many units are shown: twelve a row. */
const SHOWN = 60;
const ROW = 12;

/** The weights of the first layer as images, changing as it learns. */
export function weightsView({ say, watch, state, colours, onColours, onEnd }: Context): HTMLElement {
  const canvas = h("canvas", { class: "weights", role: "img", "aria-label": say("weights") });
  const about = h("p", { class: "about" });
  const count = h("p", { class: "count" });
  const empty = h("p", { class: "empty" }, say("weightsEmpty"));
  const repaint = () => {
    const { layer } = state();
    if (layer !== null && screen.isThere) paint(canvas, layer, colours());
  };
  const view = card("weights-card", say("weights"), about, canvas, count, empty);
  const screen = new OnScreen(view, () => inTurn(repaint));

  function show(layer: FirstLayer | null): void {
    canvas.hidden = layer === null;
    empty.hidden = layer !== null;
    setText(about, say(layer !== null && layer.side === 3 ? "weightsKernels" : "weightsHint"));
    if (layer === null) return;
    inTurn(repaint);
    const units = unitsOf(layer);
    setText(count, say("weightsShown", { shown: Math.min(SHOWN, units), count: units }));
  }

  watch(
    (s) => [s.layer],
    (layer) => show(layer),
  );
  onColours(() => inTurn(repaint));
  onEnd(() => screen.dispose());
  return view;
}

function unitsOf({ data, side }: FirstLayer): number {
  return data.length / side ** 2;
}

/** Each unit in its own contrast, with a gap between two: small kernels are enlarged by the style sheet. */
function paint(canvas: HTMLCanvasElement, layer: FirstLayer, colours: Colours): void {
  const { data, side } = layer;
  const units = Math.min(SHOWN, unitsOf(layer));
  const gap = side > 8 ? 2 : 1;
  const columns = Math.min(ROW, units);
  const width = columns * (side + gap) - gap;
  const height = Math.ceil(units / columns) * (side + gap) - gap;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const pixels = context.createImageData(width, height);
  const size = side * side;
  for (let unit = 0; unit < units; unit++) {
    const weights = data.subarray(unit * size, (unit + 1) * size);
    let most = 1e-12;
    for (const weight of weights) most = Math.max(most, Math.abs(weight));
    const [left, top] = [(unit % columns) * (side + gap), Math.floor(unit / columns) * (side + gap)];
    for (let i = 0; i < size; i++) {
      const value = (weights[i] as number) / most;
      const towards = value > 0 ? colours.warm : colours.cold;
      const share = Math.abs(value) ** 0.8;
      const at = 4 * ((top + Math.floor(i / side)) * width + left + (i % side));
      for (let c = 0; c < 3; c++) {
        pixels.data[at + c] = (colours.middle[c] as number) * (1 - share) + (towards[c] as number) * share;
      }
      pixels.data[at + 3] = 255;
    }
  }
  context.putImageData(pixels, 0, 0);
}
