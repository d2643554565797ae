import { pad as constantPad, KindlingError, ShapeError, type Tensor, tensor, ValueError } from "@kindling/core";
import { checkInts, checkOptions, checkTensor, formatShape, surplusArguments } from "@kindling/core/extend";

/** How padding is filled: with one value, the image mirrored at its edge, its edge repeated, or its other side. */
export type PaddingMode = "constant" | "reflect" | "replicate" | "circular";

export interface PadOptions {
  /** Default: `"constant"`. */
  readonly mode?: PaddingMode;
  /** The value of the padding when `mode` is `"constant"`. Default: 0. */
  readonly value?: number;
}

/**
 * `x` with more around it; `padding` are pairs from the last dimension on, `[left, right, top, bottom]`, and negative ones crop. All modes
 * but `"constant"` take images and batches of them: one pair for `[N, C, L]` or `[C, L]`, two for `[N, C, H, W]` or `[C, H, W]`.
 *
 * @throws ShapeError `Argument #4: Padding size should be less than the corresponding input dimension, ...`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.pad.html
 */
export function pad(x: Tensor, padding: readonly number[], options: PadOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("pad(x, padding, options?)", arguments.length);
  checkOptions("pad", options, ["mode", "value"]);
  const { mode = "constant", value = 0 } = options;
  checkTensor("pad", x);
  checkInts("pad", padding, {
    name: "pad",
    position: 2,
    wayOut: "Give [left, right], [left, right, top, bottom], ...",
  });
  if (mode === "constant") return constantPad(x, padding, { value });
  const place = Object.hasOwn(PLACES, mode) ? PLACES[mode] : undefined;
  if (place === undefined) {
    const rule = `Unrecognised padding mode ${String(mode)}`;
    throw new ValueError("pad", rule, "", 'There are "constant", "reflect", "replicate" and "circular".');
  }
  checkDimensions(x, padding);
  let out = x;
  for (let i = 0; i < padding.length; i += 2) {
    const dim = x.ndim - 1 - i / 2;
    const sides = [padding[i] as number, padding[i + 1] as number] as const;
    if (sides.every((side) => side === 0)) continue;
    checkReach(mode, x, dim, sides);
    checkSize(mode, x, padding, dim, sides);
    const size = x.shape[dim] as number;
    const places = Int32Array.from({ length: size + sides[0] + sides[1] }, (_, at) =>
      place(at - sides[0], size, sides),
    );
    out = out.indexSelect(dim, tensor(places, { device: x.device }));
  }
  return out;
}

type Sides = readonly [before: number, after: number];

/** Which element stands at a place that may lie outside. */
const PLACES: Readonly<Record<Exclude<PaddingMode, "constant">, (at: number, size: number, sides: Sides) => number>> = {
  reflect: (at, size) => (at < 0 ? -at : at >= size ? 2 * (size - 1) - at : at),
  replicate: (at, size) => Math.min(Math.max(at, 0), size - 1),
  // Circular padding takes its elements after cropping.
  circular(at, size, sides) {
    const [first, rest] = [Math.max(0, -sides[0]), remaining(size, sides)];
    return first + ((at - first + rest) % rest);
  },
};

/** The size after cropping. */
function remaining(size: number, [before, after]: Sides): number {
  return size + Math.min(0, before) + Math.min(0, after);
}

function checkDimensions(x: Tensor, padding: readonly number[]): void {
  const pairs = padding.length / 2;
  if (Number.isInteger(pairs) && pairs > 0 && pairs <= 3 && [pairs + 1, pairs + 2].includes(x.ndim)) return;
  throw new KindlingError(
    "pad",
    `Padding size ${padding.length} is not supported for ${x.ndim}D input tensor.\nSupported combinations for non-constant padding:\n  - 2D or 3D input: padding size = 2 (pads last dimension)\n  - 3D or 4D input: padding size = 4 (pads last 2 dimensions)\n  - 4D or 5D input: padding size = 6 (pads last 3 dimensions)`,
  );
}

function checkReach(mode: PaddingMode, x: Tensor, dim: number, sides: Sides): void {
  const size = x.shape[dim] as number;
  const longest = Math.max(...sides);
  if (mode === "reflect" && longest >= size) {
    throw new ShapeError(
      "pad",
      `Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (${sides.join(", ")}) at dimension ${dim} of input ${formatShape(x.shape)}`,
      "",
      "There is not more to mirror.",
    );
  }
  if (mode === "circular" && longest > Math.max(0, remaining(size, sides))) {
    const rule = "Padding value causes wrapping around more than once.";
    throw new ShapeError("pad", rule, `The padding is (${sides.join(", ")}) and the size ${size}`, "Pad by less.");
  }
}

/** Refuses to crop all there is: PyTorch's `"circular"` alone gives nothing then. */
function checkSize(mode: PaddingMode, x: Tensor, padding: readonly number[], dim: number, sides: Sides): void {
  const size = (x.shape[dim] as number) + sides[0] + sides[1];
  if (size > 0 || (mode === "circular" && size === 0)) return;
  const wayOut = "Negative padding crops less than there is.";
  if (mode === "circular") {
    throw new ShapeError(
      "pad",
      "Negative padding value is resulting in an empty dimension",
      `its size is ${size}`,
      wayOut,
    );
  }
  const pairs = padding.length / 2;
  const names = ["D", "H", "W"].slice(-pairs);
  const list = (sizes: readonly number[]): string[] => names.map((name, i) => `${name}: ${sizes[i]}`);
  const before = x.shape.slice(-pairs);
  const after = before.map((length, i) => {
    const at = padding.length - 2 * (i + 1);
    return length + (padding[at] as number) + (padding[at + 1] as number);
  });
  const [was, is] = [list(before), list(after)];
  throw new ShapeError(
    "pad",
    pairs === 1
      ? `input (${was}) is too small. Calculated output ${is}`
      : `Calculated output ${is.join(" ")} must be >= 1 in every dimension (input ${was.join(", ")})`,
    "",
    wayOut,
  );
}
