import type { Generator, Tensor } from "@kindling/core";

/**
 * What is done to one sample. Those of this package are called too: `transform(image)` is `transform.apply(image)`.
 *
 * An image is a uint8 tensor `[H, W]` (what a PIL image of mode L is to torchvision) or `[C, H, W]`; `ToTensor` makes
 * floats `[C, H, W]` of it.
 */
export interface Transform {
  apply(x: Tensor): Tensor;

  /**
   * The same over a batch, `[N, ...]` in and out: equal to stacking `apply` of each sample, in order. Optional; without
   * it a batch is taken apart, each sample transformed, and stacked again.
   */
  batch?(x: Tensor): Tensor;

  /** torchvision's print form of a transform. */
  toString(): string;
}

/**
 * A transform that draws. What it draws (`makeParams`) is apart from what it does with it (`applyParams`, which draws
 * nothing), and `apply` is the one after the other. `batch` draws for one sample after the other, in order.
 */
export interface RandomTransform<P = unknown> extends Transform {
  /** Draws for one sample; without a generator from the default one. */
  makeParams(generator?: Generator): P;
  applyParams(x: Tensor, params: P): Tensor;
}

/** A transform, or a plain function over one sample in its place. */
export type TransformLike = Transform | ((x: Tensor) => Tensor);
