import type { Attributes, Handle, Operand, TensorSpec } from "../../../device/device.ts";
import { imageShapeOf, type Pair } from "../../images/attributes.ts";
import type { TensorInfo } from "../handle.ts";
import type { TfjsRunner } from "../runner.ts";
import { denseConvolution, denseFilterGradient, denseInputGradient } from "./dense.ts";
import { depthwiseConvolution, depthwiseFilterGradient, depthwiseInputGradient } from "./depthwise.ts";
import { convolutionGeometry, seenBy } from "./geometry.ts";
import { groupedConvolution, groupedFilterGradient, groupedInputGradient } from "./grouped.ts";
import { channelsLast, filterOf, handleOfFilter, handleOfImage, imageOf } from "./layout.ts";
import { Steps, viewed } from "./steps.ts";

type Operands = Readonly<Record<string, Operand>>;

/** A filter `[kh, kw, 1, out]` of as many groups as channels, as depthwise kernels read it: `[kh, kw, groups, out / groups]`. */
function depthwiseShape([kh, kw, , out]: readonly number[], groups: number): number[] {
  return [kh as number, kw as number, groups, (out as number) / groups];
}

/** The height and width of an image or a filter: its dimensions from `at` on. */
function sizes({ shape }: TensorInfo, at: number): Pair {
  return [shape[at] as number, shape[at + 1] as number];
}

export function conv2d(device: TfjsRunner, inputs: Operands, attrs: Attributes, outs: readonly TensorSpec[]): Handle[] {
  const { x, filter } = inputs as { x: Operand; filter: Operand };
  const groups = (attrs.groups as number | undefined) ?? 1;
  const geometry = convolutionGeometry(attrs);
  const [image, kernel] = [imageOf(device, x), filterOf(device, filter)];
  let out: TensorInfo;
  if (groups === 1) out = denseConvolution(device, image, kernel, geometry);
  else if (groups === x.shape[1]) {
    out = depthwiseConvolution(device, image, viewed(kernel, depthwiseShape(kernel.shape, groups)), geometry);
  } else out = groupedConvolution(device, image, kernel, groups, geometry);
  return [handleOfImage(device, out, outs[0] as TensorSpec)];
}

export function conv2dBackpropInput(
  device: TfjsRunner,
  inputs: Operands,
  attrs: Attributes,
  outs: readonly TensorSpec[],
): Handle[] {
  const [spec] = outs as [TensorSpec];
  const groups = (attrs.groups as number | undefined) ?? 1;
  const dy = imageOf(device, inputs.dy as Operand);
  const kernel = filterOf(device, inputs.filter as Operand);
  const [n, h, w, c] = channelsLast(imageShapeOf(spec.shape)) as [number, number, number, number];
  const { size, rest, geometry } = seenBy(sizes(dy, 1), sizes(kernel, 0), [h, w], convolutionGeometry(attrs));
  const shape = [n, ...size, c];
  let out: TensorInfo;
  if (groups === 1) out = denseInputGradient(device, dy, kernel, shape, geometry);
  else if (groups === shape[3]) {
    const each = viewed(kernel, depthwiseShape(kernel.shape, groups));
    out = depthwiseInputGradient(device, dy, each, shape, geometry);
  } else out = groupedInputGradient(device, dy, kernel, shape, groups, geometry);
  if (rest[0] + rest[1] === 0) return [handleOfImage(device, out, spec)];
  const steps = new Steps(device);
  const paddings = [
    [0, 0],
    [0, rest[0]],
    [0, rest[1]],
    [0, 0],
  ] as const;
  const whole = steps.padded(out, paddings);
  device.release(out);
  return [handleOfImage(device, whole, spec)];
}

export function conv2dBackpropFilter(
  device: TfjsRunner,
  inputs: Operands,
  attrs: Attributes,
  outs: readonly TensorSpec[],
): Handle[] {
  const [spec] = outs as [TensorSpec];
  const groups = (attrs.groups as number | undefined) ?? 1;
  const geometry = convolutionGeometry(attrs);
  const [x, dy] = [imageOf(device, inputs.x as Operand), imageOf(device, inputs.dy as Operand)];
  const [o, i, kh, kw] = imageShapeOf(spec.shape);
  const shape = [kh, kw, i, o];
  let out: TensorInfo;
  if (groups === 1) out = denseFilterGradient(device, x, dy, shape, geometry);
  else if (groups === x.shape[3]) {
    out = viewed(depthwiseFilterGradient(device, x, dy, depthwiseShape(shape, groups), geometry), shape);
  } else out = groupedFilterGradient(device, x, dy, shape, groups, geometry);
  return [handleOfFilter(device, out, spec)];
}
