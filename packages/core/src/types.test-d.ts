import { defineOp } from "./extend.ts";
import {
  autograd,
  cpu,
  type Device,
  type DType,
  max,
  noGrad,
  type Scope,
  type Shape,
  scope,
  type Tensor,
  tensor,
  type ValuesAndIndices,
  zeros,
} from "./index.ts";

// Read by the type checker only: what must be accepted, and what must not.

declare const x: Tensor;

const made: Tensor = tensor([[1, 2], [3]]);
const ofBytes: Tensor = tensor(new Uint8Array(3), { dtype: "bool", device: cpu, requiresGrad: false });
const shape: Shape = x.shape;
const [values, indices]: ValuesAndIndices<Tensor> = x.max(1);
const { values: again }: { readonly values: Tensor } = max(x, 0, { keepdim: true });
const largest: Tensor = x.max();
const number: Promise<number> = x.item();
const result: { loss: Tensor; n: number } = scope(() => ({ loss: x.sum(), n: 1 }));
const opened: Scope = scope();
const slopes: Tensor[] = autograd.grad(x, [x]);
const unused: (Tensor | null)[] = autograd.grad(x, x, { allowUnused: true });
const [slope]: [Tensor] = autograd.grad(x, x);
const [left, right]: [Tensor, Tensor] = autograd.grad(x, [x, x] as const);
const [maybe]: [Tensor | null, Tensor | null] = autograd.grad(x, [x, x], { allowUnused: true });
const [two, three]: [Tensor, Tensor] = x.split([2, 3]);
const pieces: Tensor[] = x.split(2, 1);
const sizes: number[] = [2, 3];
const asMany: Tensor[] = x.split(sizes);
const twice: number = noGrad(() => 2);
const methods: Tensor = x
  .view(2, 3)
  .view([3, 2])
  .sum({ keepdim: true })
  .sum([0, 1], { dtype: "float32" })
  .var({ correction: 0 });
const moved: Tensor = x.to("uint8").to(cpu);
const square = defineOp<number>("square of", {
  forward: ([input]) => (input as Tensor).mul(input as Tensor),
  backward: (grad, { attrs }) => [grad.mul(attrs)],
});
const device: Device = x.device;
const dtype: DType = x.dtype;

// @ts-expect-error no such dtype
zeros([2], { dtype: "float128" });
// @ts-expect-error a shape is an array
zeros(2, 3);
// @ts-expect-error words are no numbers
tensor(["a"]);
// @ts-expect-error a shape is not for writing to
x.shape[0] = 3;
// @ts-expect-error a device is an object, its name says only how it is called
x.to("wasm");
// @ts-expect-error max of a dimension is two tensors
const wrong: Tensor = x.max(0);
// @ts-expect-error gradients may be missing only where that is allowed
const none: null = autograd.grad(x, x)[0];
// @ts-expect-error the attributes have a type
square([x], "two");
// @ts-expect-error options have names
x.sum(0, { keepDim: true });
// @ts-expect-error reading takes time, but on the cpu
const now: number = x.item();

export const used = { made, ofBytes, shape, values, indices, again, largest, number, result, opened, slopes, unused };
export const known = { slope, left, right, maybe, two, three, pieces, asMany };
export const more = { twice, methods, moved, device, dtype, wrong, none, now };
