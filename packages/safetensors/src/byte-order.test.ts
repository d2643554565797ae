import { expect, test } from "vitest";
import { hostOrder } from "./byte-order.ts";

test("a big-endian host turns elements round, a little-endian one does nothing", () => {
  expect([...hostOrder(Uint8Array.of(1, 2, 3, 4), 2, false)]).toEqual([2, 1, 4, 3]);
  expect([...hostOrder(Uint8Array.of(1, 2, 3, 4), 4, false)]).toEqual([4, 3, 2, 1]);
  expect([...hostOrder(Uint8Array.of(1, 2), 1, false)]).toEqual([1, 2]);
  expect([...hostOrder(Uint8Array.of(1, 2, 3, 4), 4, true)]).toEqual([1, 2, 3, 4]);
});
