import { expect, test } from "vitest";
import { centre, SIDE } from "./centre.ts";

/** A picture with a filled rectangle. */
function rectangle(width: number, height: number, left: number, top: number, right: number, bottom: number) {
  const ink = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x >= left && x < right && y >= top && y < bottom ? 255 : 0;
  });
  return { width, height, ink };
}

/** The box of an image's ink: left, top, right, bottom. */
function boundsOf(image: Uint8Array): number[] {
  const inked = [...image.keys()].filter((i) => image[i] !== 0);
  const [xs, ys] = [inked.map((i) => i % SIDE), inked.map((i) => Math.floor(i / SIDE))];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
}

test("an empty pad is nothing", () => {
  expect(centre(rectangle(280, 280, 0, 0, 0, 0))).toBeNull();
});

test.each([
  [10, 20, 50, 120],
  [200, 100, 240, 200],
  [0, 0, 112, 280],
])("a rectangle at %i, %i fills the box of 20 x 20, in the middle", (left, top, right, bottom) => {
  const image = centre(rectangle(280, 280, left, top, right, bottom));
  expect(image && boundsOf(image)).toEqual([10, 4, 18, 24]);
});

test("a single pixel becomes the whole box", () => {
  const image = centre(rectangle(10, 10, 5, 5, 6, 6));
  expect(image && boundsOf(image)).toEqual([4, 4, 24, 24]);
});
