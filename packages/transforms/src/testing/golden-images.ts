import { fromBuffer, type Tensor } from "@kindling/core";
import golden from "../transforms.golden.json";

/** A tensor as golden files write it. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly number[];
}

/** How an image came in: as PIL image (bytes `[H, W]` here) or as a float tensor `[1, H, W]`. */
export type Path = "pil" | "float32";

/** The golden image of this size, on its way into a transform. */
export function goldenImage(size: readonly number[], path: Path): Tensor {
  const found = golden.images.find(({ image }) => image.join() === size.join());
  if (found === undefined) throw new Error(`no golden image of size ${size.join(" x ")}`);
  const bytes = fromBuffer(Uint8Array.from(found.input.data), found.input.shape);
  return path === "pil" ? bytes : bytes.unsqueeze(0).to("float32").div(256);
}

/** The largest difference between a result (its channel, if it has one, aside) and what PyTorch gave; NaN if shapes differ. */
export function distance(result: Tensor, expected: GoldenTensor): number {
  const image = result.ndim === expected.shape.length + 1 ? result.select(0, 0) : result;
  const data = image.toTypedArraySync();
  if (image.shape.join() !== expected.shape.join()) return Number.NaN;
  return Math.max(...expected.data.map((value, i) => Math.abs(value - (data[i] as number))));
}
