import type { Tensor } from "@kindling/core";
import { isObject } from "@kindling/core/extend";

/**
 * What is done to each image as it is read: a function, or an object with `apply`. Its `batch`, if it has one as those of
 * `@kindling/transforms`, does the same to `[N, ...]` at once.
 */
export type SampleTransform =
  | ((image: Tensor) => Tensor)
  | { apply(image: Tensor): Tensor; batch?(images: Tensor): Tensor; toString(): string };

const identity = (x: Tensor): Tensor => x;

export function toFunction(transform: SampleTransform | undefined): (image: Tensor) => Tensor {
  if (transform === undefined) return identity;
  return typeof transform === "function" ? transform : (image) => transform.apply(image);
}

/** The transform over a whole batch; undefined where it must be done image by image. */
export function batchTransform(transform: SampleTransform | undefined): ((images: Tensor) => Tensor) | undefined {
  if (transform === undefined) return identity;
  const { batch } = transform as { batch?(images: Tensor): Tensor };
  return batch === undefined ? undefined : (images) => batch.call(transform, images);
}

/** The transform behind its `head`, all but the first line moved in as far as `head` is long, as torchvision prints it. */
export function describeTransform(head: string, transform: object): string {
  const text = !isObject(transform)
    ? `[Function: ${(transform as { name?: string }).name || "(anonymous)"}]`
    : String(transform);
  return head + text.replaceAll("\n", `\n${" ".repeat(head.length)}`);
}
