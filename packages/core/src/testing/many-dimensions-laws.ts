import { describe, expect, test } from "vitest";
import { arange, tensor } from "../api/creation.ts";
import { numel } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import type { KernelName } from "../device/kernels.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { moveTo } from "../graph/op.ts";
import { where } from "../ops/comparison.ts";
import { cat, stack } from "../ops/joining.ts";
import { oneHot } from "../ops/one-hot.ts";
import { pad } from "../ops/pad.ts";
import { scope } from "../scope/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { agree } from "./golden.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";
import type { RecordingDevice } from "./recording-device.ts";
import { tier } from "./tier.ts";

/** Backends have kernels for four, five or six dimensions; PyTorch's have no such limit that one meets. */
const DIMENSIONS = [5, 8];

/** Two and one in turn at the odd or the even places: what broadcasts in no two neighbouring dimensions alike. */
const everyOther = (x: Tensor, odd: boolean): Tensor =>
  x.shape.reduce<Tensor>((narrowed, _, i) => ((i % 2 === 1) === odd ? narrowed.narrow(i, 0, 1) : narrowed), x);

/**
 * Calls whose arguments name dimensions. Those of pointwise ops are found (pointwise-laws.ts); a kernel of any other trait that none of these
 * runs fails the last test.
 */
const CASES: Readonly<Record<string, (x: Tensor) => Tensor>> = {
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
  amin: (x) => x.amin([0, 2]),
  argmax: (x) => x.argmax(3),
  argmin: (x) => x.argmin(-1, { keepdim: true }),
  all: (x) => x.gt(1).all(1),
  any: (x) => x.gt(15).any(3),
  topk: (x) => x.topk(2, 3).values,
  sort: (x) => x.sort(1).values,
  indexSelect: (x) => x.indexSelect(3, tensor([2, 0, 2], { dtype: "int32" }).to(x.device)),
  oneHot: (x) => oneHot(x.remainder(3).to("int32"), 3),
};

/** The kernels that these calls run, on a device that notes them. */
export function manyDimensionalKernels(recorded: RecordingDevice): ReadonlySet<KernelName> {
  for (const of of Object.values(CASES)) scope(() => void differentiated(of, 5, recorded));
  return new Set(recorded.kernels);
}

/** What `of` gives of `0, 1, 2, ...`, and the gradient of its weighted sum where it has one. */
function differentiated(of: (x: Tensor) => Tensor, ndim: number, device: Device): Tensor[] {
  const ramp = (sizes: readonly number[]): Tensor =>
    moveTo(
      arange(numel(sizes))
        .reshape(...sizes)
        .to("float32"),
      device,
    ).remainder(17);
  const x = ramp(Array.from({ length: ndim }, (_, i) => (i === 3 ? 3 : 2)))
    .detach()
    .requiresGrad_();
  const y = of(x);
  if (y.requiresGrad) y.backward({ gradient: ramp(y.shape) });
  return x.grad === null ? [y.detach()] : [y.detach(), x.grad];
}

async function play(of: (x: Tensor) => Tensor, ndim: number, device: Device): Promise<ArrayLike<number>[]> {
  const results = scope(() => differentiated(of, ndim, device));
  const data = await Promise.all(results.map((each) => each.toTypedArray()));
  for (const each of results) each.dispose();
  return data;
}

/** Tensors of as many dimensions as anyone has are computed as those of few are, forward and backward. */
export function manyDimensionsLaws(device: () => Device, { name }: LawsOfDevice): void {
  describe.each(DIMENSIONS)("of %i dimensions", tier("proofs", { device: name }), (ndim) => {
    test.each(Object.entries(CASES))("%s", async (_, of) => {
      const [wanted, found] = [await play(of, ndim, cpu), await play(of, ndim, device())];
      for (const [which, values] of wanted.entries()) {
        const there = Array.from(found[which] as ArrayLike<number>);
        expect(there.length).toBe(values.length);
        const wrong = there.filter((value, i) => !agree(value, values[i] as number, { rtol: 1e-4, atol: 1e-5 }));
        expect(wrong, which === 0 ? "the result" : "the gradient").toEqual([]);
      }
    });
  });
}
