export interface RotationOptions {
  readonly interpolation: "nearest" | "bilinear";
  /** Whether the result grows to hold the whole turned image. */
  readonly expand: boolean;
  /** `[x, y]` in pixels from the top left corner; null is the centre of the image. */
  readonly center: readonly [number, number] | null;
}

/** Where the pixels of a turned image `[height, width]` come from: each is a sum over the taps. */
export interface Rotation {
  readonly height: number;
  readonly width: number;
  readonly taps: readonly Tap[];
}

/** For each pixel of the result one of the source, and how much of it: 0 where it lies outside. */
export interface Tap {
  readonly index: Int32Array;
  readonly weight: Float32Array;
}

/** Positions in the source for each pixel of the result, in pixels. */
interface Grid {
  readonly height: number;
  readonly width: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

const { fround } = Math;

/**
 * Turning by `degrees`, counter-clockwise, as torchvision turns tensors: an affine grid in single precision, and what
 * `grid_sample(align_corners=False)` picks there.
 */
export function rotation(height: number, width: number, degrees: number, options: RotationOptions): Rotation {
  const grid = rotationGrid(height, width, degrees, options);
  const taps =
    options.interpolation === "nearest" ? nearestTaps(grid, height, width) : bilinearTaps(grid, height, width);
  return { height: grid.height, width: grid.width, taps };
}

function rotationGrid(height: number, width: number, degrees: number, { expand, center }: RotationOptions): Grid {
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  // The centre counts from the middle of the image; the matrix leads from the result to the source.
  const [cx, cy] = center === null ? [0, 0] : [center[0] - width / 2, center[1] - height / 2];
  const matrix = [cos, -sin, cx - cos * cx + sin * cy, sin, cos, cy - sin * cx - cos * cy] as const;
  const [outHeight, outWidth] = expand ? expandedSize(height, width, matrix) : [height, width];
  const scaled = matrix.map((value, i) => fround(fround(value) / fround(0.5 * (i < 3 ? width : height))));
  const [a, b, c, d, e, f] = scaled as [number, number, number, number, number, number];
  const x = new Float32Array(outHeight * outWidth);
  const y = new Float32Array(outHeight * outWidth);
  for (let j = 0; j < outHeight; j++) {
    const v = -outHeight * 0.5 + 0.5 + j;
    for (let i = 0; i < outWidth; i++) {
      const u = -outWidth * 0.5 + 0.5 + i;
      x[j * outWidth + i] = unnormalize(fround(fround(fround(u * a) + fround(v * b)) + c), width);
      y[j * outWidth + i] = unnormalize(fround(fround(fround(u * d) + fround(v * e)) + f), height);
    }
  }
  return { height: outHeight, width: outWidth, x, y };
}

/** From `[-1, 1]` to pixels, as `grid_sample(align_corners=False)`. */
function unnormalize(position: number, size: number): number {
  return fround(fround(fround(position + 1) * fround(size / 2)) - 0.5);
}

/** The size that holds the whole turned image, rounded as torchvision rounds it. */
function expandedSize(height: number, width: number, matrix: readonly number[]): [number, number] {
  const [a, b, c, d, e, f] = matrix as [number, number, number, number, number, number];
  const corners = [
    [-0.5, -0.5],
    [-0.5, 0.5],
    [0.5, 0.5],
    [0.5, -0.5],
  ] as const;
  const xs = corners.map(([x, y]) => fround(a * x * width + b * y * height + c + width * 0.5));
  const ys = corners.map(([x, y]) => fround(d * x * width + e * y * height + f + height * 0.5));
  const cut = (value: number): number => fround(Math.trunc(fround(value / fround(1e-4))) * fround(1e-4));
  const span = (values: number[]): number => Math.ceil(cut(Math.max(...values))) - Math.floor(cut(Math.min(...values)));
  return [span(ys), span(xs)];
}

function nearestTaps(grid: Grid, height: number, width: number): Tap[] {
  return [tap(grid, height, width, (i) => [roundHalfEven(grid.x[i] as number), roundHalfEven(grid.y[i] as number), 1])];
}

function bilinearTaps(grid: Grid, height: number, width: number): Tap[] {
  return [0, 1].flatMap((down) =>
    [0, 1].map((right) =>
      tap(grid, height, width, (i) => {
        const [x, y] = [grid.x[i] as number, grid.y[i] as number];
        const [left, top] = [Math.floor(x), Math.floor(y)];
        const across = fround(right === 1 ? x - left : left + 1 - x);
        const along = fround(down === 1 ? y - top : top + 1 - y);
        return [left + right, top + down, fround(across * along)];
      }),
    ),
  );
}

function tap(
  grid: Grid,
  height: number,
  width: number,
  pick: (i: number) => readonly [x: number, y: number, weight: number],
): Tap {
  const index = new Int32Array(grid.x.length);
  const weight = new Float32Array(grid.x.length);
  for (let i = 0; i < index.length; i++) {
    const [x, y, share] = pick(i);
    if (x < 0 || x >= width || y < 0 || y >= height) continue;
    index[i] = y * width + x;
    weight[i] = share;
  }
  return { index, weight };
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
