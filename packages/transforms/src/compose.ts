import { stack, type Tensor, ValueError } from "@kindling/core";
import { isObject, surplusArguments } from "@kindling/core/extend";
import { CallableTransform, isTransform } from "./callable-transform.ts";
import { Lambda } from "./lambda.ts";
import type { RandomTransform, Transform, TransformLike } from "./transform.ts";

/**
 * Several transforms, one after the other. A function stands for a `Lambda`.
 *
 * Over a batch each step runs its `batch`; the steps without one run sample by sample, together. Where more than one
 * step may draw random numbers, all of them run sample by sample, so that the draws come in the order in which single
 * samples would make them.
 *
 * @see https://pytorch.org/vision/stable/generated/torchvision.transforms.Compose.html
 */
export class Compose extends CallableTransform {
  readonly transforms: readonly Transform[];
  /** The transforms of a batch: one over all of it, or a list of them for each sample. */
  readonly #stages: readonly (Transform | readonly Transform[])[];

  constructor(transforms: readonly TransformLike[]) {
    if (arguments.length > 1) throw surplusArguments("new Compose(transforms)", arguments.length);
    super();
    this.transforms = asTransforms(transforms);
    this.#stages = stages(this.transforms);
  }

  override apply(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Compose.apply(x)", arguments.length);
    return applyAll(this.transforms, x);
  }

  batch(x: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Compose.batch(x)", arguments.length);
    let out = x;
    for (const stage of this.#stages) {
      out = "apply" in stage ? (stage.batch as (x: Tensor) => Tensor)(out) : eachSample(stage, out);
    }
    return out;
  }

  override toString(): string {
    return `Compose(${this.transforms.map((transform) => `\n    ${transform}`).join("")}\n)`;
  }
}

function asTransforms(transforms: readonly TransformLike[]): Transform[] {
  if (!Array.isArray(transforms)) {
    throw new ValueError(
      "Compose",
      "Argument transforms should be a sequence of callables",
      `it is ${isObject(transforms) ? "object" : typeof transforms}`,
      "Write a list: new Compose([new ToTensor()]).",
    );
  }
  return (transforms as readonly TransformLike[]).map((transform, i) => {
    if (isTransform(transform)) return transform;
    if (typeof transform === "function") return new Lambda(transform);
    throw new ValueError(
      "Compose",
      "Argument transforms should be a sequence of callables",
      `the one at position ${i} is ${transform === null ? "null" : typeof transform}`,
      "Each is an object with apply(x), or a function of one tensor.",
    );
  });
}

function stages(transforms: readonly Transform[]): (Transform | readonly Transform[])[] {
  const flat = transforms.flatMap(function steps(transform): readonly Transform[] {
    return transform instanceof Compose ? transform.transforms.flatMap(steps) : [transform];
  });
  const out: (Transform | Transform[])[] = [];
  for (const transform of flat) {
    const last = out.at(-1);
    if (transform.batch !== undefined) out.push(transform);
    else if (Array.isArray(last)) last.push(transform);
    else out.push([transform]);
  }
  const drawing = out.filter((stage) => Array.isArray(stage) || isRandom(stage)).length;
  return drawing > 1 ? [flat] : out;
}

function isRandom(transform: Transform): transform is RandomTransform {
  return "makeParams" in transform;
}

function applyAll(transforms: readonly Transform[], x: Tensor): Tensor {
  let out = x;
  for (const transform of transforms) out = transform.apply(out);
  return out;
}

function eachSample(transforms: readonly Transform[], x: Tensor): Tensor {
  const count = x.shape[0] as number;
  const samples = new Array<Tensor>(count);
  for (let i = 0; i < count; i++) samples[i] = applyAll(transforms, x.select(0, i));
  return stack(samples);
}
