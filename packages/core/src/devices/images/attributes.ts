import type { Shape } from "../../base/shape.ts";
import type { Attribute } from "../../device/device.ts";

// The attributes of image kernels, typed.

export type Pair = readonly [height: number, width: number];

/** The padding before and after the rows, and the columns. */
export type Sides = readonly [rows: Pair, columns: Pair];

/** `[N, C, H, W]`, or `[O, C / groups, kh, kw]`. */
export type ImageShape = readonly [number, number, number, number];

/** An attribute that says what stands around an image. */
export function sidesOf(attribute: Attribute): Sides {
  return attribute as readonly (readonly number[])[] as Sides;
}

export function imageShapeOf(shape: Shape): ImageShape {
  return shape as readonly number[] as ImageShape;
}
