import type { Tensor } from "@kindling/core";

/**
 * What is done to each image as it is read: a function, or an object as in `@kindling/transforms`, whose `batch`, if it
 * has one, does the same to `[N, ...]` at once.
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
  if (typeof transform === "function" || transform.batch === undefined) return undefined;
  return (images) => transform.batch?.(images) as Tensor;
}

/** The transform behind its `head`, all but the first line moved in as far as `head` is long, as torchvision prints it. */
export function describeTransform(head: string, transform: object): string {
  const text = typeof transform === "function" ? `[Function: ${transform.name || "(anonymous)"}]` : String(transform);
  return head + text.replaceAll("\n", `\n${" ".repeat(head.length)}`);
}
