import type { Tensor } from "@kindling/core";
import { mapPlanes, type Plane, type PlaneKernel } from "../planes.ts";
import { type Affine, affineKernel } from "./affine.ts";

export interface PilRotateOptions {
  readonly interpolation: "nearest" | "bilinear" | "bicubic";
  readonly expand: boolean;
  /** `[x, y]` in pixels from the top left corner; null is the centre of the image. */
  readonly center: readonly [number, number] | null;
  /** The fill outside the image, for each of its planes in turn. */
  readonly fill: readonly number[];
}

/**
 * A byte image turned counter-clockwise by `degrees` as Pillow turns it, bit for bit. Shapes: `[..., H, W]`.
 *
 * @see https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.Image.rotate
 */
export function pilRotate(x: Tensor, degrees: number, options: PilRotateOptions): Tensor {
  const { interpolation, expand, center, fill } = options;
  const [height, width] = x.shape.slice(-2) as [number, number];
  const angle = degrees % 360 < 0 ? (degrees % 360) + 360 : degrees % 360;
  if (center === null) {
    if (angle === 0) return x;
    if (angle === 180) return mapPlanes(x, height, width, turn180);
    if (angle === 90 && (expand || width === height)) return mapPlanes(x, width, height, turn90);
    if (angle === 270 && (expand || width === height)) return mapPlanes(x, width, height, turn270);
  }
  const { matrix, outHeight, outWidth } = rotation(angle, height, width, center, expand);
  const kernel = affineKernel(matrix, interpolation);
  return mapPlanes<Uint8Array>(x, outHeight, outWidth, (from, to, index) => {
    const background = Math.min(Math.max(Math.trunc(fill[index % fill.length] as number), 0), 255);
    if (background !== 0) to.data.fill(background, to.offset, to.offset + outHeight * outWidth);
    kernel(from, to, index);
  });
}

function rotation(
  angle: number,
  height: number,
  width: number,
  center: readonly [number, number] | null,
  expand: boolean,
): { matrix: Affine; outHeight: number; outWidth: number } {
  const [cx, cy] = center ?? [width / 2, height / 2];
  const radians = -(angle * (Math.PI / 180));
  const cos = round15(Math.cos(radians));
  const sin = round15(Math.sin(radians));
  const minusSin = round15(-Math.sin(radians));
  const c = cos * -cx + sin * -cy + cx;
  const f = minusSin * -cx + cos * -cy + cy;
  if (!expand) return { matrix: [cos, sin, c, minusSin, cos, f], outHeight: height, outWidth: width };
  const corners = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ] as const;
  const xs = corners.map(([x, y]) => cos * x + sin * y + c);
  const ys = corners.map(([x, y]) => minusSin * x + cos * y + f);
  const outWidth = Math.ceil(Math.max(...xs)) - Math.floor(Math.min(...xs));
  const outHeight = Math.ceil(Math.max(...ys)) - Math.floor(Math.min(...ys));
  const [dx, dy] = [-(outWidth - width) / 2, -(outHeight - height) / 2];
  const matrix: Affine = [cos, sin, cos * dx + sin * dy + c, minusSin, cos, minusSin * dx + cos * dy + f];
  return { matrix, outHeight, outWidth };
}

function round15(value: number): number {
  return Number(value.toFixed(15));
}

const turn180: PlaneKernel<Uint8Array> = (from, to) => {
  const last = from.height * from.width - 1;
  for (let i = 0; i <= last; i++) to.data[to.offset + i] = from.data[from.offset + last - i] as number;
};

const turn90: PlaneKernel<Uint8Array> = (from, to) => copyEach(from, to, (x, y) => (from.width - 1 - x) * to.width + y);

const turn270: PlaneKernel<Uint8Array> = (from, to) =>
  copyEach(from, to, (x, y) => x * to.width + (from.height - 1 - y));

function copyEach(from: Plane<Uint8Array>, to: Plane<Uint8Array>, place: (x: number, y: number) => number): void {
  for (let y = 0; y < from.height; y++) {
    for (let x = 0; x < from.width; x++) {
      to.data[to.offset + place(x, y)] = from.data[from.offset + y * from.width + x] as number;
    }
  }
}
