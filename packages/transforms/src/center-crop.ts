import { pad, type Tensor, ValueError } from "@kindling/core";
import { describeValue, isObject, pythonRepr, surplusArguments } from "@kindling/core/extend";
import { CallableTransform } from "./callable-transform.ts";
import { imageSize } from "./image-size.ts";
import { isOnHost, mapPlanes, type Plane } from "./planes.ts";

/**
 * The middle of an image; where the image is smaller, it is padded with 0 first. One number is a square, two are height
 * and width. Shapes: `[..., H, W]` to `[..., height, width]`.
 *
 * @see https://pytorch.org/vision/stable/generated/torchvision.transforms.CenterCrop.html
 */
export class CenterCrop extends CallableTransform {
  readonly size: readonly [height: number, width: number];
  /** The size as Python prints it: a tuple when one number was given. */
  readonly #printed: string;

  constructor(size: number | readonly number[]) {
    if (arguments.length > 1) throw surplusArguments("new CenterCrop(size)", arguments.length);
    super();
    const [height, width = height, ...more] = [size].flat();
    if (height === undefined || width === undefined || more.length > 0) {
      throw new ValueError(
        "CenterCrop",
        "Please provide only two dimensions (h, w) for size.",
        "",
        `Got ${pythonRepr(size, { list: true })}: give one number for a square, or [height, width].`,
      );
    }
    if (![height, width].every((value) => Number.isInteger(value) && value > 0)) {
      throw new ValueError(
        "CenterCrop",
        "height and width must be > 0",
        `got ${isObject(size) && !Array.isArray(size) ? describeValue(size) : pythonRepr(size, { list: true })}`,
        "Give whole numbers above 0.",
      );
    }
    this.size = [height, width];
    this.#printed = typeof size === "number" ? `(${size}, ${size})` : pythonRepr(this.size, { list: true });
  }

  override apply(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("CenterCrop.apply(x)", arguments.length);
    const [inHeight, inWidth] = imageSize("CenterCrop", x);
    const [height, width] = this.size;
    const top = offset(inHeight, height);
    const left = offset(inWidth, width);
    if (isOnHost(x)) return mapPlanes(x, height, width, (from, to) => copyWindow(from, to, top, left));
    return pad(x, [0 - left, width - (inWidth - left), 0 - top, height - (inHeight - top)]);
  }

  batch(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("CenterCrop.batch(x)", arguments.length);
    return this.apply(x);
  }

  override toString(): string {
    return `CenterCrop(size=${this.#printed})`;
  }
}

/** Where the window begins in the image; negative where the image is smaller and has padding before it. */
function offset(size: number, wanted: number): number {
  if (wanted > size) return -Math.floor((wanted - size) / 2);
  // Python rounds halves to the even number.
  const half = (size - wanted) / 2;
  return Number.isInteger(half) ? half : 2 * Math.round(half / 2);
}

function copyWindow(from: Plane, to: Plane, top: number, left: number): void {
  const [x0, x1] = [Math.max(left, 0), Math.min(left + to.width, from.width)];
  for (let y = Math.max(top, 0); y < Math.min(top + to.height, from.height); y++) {
    const row = from.data.subarray(from.offset + y * from.width + x0, from.offset + y * from.width + x1);
    to.data.set(row, to.offset + (y - top) * to.width + x0 - left);
  }
}
