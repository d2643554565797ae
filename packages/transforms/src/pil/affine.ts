import type { Plane, PlaneKernel } from "./planes.ts";

/** From a pixel of the result to where it comes from: `x = a (i + 0.5) + b (j + 0.5) + c`, `y = d ... + e ... + f`. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * An affine map of byte images as Pillow does it, bit for bit. Pixels that come from outside are left as they are in
 * the result: fill it before.
 *
 * @see https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Geometry.c
 */
export function affineKernel(matrix: Affine, interpolation: "nearest" | "bilinear" | "bicubic"): PlaneKernel {
  if (interpolation === "bilinear") return (from, to) => sampleEach(from, to, matrix, bilinear);
  if (interpolation === "bicubic") return (from, to) => sampleEach(from, to, matrix, bicubic);
  return (from, to) => {
    if (matrix[1] === 0 && matrix[3] === 0) scaleNearest(from, to, matrix);
    else if (fitsFixedPoint(to, matrix)) affineFixedPoint(from, to, matrix);
    else sampleEach(from, to, matrix, nearest);
  };
}

/** Rows and columns apart; positions are added up, as Pillow does, not multiplied. */
function scaleNearest(from: Plane, to: Plane, [a, , c, , e, f]: Affine): void {
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

function fitsFixedPoint({ width, height }: Plane, [a, b, c, d, e, f]: Affine): boolean {
  const corners = [
    [0, 0],
    [width, height],
    [0, height],
    [width, 0],
  ] as const;
  return corners.every(([x, y]) => Math.abs(x * a + y * b + c) < 32768 && Math.abs(x * d + y * e + f) < 32768);
}

/** Nearest pixel, with positions of 16 bits before the point and 16 after it. */
function affineFixedPoint(from: Plane, to: Plane, [a, b, c, d, e, f]: Affine): void {
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
type Sampler = (from: Plane, x: number, y: number) => number;

function sampleEach(from: Plane, to: Plane, [a, b, c, d, e, f]: Affine, sample: Sampler): void {
  for (let j = 0; j < to.height; j++) {
    for (let i = 0; i < to.width; i++) {
      const x = a * (i + 0.5) + b * (j + 0.5) + c;
      const y = d * (i + 0.5) + e * (j + 0.5) + f;
      if (x < 0 || x >= from.width || y < 0 || y >= from.height) continue;
      to.data[to.offset + j * to.width + i] = Math.min(Math.max(Math.trunc(sample(from, x, y)), 0), 255);
    }
  }
}

const nearest: Sampler = (from, x, y) => from.data[from.offset + Math.trunc(y) * from.width + Math.trunc(x)] as number;

const bilinear: Sampler = (from, xin, yin) => {
  const x = Math.floor(xin - 0.5);
  const y = Math.floor(yin - 0.5);
  const across = (row: number): number => {
    const left = pixel(from, x, row);
    return left + (pixel(from, x + 1, row) - left) * (xin - 0.5 - x);
  };
  const top = across(Math.max(y, 0));
  const bottom = y + 1 < from.height ? across(y + 1) : top;
  return top + (bottom - top) * (yin - 0.5 - y);
};

const bicubic: Sampler = (from, xin, yin) => {
  const x = Math.floor(xin - 0.5);
  const y = Math.floor(yin - 0.5);
  const [dx, dy] = [xin - 0.5 - x, yin - 0.5 - y];
  const across = (row: number): number =>
    cubic(pixel(from, x - 1, row), pixel(from, x, row), pixel(from, x + 1, row), pixel(from, x + 2, row), dx);
  const v1 = across(Math.min(Math.max(y - 1, 0), from.height - 1));
  const v2 = y >= 0 && y < from.height ? across(y) : v1;
  const v3 = y + 1 < from.height ? across(y + 1) : v2;
  const v4 = y + 2 < from.height ? across(y + 2) : v3;
  return cubic(v1, v2, v3, v4, dy);
};

function cubic(v1: number, v2: number, v3: number, v4: number, d: number): number {
  return v2 + d * (-v1 + v3 + d * (2 * (v1 - v2) + v3 - v4 + d * (-v1 + v2 - v3 + v4)));
}

/** Pixels beyond the left and right edge are those at the edge. */
function pixel({ data, offset, width }: Plane, x: number, row: number): number {
  return data[offset + row * width + Math.min(Math.max(x, 0), width - 1)] as number;
}
