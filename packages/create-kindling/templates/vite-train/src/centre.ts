/** The side of MNIST's images, and of the box in them that a digit is fitted into. */
export const SIDE = 28;
const BOX = 20;

/** A picture in grey: 0 is paper, 255 ink. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly ink: ArrayLike<number>;
}

/**
 * A drawing prepared as MNIST's digits were: scaled to fit 20 x 20 pixels, and placed in 28 x 28 so that its centre of mass is
 * in the middle. A network trained on MNIST expects this. Null where nothing is drawn.
 *
 * @see http://yann.lecun.com/exdb/mnist/
 */
export function centre(picture: Picture): Uint8Array | null {
  const box = boundsOf(picture);
  if (box === null) return null;
  const scale = BOX / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const small = resize(picture, box, width, height);

  let [mass, atX, atY] = [0, 0, 0];
  small.forEach((ink, i) => {
    mass += ink;
    atX += ink * ((i % width) + 0.5);
    atY += ink * (Math.floor(i / width) + 0.5);
  });
  const left = offset(atX / mass, width);
  const top = offset(atY / mass, height);

  const image = new Uint8Array(SIDE * SIDE);
  small.forEach((ink, i) => {
    const [x, y] = [left + (i % width), top + Math.floor(i / width)];
    image[y * SIDE + x] = Math.round(ink);
  });
  return image;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box that holds all ink. */
function boundsOf({ width, height, ink }: Picture): Box | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((ink[y * width + x] ?? 0) < 16) continue; // the faint edge of a stroke
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The box of a picture at another size: each pixel is the mean of what it covers. */
function resize({ width: stride, ink }: Picture, box: Box, width: number, height: number): Float32Array {
  const small = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = covered(box.top, box.height, y, height);
    for (let x = 0; x < width; x++) {
      const [left, right] = covered(box.left, box.width, x, width);
      let sum = 0;
      for (let v = top; v < bottom; v++) for (let u = left; u < right; u++) sum += ink[v * stride + u] ?? 0;
      small[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return small;
}

/** The pixels that pixel `i` of `n` covers, of `size` pixels from `start`: at least one. */
function covered(start: number, size: number, i: number, n: number): [from: number, to: number] {
  const from = Math.floor((i * size) / n);
  return [start + from, start + Math.max(from + 1, Math.floor(((i + 1) * size) / n))];
}

/** Where `size` pixels begin so that `middle` of them is in the middle of the image, and none is outside. */
function offset(middle: number, size: number): number {
  return Math.min(SIDE - size, Math.max(0, Math.round(SIDE / 2 - middle)));
}
