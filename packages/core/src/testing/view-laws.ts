import { expect, test } from "vitest";
import { arange } from "../api/creation.ts";
import type { Device } from "../device/device.ts";
import { moveTo } from "../graph/op.ts";
import { where } from "../ops/comparison.ts";
import { cat } from "../ops/joining.ts";
import { pad } from "../ops/pad.ts";
import { scope } from "../scope/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { agree } from "./golden.ts";

const SHAPES: readonly (readonly number[])[] = [[12], [4, 3], [2, 6], [1, 12], [3, 2, 2], [2, 2, 3, 1], [6, 1, 2]];

/** Kernels that write a tensor of the shape [3, 4]. */
const MAKERS: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  add: (x) => x.add(1),
  matmul: (x) => x.matmul(x.t()).matmul(x).div(100),
  transpose: (x) => x.reshape(4, 3).t().contiguous(),
  cat: (x) => cat([x.narrow(0, 0, 1), x.narrow(0, 1, 2)]),
};

/** Kernels that read one, of whatever shape. */
const READERS: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  relu: (x) => x.sub(4).relu(),
  mul: (x) => x.mul(x),
  exp: (x) => x.div(10).exp(),
  sum: (x) => x.sum(0),
  softmax: (x) => x.softmax(-1),
  pad: (x) => pad(x, [1, 0]),
  cat: (x) => cat([x, x]),
  flip: (x) => x.flip(0),
  where: (x) => where(x.gt(5), x, x.neg()),
  matmul: (x) => x.reshape(x.shape[0] as number, -1).matmul(x.reshape(-1, x.shape[0] as number)),
  cumsum: (x) => x.cumsum(0),
};

/** What one kernel has written, another reads in any shape: a view of another shape is the same elements in the same order. */
export function viewLaws(device: () => Device): void {
  for (const [maker, make] of Object.entries(MAKERS)) {
    test.each(Object.entries(READERS))(`${maker}, viewed, then %s`, async (_, read) => {
      for (const shape of SHAPES) {
        const play = (x: Tensor): Tensor => scope(() => read(make(x).view(...shape)));
        const x = arange(12).reshape(3, 4).to("float32");
        const [wanted, found] = [play(x), play(moveTo(x, device()))];
        const [here, there] = [await wanted.data(), await found.data()];
        const wrong = Array.from(there).filter(
          (value, i) => !agree(value, here[i] as number, { rtol: 1e-5, atol: 1e-6 }),
        );
        expect(wrong, `[${shape}]`).toEqual([]);
        for (const each of [x, wanted, found]) each.dispose();
      }
    });
  }
}
