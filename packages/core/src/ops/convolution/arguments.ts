import { cppTypeName, scalarTypeName } from "../../base/dtype.ts";
import { DTypeError, KindlingError, ShapeError, ValueError } from "../../base/errors.ts";
import { formatShape, type Shape } from "../../base/shape.ts";
import { kindOf, torchName } from "../../tensor/arguments.ts";
import { isTensor, type Tensor } from "../../tensor/tensor.ts";

/** One number for all dimensions of an image, or one for each. */
export type SizeArgument = number | readonly number[];

/** One number for each of `count` dimensions. */
export function spread(op: string, name: string, value: SizeArgument, count: number): number[] {
  const list = typeof value === "number" ? [value] : [...value];
  if (list.length !== count && list.length !== 1) {
    throw new ShapeError(
      op,
      `expected ${name} to be a single integer value or a list of ${count} values to match the convolution dimensions, but got ${name}=${formatShape(list)}`,
    );
  }
  const wrong = list.find((entry) => !Number.isInteger(entry));
  if (wrong !== undefined) throw new ValueError(op, `${name} must be whole numbers`, `got ${String(wrong)}`);
  return list.length === count ? list : new Array<number>(count).fill(list[0] as number);
}

/** Checks that a convolution and its transpose share. */
export function checkWalk(
  op: string,
  {
    stride,
    padding,
    dilation,
    groups,
  }: Record<"stride" | "padding" | "dilation", readonly number[]> & { groups: number },
): void {
  const refuse = (rule: string, got: string): never => {
    throw new ValueError(op, rule, got);
  };
  if (!Number.isInteger(groups) || groups < 1) refuse("non-positive groups is not supported", `groups=${groups}`);
  if (padding.some((value) => value < 0))
    refuse("negative padding is not supported", `padding=${formatShape(padding)}`);
  if (stride.some((value) => value < 1))
    refuse("non-positive stride is not supported", `stride=${formatShape(stride)}`);
  if (dilation.some((value) => value < 1)) {
    refuse("non-positive dilation is not supported", `dilation=${formatShape(dilation)}`);
  }
}

/** Refuses what is no tensor: a layer in place of its weight, the options in place of the bias. */
export function checkTensors(op: string, x: unknown, weight: unknown, bias: unknown): void {
  const given = [x, weight, ...(bias === null || bias === undefined ? [] : [bias])];
  if (given.every(isTensor)) return;
  throw new KindlingError(
    op,
    `${torchName(op)}() received an invalid combination of arguments - got (${given.map(kindOf).join(", ")}), but expected (Tensor input, Tensor weight, Tensor bias = None)`,
    "",
    given.some(Array.isArray)
      ? "Make tensors: tensor([...])."
      : "Options come fourth; a layer is called with forward().",
  );
}

/** A kernel has a size. */
export function checkKernel(op: string, kernelSize: readonly number[]): void {
  if (kernelSize.every((size) => size > 0)) return;
  const [height, width] = kernelSize.length === 1 ? [1, ...kernelSize] : kernelSize;
  const rule = `kernel size should be greater than zero, but got kernel_height: ${height} kernel_width: ${width}`;
  throw new ValueError(op, rule);
}

/** Image and weight have the right number of dimensions: an image may come without its batch. Returns whether it does. */
export function checkRanks(op: string, x: Tensor, weight: Tensor, bias: Tensor | null, dims: 1 | 2): boolean {
  if (weight.ndim !== dims + 2) {
    throw new ShapeError(
      op,
      `Expected ${dims + 2}-dimensional weight`,
      `its shape is ${formatShape(weight.shape)}`,
      `${op} takes a weight of [out, in / groups, ${dims === 1 ? "k" : "kh, kw"}].`,
    );
  }
  if (x.ndim !== dims + 1 && x.ndim !== dims + 2) {
    throw new ShapeError(
      op,
      `Expected ${dims + 1}D (unbatched) or ${dims + 2}D (batched) input to ${torchName(op)}, but got input of size: ${formatShape(x.shape)}`,
      "",
      dims === 2
        ? "Images are [N, C, H, W]; x.unsqueeze(1) adds the one channel of grey images."
        : "Signals are [N, C, L].",
    );
  }
  const otherBias = bias !== null && bias.dtype !== x.dtype;
  if (x.dtype !== weight.dtype || otherBias) {
    throw new DTypeError(
      op,
      otherBias
        ? `Input type (${cppTypeName(x.dtype)}) and bias type (${cppTypeName(bias.dtype)}) should be the same`
        : `expected scalar type ${scalarTypeName(x.dtype)} but found ${scalarTypeName(weight.dtype)}`,
      "",
      'Convert the images: x.to("float32"), or use ToTensor().',
    );
  }
  return x.ndim === dims + 1;
}

/** One number a channel of the result. */
export function checkBias(op: string, bias: Tensor, channels: number, weight: Shape, transposed = false): void {
  if (bias.ndim === 1 && bias.shape[0] === channels) return;
  throw new ShapeError(
    op,
    `Given ${transposed ? "transposed=1, " : ""}weight of size ${formatShape(weight)}, expected bias to be 1-dimensional with ${channels} elements, but got bias of size ${formatShape(bias.shape)} instead`,
  );
}
