import type { TensorInfo } from "../handle.ts";
import type { TfjsRunner } from "../runner.ts";
import { denseConvolution, denseFilterGradient, denseInputGradient } from "./dense.ts";
import type { Geometry } from "./geometry.ts";
import { Steps } from "./steps.ts";

// Convolutions of groups of channels. Images are `[N, H, W, C]`, filters `[kh, kw, C / groups, out]`. tfjs knows no groups: each is
// convolved by itself.

/** One of `groups` equal parts of the last dimension. */
function part(steps: Steps, x: TensorInfo, group: number, groups: number): TensorInfo {
  const size = [...x.shape];
  const last = size.length - 1;
  size[last] = (size[last] as number) / groups;
  return steps.sliced(x, [...new Array(last).fill(0), group * (size[last] as number)], size);
}

function joined(steps: Steps, parts: readonly TensorInfo[]): TensorInfo {
  const [first] = parts as [TensorInfo];
  const shape = [...first.shape.slice(0, -1), (first.shape.at(-1) as number) * parts.length];
  return steps.run("cat", parts, { dim: shape.length - 1 }, shape);
}

/** Computes each group and puts the results side by side. */
function byGroup(device: TfjsRunner, groups: number, compute: (steps: Steps, group: number) => TensorInfo): TensorInfo {
  const steps = new Steps(device);
  const parts = Array.from({ length: groups }, (_, group) => compute(steps, group));
  const out = steps.end(joined(steps, parts));
  for (const each of parts) device.release(each);
  return out;
}

export function groupedConvolution(
  device: TfjsRunner,
  x: TensorInfo,
  filter: TensorInfo,
  groups: number,
  geometry: Geometry,
): TensorInfo {
  return byGroup(device, groups, (steps, group) =>
    denseConvolution(device, part(steps, x, group, groups), part(steps, filter, group, groups), geometry),
  );
}

export function groupedInputGradient(
  device: TfjsRunner,
  dy: TensorInfo,
  filter: TensorInfo,
  inputShape: readonly number[],
  groups: number,
  geometry: Geometry,
): TensorInfo {
  const shape = [...inputShape.slice(0, 3), (inputShape[3] as number) / groups];
  return byGroup(device, groups, (steps, group) =>
    denseInputGradient(device, part(steps, dy, group, groups), part(steps, filter, group, groups), shape, geometry),
  );
}

export function groupedFilterGradient(
  device: TfjsRunner,
  x: TensorInfo,
  dy: TensorInfo,
  filterShape: readonly number[],
  groups: number,
  geometry: Geometry,
): TensorInfo {
  const shape = [...filterShape.slice(0, 3), (filterShape[3] as number) / groups];
  return byGroup(device, groups, (steps, group) =>
    denseFilterGradient(device, part(steps, x, group, groups), part(steps, dy, group, groups), shape, geometry),
  );
}
