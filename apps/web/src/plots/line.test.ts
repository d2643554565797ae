import { expect, test } from "vitest";
import { valueNear } from "./line.ts";

test("the nearest point tells, unless it is too far or a gap", () => {
  const line = { x: [1, 2, 4], y: [0.5, null, 0.25] };
  const at = (x: number) => valueNear(line, x, 0.5);
  expect([at(0.4), at(0.5), at(1.4), at(1.6), at(2.6), at(3.6), at(4.5), at(4.6)]).toEqual([
    null,
    0.5,
    0.5,
    null,
    null,
    0.25,
    0.25,
    null,
  ]);
  expect(valueNear({ x: [], y: [] }, 1, 9)).toBe(null);
});
