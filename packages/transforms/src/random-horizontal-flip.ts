import { defaultGenerator, fromBuffer, type Generator, type Tensor, ValueError } from "@kindling/core";
import { describeValue, numel, pythonRepr, surplusArguments } from "@kindling/core/extend";
import { CallableTransform } from "./callable-transform.ts";
import { imageSize } from "./image-size.ts";
import { isOnHost, mapPlanes, type Plane } from "./planes.ts";
import type { RandomTransform } from "./transform.ts";

/**
 * Mirrors an image with probability `p`, left to right. Shapes: `[..., H, W]`, the same in and out.
 *
 * @see https://pytorch.org/vision/stable/generated/torchvision.transforms.RandomHorizontalFlip.html
 */
export class RandomHorizontalFlip extends CallableTransform implements RandomTransform<boolean> {
  readonly p: number;

  constructor(p = 0.5) {
    if (arguments.length > 1) throw surplusArguments("new RandomHorizontalFlip(p?)", arguments.length);
    super();
    if (!(p >= 0 && p <= 1)) {
      throw new ValueError(
        "RandomHorizontalFlip",
        "`p` should be a floating point value in the interval [0.0, 1.0].",
        "",
        `It is ${describeValue(p)}: 0 never flips, 1 always does.`,
      );
    }
    this.p = p;
  }

  /** Whether to flip: `torch.rand(1) < p`. */
  makeParams(generator: Generator = defaultGenerator()): boolean {
    return generator.random24() < Math.fround(this.p);
  }

  applyParams(x: Tensor, flip: boolean): Tensor {
    if (arguments.length > 2) throw surplusArguments("RandomHorizontalFlip.applyParams(x, flip)", arguments.length);
    const [height, width] = imageSize("RandomHorizontalFlip", x);
    if (!flip) return x;
    return isOnHost(x) ? mapPlanes(x, height, width, mirror) : x.flip(-1);
  }

  override apply(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("RandomHorizontalFlip.apply(x)", arguments.length);
    return this.applyParams(x, this.makeParams());
  }

  batch(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("RandomHorizontalFlip.batch(x)", arguments.length);
    const [height, width] = imageSize("RandomHorizontalFlip", x);
    const generator = defaultGenerator();
    const flips = Array.from({ length: x.shape[0] as number }, () => this.makeParams(generator));
    if (isOnHost(x)) {
      const planes = numel(x.shape.slice(1, -2));
      return mapPlanes(x, height, width, (from, to, index) => {
        (flips[Math.floor(index / planes)] ? mirror : copy)(from, to);
      });
    }
    const shape = [flips.length, ...new Array<number>(x.ndim - 1).fill(1)];
    const mask = fromBuffer(Uint8Array.from(flips, Number), shape, { dtype: "bool" }).to(x.device);
    return x.flip(-1).where(mask, x);
  }

  override toString(): string {
    return `RandomHorizontalFlip(p=${pythonRepr(this.p)})`;
  }
}

function mirror(from: Plane, to: Plane): void {
  const { height, width } = from;
  for (let y = 0; y < height; y++) {
    const row = from.offset + y * width;
    const end = to.offset + y * width + width - 1;
    for (let x = 0; x < width; x++) to.data[end - x] = from.data[row + x] as number;
  }
}

function copy(from: Plane, to: Plane): void {
  to.data.set(from.data.subarray(from.offset, from.offset + from.height * from.width), to.offset);
}
