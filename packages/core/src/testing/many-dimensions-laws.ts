import { describe, expect, test } from "vitest";
import { arange } from "../api/creation.ts";
import { numel } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import { moveTo } from "../graph/op.ts";
import { where } from "../ops/comparison.ts";
import { cat, stack } from "../ops/joining.ts";
import { pad } from "../ops/pad.ts";
import { scope } from "../scope/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { agree } from "./golden.ts";

/** Backends have kernels for four, five or six dimensions; PyTorch's have no such limit that one meets. */
const DIMENSIONS = [5, 8];

/** Two and one in turn at the odd or the even places: what broadcasts in no two neighbouring dimensions alike. */
const everyOther = (x: Tensor, odd: boolean): Tensor =>
  x.shape.reduce<Tensor>((narrowed, _, i) => ((i % 2 === 1) === odd ? narrowed.narrow(i, 0, 1) : narrowed), x);

const CASES: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  add: (x) => x.add(x),
  "add a number": (x) => x.add(1),
  "relu, tanh and abs": (x) => x.sub(3).relu().add(x.tanh()).add(x.sub(3).abs()),
  "mul with a row": (x) => x.mul(x.select(0, 1)),
  "mul with a column": (x) => x.mul(x.narrow(-1, 0, 1)),
  "mul with what broadcasts in the middle": (x) => x.mul(x.narrow(2, 1, 1)),
  "sub of two that broadcast in turn": (x) => everyOther(x, true).sub(everyOther(x, false)),
  "div of two of fewer dimensions": (x) => x.select(-1, 0).unsqueeze(-1).div(x.select(0, 1).add(1)),
  "maximum that broadcasts": (x) => x.maximum(x.narrow(1, 1, 1)),
  pow: (x) => x.div(10).add(1).pow(2),
  "pad the last two": (x) => pad(x, [1, 1, 2, 0]),
  "pad every one": (x) =>
    pad(
      x,
      x.shape.flatMap((_, i) => [i % 2, 1]),
    ),
  flip: (x) => x.flip(0),
  "flip two": (x) => x.flip(1, -1),
  "permute, reversed": (x) => x.permute(...x.shape.map((_, i) => x.ndim - 1 - i)),
  "permute, odd places first": (x) =>
    x.permute(...[...x.shape.keys()].filter((i) => i % 2 === 1), ...[...x.shape.keys()].filter((i) => i % 2 === 0)),
  transpose: (x) => x.transpose(1, -2),
  expand: (x) => everyOther(x, true).expand(...x.shape),
  select: (x) => x.select(1, 1),
  narrow: (x) => x.narrow(-1, 1, 1),
  "narrow in the middle": (x) => x.narrow(2, 1, 1).narrow(4, 0, 1),
  stack: (x) => stack([x, x.mul(2)], 1),
  cat: (x) => cat([x, x.mul(2)], -2),
  "sum over one": (x) => x.sum(2),
  "sum over two": (x) => x.sum([0, 3]),
  "sum over all": (x) => x.sum(),
  mean: (x) => x.mean([1, -1], { keepdim: true }),
  amax: (x) => x.amax([1, 3]),
  prod: (x) => x.div(10).add(1).prod(1),
  where: (x) => where(x.gt(7), x, x.mul(-1)),
  "where that broadcasts": (x) => where(x.narrow(1, 0, 1).gt(7), x, 0),
  cumsum: (x) => x.cumsum(1),
  softmax: (x) => x.softmax(2),
  repeat: (x) => x.repeat(...x.shape.map((_, i) => 1 + (i % 2))),
  "index, every second": (x) => x.index("::2", "...", "::2"),
  matmul: (x) => x.div(10).matmul(x.div(10).transpose(-1, -2)),
};

/** What `of` gives of `0, 1, 2, ...` on `device`, and the gradient of its weighted sum. */
async function play(of: (x: Tensor) => Tensor, ndim: number, device: Device | null): Promise<ArrayLike<number>[]> {
  const shape = Array.from({ length: ndim }, (_, i) => (i === 3 ? 3 : 2));
  const results = scope(() => {
    const place = (x: Tensor): Tensor => (device === null ? x : moveTo(x, device));
    const ramp = (sizes: readonly number[]): Tensor =>
      place(
        arange(numel(sizes))
          .reshape(...sizes)
          .to("float32"),
      ).remainder(17);
    const x = ramp(shape).detach().requiresGrad_();
    const y = of(x);
    y.mul(ramp(y.shape)).sum().backward();
    return [y.detach(), x.grad as Tensor];
  });
  const data = await Promise.all(results.map((each) => each.data()));
  for (const each of results) each.dispose();
  return data as ArrayLike<number>[];
}

/** Tensors of as many dimensions as anyone has are computed as those of few are, forward and backward. */
export function manyDimensionsLaws(device: () => Device): void {
  describe.each(DIMENSIONS)("of %i dimensions", (ndim) => {
    test.each(Object.entries(CASES))("%s", async (_, of) => {
      const [wanted, found] = [await play(of, ndim, null), await play(of, ndim, device())];
      for (const [which, values] of wanted.entries()) {
        const there = Array.from(found[which] as ArrayLike<number>);
        expect(there.length).toBe(values.length);
        const wrong = there.filter((value, i) => !agree(value, values[i] as number, { rtol: 1e-4, atol: 1e-5 }));
        expect(wrong, which === 0 ? "the result" : "the gradient").toEqual([]);
      }
    });
  });
}
