/** Pixels of a side of MNIST's images, and of the box that its digits are fitted into. */
export const SIDE = 28;
const BOX = 20;

/** A picture in grey: 0 is paper, 255 ink. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly ink: ArrayLike<number>;
}

/**
 * A drawing as MNIST's digits were prepared: what is drawn is fitted into 20 x 20 pixels, its proportions kept, shades of grey where an edge
 * crosses a pixel, and is put into 28 x 28 so that its centre of mass is in the middle. Null where nothing is drawn.
 *
 * @see http://yann.lecun.com/exdb/mnist/
 */
export function centred(picture: Picture): Uint8Array | null {
  const box = boundsOf(picture);
  if (box === null) return null;
  const scale = BOX / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const small = shrunk(picture, box, width, height);
  let [mass, atX, atY] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ink = small[y * width + x] as number;
      mass += ink;
      atX += ink * (x + 0.5);
      atY += ink * (y + 0.5);
    }
  }
  const left = placed(SIDE / 2 - atX / mass, width);
  const top = placed(SIDE / 2 - atY / mass, height);
  const image = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      image[(top + y) * SIDE + left + x] = Math.round(small[y * width + x] as number);
    }
  }
  return image;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Less ink than this is the edge of a stroke. */
const VISIBLE = 16;

function boundsOf({ width, height, ink }: Picture): Box | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((ink[y * width + x] as number) < VISIBLE) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Each pixel is the mean over the area that it stands for. */
function shrunk(picture: Picture, box: Box, width: number, height: number): Float64Array {
  const small = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [box.top + (y * box.height) / height, box.top + ((y + 1) * box.height) / height];
    for (let x = 0; x < width; x++) {
      const [left, right] = [box.left + (x * box.width) / width, box.left + ((x + 1) * box.width) / width];
      small[y * width + x] = meanOver(picture, left, top, right, bottom);
    }
  }
  return small;
}

function meanOver({ width, height, ink }: Picture, left: number, top: number, right: number, bottom: number): number {
  let [sum, area] = [0, 0];
  for (let y = Math.floor(top); y < Math.min(height, Math.ceil(bottom)); y++) {
    const tall = Math.min(y + 1, bottom) - Math.max(y, top);
    for (let x = Math.floor(left); x < Math.min(width, Math.ceil(right)); x++) {
      const part = tall * (Math.min(x + 1, right) - Math.max(x, left));
      sum += part * (ink[y * width + x] as number);
      area += part;
    }
  }
  return area === 0 ? 0 : sum / area;
}

/** Whole pixels, and nothing beyond the edge. */
function placed(offset: number, size: number): number {
  return Math.min(SIDE - size, Math.max(0, Math.round(offset)));
}
