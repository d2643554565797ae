import { expect, test } from "vitest";
import { centred, SIDE } from "./centre.ts";

/** A picture with a filled rectangle. */
function rectangle(
  width: number,
  height: number,
  [left, top, right, bottom]: readonly [number, number, number, number],
) {
  const ink = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x >= left && x < right && y >= top && y < bottom ? 255 : 0;
  });
  return { width, height, ink };
}

const boundsOf = (image: Uint8Array) => {
  const inked = [...image.keys()].filter((i) => (image[i] as number) > 0);
  const [xs, ys] = [inked.map((i) => i % SIDE), inked.map((i) => Math.floor(i / SIDE))];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
};

test("nothing drawn is null", () => {
  expect(centred(rectangle(280, 280, [0, 0, 0, 0]))).toBeNull();
});

test("a digit fills twenty pixels, its proportions kept, wherever and however large it was drawn", () => {
  for (const at of [
    [10, 20, 50, 120],
    [200, 100, 240, 200],
    [0, 0, 112, 280],
  ] as const) {
    const image = centred(rectangle(280, 280, at)) as Uint8Array;
    expect(boundsOf(image)).toEqual([10, 4, 18, 24]);
    expect(Math.max(...image)).toBe(255);
  }
});

test("the centre of mass is in the middle, not that of the box", () => {
  // An L: heavy at the left and below.
  const tall = rectangle(200, 200, [0, 0, 40, 200]);
  const wide = rectangle(200, 200, [0, 160, 200, 200]);
  const ink = tall.ink.map((value, i) => Math.max(value, wide.ink[i] as number));
  const image = centred({ width: 200, height: 200, ink }) as Uint8Array;
  let [mass, x, y] = [0, 0, 0];
  for (const [i, value] of image.entries()) {
    mass += value;
    x += value * ((i % SIDE) + 0.5);
    y += value * (Math.floor(i / SIDE) + 0.5);
  }
  expect(Math.abs(x / mass - SIDE / 2)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(y / mass - SIDE / 2)).toBeLessThanOrEqual(0.5);
  expect(boundsOf(image)).not.toEqual([4, 4, 24, 24]);
});

test("an edge that crosses pixels is grey", () => {
  const image = centred(rectangle(280, 280, [100, 50, 145, 150])) as Uint8Array;
  expect(new Set(image).size).toBeGreaterThan(1);
  const one = centred(rectangle(10, 10, [5, 5, 6, 6])) as Uint8Array;
  expect(boundsOf(one)).toEqual([4, 4, 24, 24]);
});
