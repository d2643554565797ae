import type { Attribute, Attributes } from "../../device.ts";

export type Pair = readonly [number, number];

/** How a window moves over an image. */
export interface Geometry {
  readonly strides: Pair;
  readonly pad: readonly [Pair, Pair];
  readonly dilations: Pair;
}

/** What our vocabulary says of a convolution: padding is the same on both sides. */
export function convolutionGeometry(attrs: Attributes): Geometry {
  const [ph, pw] = attrs.pad as unknown as Pair;
  return {
    strides: attrs.strides as unknown as Pair,
    pad: [
      [ph, ph],
      [pw, pw],
    ],
    dilations: (attrs.dilations as unknown as Pair | undefined) ?? [1, 1],
  };
}

export function isDilated({ dilations: [dh, dw] }: Geometry): boolean {
  return dh > 1 || dw > 1;
}

/** Padding as tfjs's kernels take it. */
export function nativePad([[top, bottom], [left, right]]: Geometry["pad"]): Attribute {
  if (top + bottom + left + right === 0) return "valid";
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

/** The geometry as attributes of tfjs's kernels. */
export function nativeAttributes({ strides, pad, dilations }: Geometry): Attributes {
  return { strides, pad: nativePad(pad), dilations, dataFormat: "NHWC" };
}

/** The size of what a window of `filter` gives over an image of `input`. */
export function outputSize(input: Pair, filter: Pair, { strides, pad, dilations }: Geometry): Pair {
  const along = (i: 0 | 1): number => {
    const [before, after] = pad[i];
    return Math.floor((input[i] + before + after - dilations[i] * (filter[i] - 1) - 1) / strides[i]) + 1;
  };
  return [along(0), along(1)];
}
