import type { TypedArray } from "../base/dtype.ts";
import { numel, type Shape } from "../base/shape.ts";
import { defineOp, type Op } from "../graph/op.ts";
import { made } from "../scope/temporaries.ts";
import { arrayLike, type HostElements, readElements } from "../storage/host-elements.ts";
import { contiguous, copyElements } from "../storage/layout.ts";
import { afterStep, placesOf, type SliceStep, type ViewStep } from "../storage/view-step.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";
import { expand, reshape, sumTo } from "./broadcast.ts";
import { constant } from "./constant.ts";
import { indexTensor } from "./index-tensor.ts";
import { cat } from "./joining.ts";
import { scatterRows, take } from "./picking.ts";
import { inverse, permute } from "./reordering.ts";
import { type Padding, padOp, sliceOp } from "./slice.ts";

// What the kernels do for a step: read the part, put it back, and the derivative of both. Slices and permutations have kernels of their own; every
// other step is a list of places, which `take` reads and `scatterRows` adds to.

/** The part of `x` that a step leads to, as a copy. Differentiable. */
export function readStep(x: Tensor, step: ViewStep): Tensor {
  const { from, to } = step;
  const whole = reshape(x, from);
  if (numel(to) === 0) return expand(reshape(sliceOp([flat(whole)], { begin: [0], size: [0] }), emptied(to)), to);
  if (step.kind === "permute") return permute(whole, step.order);
  if (step.kind === "expand") return expand(whole, to);
  if (isSlice(step)) return sliceOp([whole], { begin: beginOf(step), size: to });
  return reshape(take(flat(whole), placesTensor(step, x)), to);
}

/** Zeros, and the elements of `grad` where {@link readStep} would read them: its derivative. Differentiable. */
export function addedBack(grad: Tensor, step: ViewStep): Tensor {
  const { from, to } = step;
  if (numel(to) === 0) return zeros(grad, from);
  if (step.kind === "permute") return permute(grad, inverse(step.order));
  if (step.kind === "expand") return sumTo(grad, from);
  if (isSlice(step)) {
    const paddings = from.map((size, i): Padding => {
      const before = i === step.dim ? step.start : 0;
      return [before, size - before - (to[i] as number)];
    });
    return padOp([grad], { paddings, value: 0 });
  }
  return reshape(scatterRows(flat(grad), placesTensor(step, grad), [numel(from)]), from);
}

/** `whole` with `part` in the place that a step leads to: PyTorch's `slice_scatter` and the like, for any step. Differentiable. */
export function writeStep(whole: Tensor, part: Tensor, step: ViewStep): Tensor {
  const [into, written] = [reshape(whole, step.from), reshape(part, step.to)];
  // Every element is written.
  return step.kind === "permute" ? permute(written, inverse(step.order)) : writeOp([into, written], step);
}

const writeOp: Op<ViewStep> = defineOp<ViewStep>("scatterView", {
  forward([whole, part], step) {
    const [into, written] = [whole as Tensor, part as Tensor];
    if (written.numel() === 0) return into;
    if (into.device.host !== undefined) return writtenOnHost(into, written, [step]);
    // The same element stands at several places: the first is as good as the others.
    if (step.kind === "expand") {
      return reshape(sliceOp([written], { begin: step.to.map(() => 0), size: aligned(step) }), step.from);
    }
    if (isSlice(step)) {
      const { dim, start } = step;
      const end = start + (step.to[dim] as number);
      return cat(
        [between(into, dim, 0, start), written, between(into, dim, end, step.from[dim] as number)].filter(
          (x) => x.numel() > 0,
        ),
        dim,
      );
    }
    const count = into.numel();
    const sources = Int32Array.from({ length: count }, (_, i) => i);
    // Of places that are written more than once, the last one stays.
    placesOf(step).forEach((place, i) => {
      sources[place] = count + i;
    });
    return reshape(take(cat([flat(into), flat(written)]), indexTensor(sources, into)), step.from);
  },
  backward: (grad, { attrs: step, needs, shapes: [, part] }) => [
    needs[0] ? writeStep(grad, zeros(grad, part as Shape), step) : null,
    needs[1] ? readStep(grad, step) : null,
  ],
});

/** `whole` with `part` where a path of steps leads, in ordinary memory: one pass, however many steps there are. */
export function writtenOnHost(whole: Tensor, part: Tensor, path: readonly ViewStep[]): Tensor {
  const { shape, dtype, device } = whole;
  const { to } = path.at(-1) as ViewStep;
  let layout = contiguous((path[0] as ViewStep).from);
  for (const step of path) layout = afterStep(layout, step);
  const data = ownElements(whole.hostElements() as HostElements);
  copyElements(readElements(part.hostElements() as HostElements), contiguous(to), data, layout);
  return made(hostTensor("scatterView", { data, offset: 0, length: data.length, steps: null }, shape, dtype, device));
}

/** Elements that may be written to. */
function ownElements(host: HostElements): TypedArray {
  const elements = readElements(host);
  if (host.steps !== null) return elements;
  const own = arrayLike(elements, elements.length);
  own.set(elements);
  return own;
}

/** A slice without gaps, for which there is a kernel. */
function isSlice(step: ViewStep): step is SliceStep {
  return step.kind === "slice" && (step.stride === 1 || step.to[step.dim] === 1);
}

function beginOf({ from, dim, start }: SliceStep): number[] {
  return from.map((_, i) => (i === dim ? start : 0));
}

function between(x: Tensor, dim: number, start: number, end: number): Tensor {
  const size = x.shape.map((length, i) => (i === dim ? end - start : length));
  return sliceOp([x], { begin: size.map((_, i) => (i === dim ? start : 0)), size });
}

/** What was expanded, with 1 for each dimension in front that was not there. */
function aligned({ from, to }: ViewStep): Shape {
  return [...new Array<number>(to.length - from.length).fill(1), ...from];
}

function placesTensor(step: ViewStep, like: Tensor): Tensor {
  return indexTensor(placesOf(step), like);
}

function flat(x: Tensor): Tensor {
  return reshape(x, [x.numel()]);
}

function emptied(shape: Shape): Shape {
  return shape.map((size) => (size === 0 ? 0 : 1));
}

function zeros(like: Tensor, shape: Shape): Tensor {
  return expand(constant(like.device, 0, like.dtype), shape);
}
