import { readFile } from "node:fs/promises";
import { tensor } from "@kindling/core";
import { save } from "@kindling/safetensors";
import { describe, expect, test } from "vitest";
import { centre } from "./centre.ts";
import { classify, netOf } from "./predict.ts";

const model = await readFile(new URL("../public/model.safetensors", import.meta.url));

/** Digits as somebody might draw them, in letters. */
const DRAWINGS = {
  0: `
    ..#####..
    .##...##.
    ##.....##
    ##.....##
    ##.....##
    ##.....##
    ##....##.
    .##..##..
    ..####...`,
  1: `
    ..##
    ..##
    ..##
    ..##
    .##.
    .##.
    .##.
    ##..
    ##..`,
  3: `
    .######..
    ......##.
    ......##.
    .....##..
    ...####..
    ......##.
    .......##
    ......##.
    #######..`,
  4: `
    ##....##.
    ##....##.
    ##....##.
    ##...###.
    .#######.
    ......##.
    ......##.
    ......##.
    ......##.`,
  7: `
    #########
    #########
    ......##.
    .....##..
    .....##..
    ....##...
    ....##...
    ...##....
    ...##....`,
};

/** A drawing as the pad would have it: each letter is a square of 20 x 20 pixels. */
function pictureOf(drawing: string) {
  const rows = drawing.trim().split(/\s+/);
  const [width, height] = [20 * (rows[0]?.length ?? 0), 20 * rows.length];
  const ink = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [Math.floor((i % width) / 20), Math.floor(i / width / 20)];
    return rows[y]?.[x] === "#" ? 255 : 0;
  });
  return { width, height, ink };
}

describe("the model in public/", () => {
  const net = netOf(model);

  test.each(Object.entries(DRAWINGS))("reads a %s", (digit, drawing) => {
    const probabilities = classify(net, centre(pictureOf(drawing)) ?? new Uint8Array(0));
    expect(probabilities.indexOf(Math.max(...probabilities))).toBe(Number(digit));
  });

  test("gives probabilities that add up to 1", () => {
    const probabilities = classify(net, new Uint8Array(28 * 28));
    expect(probabilities).toHaveLength(10);
    expect(probabilities.reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
  });
});

test("a damaged file, and the weights of another network, are errors", async () => {
  expect(() => netOf(model.subarray(0, 1000))).toThrow();
  const other = await save({ "fc.weight": tensor([[1, 2]]) });
  expect(() => netOf(other)).toThrow("Missing key(s) in state_dict");
});
