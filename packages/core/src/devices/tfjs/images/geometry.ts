import type { Attribute, Attributes } from "../../../device/device.ts";
import type { AttributesOf } from "../../../device/kernels.ts";
import type { Pair, Sides } from "../../images/attributes.ts";

/** How a window moves over an image. */
export interface Geometry {
  readonly strides: Pair;
  readonly pad: Sides;
  readonly dilations: Pair;
}

/** The geometry of our kernels of convolution, whose padding is the same on both sides. */
export function convolutionGeometry({ stride, padding: [ph, pw], dilation }: AttributesOf<"conv2d">): Geometry {
  return {
    strides: stride,
    pad: [
      [ph, ph],
      [pw, pw],
    ],
    dilations: dilation,
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

/** The part of an image that windows see. */
export interface Seen {
  readonly size: Pair;
  /** Rows and columns after it, of zeros. */
  readonly rest: Pair;
  readonly geometry: Geometry;
}

/**
 * The part of an image of `input` that the windows see whose results are `dy`. A transposed convolution may be asked for so much more that
 * another window would fit in (an output padding of a stride or more): tfjs's kernels would read the results of windows that are not
 * there. It is taken off the padding, and what is beyond that is seen by no window.
 */
export function seenBy(dy: Pair, filter: Pair, input: Pair, geometry: Geometry): Seen {
  const { strides, pad, dilations } = geometry;
  const along = (i: 0 | 1): { readonly after: number; readonly rest: number } => {
    const [before, after] = pad[i];
    const least = (dy[i] - 1) * strides[i] + dilations[i] * (filter[i] - 1) + 1 - before - after;
    const extra = input[i] - least;
    return extra < strides[i]
      ? { after, rest: 0 }
      : { after: Math.max(0, after - extra), rest: Math.max(0, extra - after) };
  };
  const [rows, columns] = [along(0), along(1)];
  return {
    size: [input[0] - rows.rest, input[1] - columns.rest],
    rest: [rows.rest, columns.rest],
    geometry: {
      ...geometry,
      pad: [
        [pad[0][0], rows.after],
        [pad[1][0], columns.after],
      ],
    },
  };
}
