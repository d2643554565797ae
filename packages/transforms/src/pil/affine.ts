import type { Plane, PlaneKernel } from "../planes.ts";

/** From a pixel of the result to where it comes from: `x = a (i + 0.5) + b (j + 0.5) + c`, `y = d ... + e ... + f`. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * An affine map of byte images as Pillow does it, bit for bit. Pixels that come from outside are left as they are in
 * the result: fill it before.
 *
 * @see https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Geometry.c
 */
export function affineKernel(
  matrix: Affine,
  interpolation: "nearest" | "bilinear" | "bicubic",
): PlaneKernel<Uint8Array> {
  if (interpolation === "bilinear") return (from, to) => sampleEach(from, to, matrix, bilinear);
  if (interpolation === "bicubic") return (from, to) => sampleEach(from, to, matrix, bicubic);
  return (from, to) => {
    if (matrix[1] === 0 && matrix[3] === 0) scaleNearest(from, to, matrix);
    else if (fitsFixedPoint(to, matrix)) affineFixedPoint(from, to, matrix);
    else sampleEach(from, to, matrix, nearest);
  };
}

/** Rows and columns apart; positions are added up, as Pillow does, not multiplied. */
function scaleNearest(from: Plane<Uint8Array>, to: Plane<Uint8Array>, [a, , c, , e, f]: Affine): void {
  const columns = new Int32Array(to.width);
  let x = c + a * 0.5;
  for (let i = 0; i < to.width; i++, x += a) columns[i] = x < 0 ? -1 : Math.trunc(x);
  let y = f + e * 0.5;
  for (let j = 0; j < to.height; j++, y += e) {
    const row = y < 0 ? -1 : Math.trunc(y);
    if (row < 0 || row >= from.height) continue;
    for (let i = 0; i < to.width; i++) {
      const column = columns[i] as number;
      if (column < 0 || column >= from.width) continue;
      to.data[to.offset + j * to.width + i] = from.data[from.offset + row * from.width + column] as number;
    }
  }
}

function fitsFixedPoint({ width, height }: Plane<Uint8Array>, [a, b, c, d, e, f]: Affine): boolean {
  const corners = [
    [0, 0],
    [width, height],
    [0, height],
    [width, 0],
  ] as const;
  return corners.every(([x, y]) => Math.abs(x * a + y * b + c) < 32768 && Math.abs(x * d + y * e + f) < 32768);
}

/** Nearest pixel, with positions of 16 bits before the point and 16 after it. */
function affineFixedPoint(from: Plane<Uint8Array>, to: Plane<Uint8Array>, [a, b, c, d, e, f]: Affine): void {
  const fixed = (value: number): number => Math.floor(value * 65536 + 0.5);
  const [stepX, stepY] = [fixed(a), fixed(d)];
  let rowX = fixed(c + a * 0.5 + b * 0.5);
  let rowY = fixed(f + d * 0.5 + e * 0.5);
  for (let j = 0; j < to.height; j++) {
    let x = rowX;
    let y = rowY;
    for (let i = 0; i < to.width; i++) {
      const column = x >> 16;
      const row = y >> 16;
      if (column >= 0 && column < from.width && row >= 0 && row < from.height) {
        to.data[to.offset + j * to.width + i] = from.data[from.offset + row * from.width + column] as number;
      }
      x += stepX;
      y += stepY;
    }
    rowX += fixed(b);
    rowY += fixed(e);
  }
}

/** The value at a place between the pixels, as a double. */
type Sampler = (from: Plane<Uint8Array>, x: number, y: number) => number;

function sampleEach(from: Plane<Uint8Array>, to: Plane<Uint8Array>, [a, b, c, d, e, f]: Affine, sample: Sampler): void {
  for (let j = 0; j < to.height; j++) {
    for (let i = 0; i < to.width; i++) {
      const x = a * (i + 0.5) + b * (j + 0.5) + c;
      const y = d * (i + 0.5) + e * (j + 0.5) + f;
      if (x < 0 || x >= from.width || y < 0 || y >= from.height) continue;
      const value = sample(from, x, y);
      to.data[to.offset + j * to.width + i] = value < 0 ? 0 : Math.min(value, 255);
    }
  }
}

function nearest({ data, offset, width }: Plane<Uint8Array>, x: number, y: number): number {
  return data[offset + Math.trunc(y) * width + Math.trunc(x)] as number;
}

function bilinear(from: Plane<Uint8Array>, xin: number, yin: number): number {
  const x = Math.floor(xin - 0.5);
  const y = Math.floor(yin - 0.5);
  const top = linearAcross(from, x, Math.max(y, 0), xin - 0.5 - x);
  const bottom = y + 1 < from.height ? linearAcross(from, x, y + 1, xin - 0.5 - x) : top;
  return top + (bottom - top) * (yin - 0.5 - y);
}

function linearAcross(from: Plane<Uint8Array>, x: number, row: number, d: number): number {
  const left = pixel(from, x, row);
  return left + (pixel(from, x + 1, row) - left) * d;
}

function bicubic(from: Plane<Uint8Array>, xin: number, yin: number): number {
  const x = Math.floor(xin - 0.5);
  const y = Math.floor(yin - 0.5);
  const d = xin - 0.5 - x;
  const v1 = cubicAcross(from, x, y < 1 ? 0 : y - 1, d);
  const v2 = y >= 0 ? cubicAcross(from, x, y, d) : v1;
  const v3 = y + 1 < from.height ? cubicAcross(from, x, y + 1, d) : v2;
  const v4 = y + 2 < from.height ? cubicAcross(from, x, y + 2, d) : v3;
  return cubic(v1, v2, v3, v4, yin - 0.5 - y);
}

function cubicAcross(from: Plane<Uint8Array>, x: number, row: number, d: number): number {
  return cubic(pixel(from, x - 1, row), pixel(from, x, row), pixel(from, x + 1, row), pixel(from, x + 2, row), d);
}

function cubic(v1: number, v2: number, v3: number, v4: number, d: number): number {
  return v2 + d * (-v1 + v3 + d * (2 * (v1 - v2) + v3 - v4 + d * (-v1 + v2 - v3 + v4)));
}

/** Pixels beyond the left and right edge are those at the edge. */
function pixel({ data, offset, width }: Plane<Uint8Array>, x: number, row: number): number {
  return data[offset + row * width + (x < 0 ? 0 : x < width ? x : width - 1)] as number;
}
