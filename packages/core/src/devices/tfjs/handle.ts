import type { DataId, TensorInfo } from "@tensorflow/tfjs-core";
import { DTYPES, type DType } from "../../base/dtype.ts";
import { KindlingError } from "../../base/errors.ts";
import { numel, type Shape } from "../../base/shape.ts";
import type { Handle, Operand, TensorSpec } from "../../device/device.ts";

/** A tensor as tfjs knows it. */
export type { TensorInfo };

export type TfjsDType = (typeof DTYPES)[DType]["tfjs"];

export function tfjsType(dtype: DType): TfjsDType {
  return DTYPES[dtype].tfjs;
}

/** An image in the order that tfjs's kernels take: `[N, H, W, C]`. `shape` is ours: `[N, C, H, W]`. */
export interface HeldImage {
  readonly dataId: DataId;
  readonly shape: Shape;
}

/**
 * Memory of a tfjs backend. The elements are held row-major, or as an image with the channels last, or both; kernels between which they
 * go decide (see images/). Nobody writes to any of it after it was made.
 */
export class TfjsHandle {
  readonly dtype: TfjsDType;
  readonly stored: DType;
  readonly length: number;
  /** Row-major; null where only `image` is there, or no elements are. */
  rows: DataId | null;
  /** Channels last, of the shape that it was last asked for in. */
  image: HeldImage | null = null;
  /** A filter `[kh, kw, in, out]`, of a handle that was one. */
  filter: HeldImage | null = null;
  /** When it was made, for devices that count. */
  born = 0;

  constructor(rows: DataId | null, { shape, dtype }: TensorSpec) {
    this.rows = rows;
    this.dtype = tfjsType(dtype);
    this.stored = dtype;
    this.length = numel(shape);
  }

  /** Each piece of memory once. */
  *pieces(): Generator<DataId> {
    if (this.rows !== null) yield this.rows;
    if (this.image !== null && this.image.dataId !== this.rows) yield this.image.dataId;
    if (this.filter !== null && this.filter.dataId !== this.rows) yield this.filter.dataId;
  }
}

/** The device's own handle of an operand that has elements. */
export function handleOf(operand: Operand): TfjsHandle {
  const handle = operand.handle as TfjsHandle;
  if (handle.rows === null && handle.image === null) {
    throw new KindlingError(
      "run",
      "a kernel got a tensor without elements",
      `shape [${operand.shape}], ${operand.dtype}`,
      "This is a defect of the op.",
    );
  }
  return handle;
}

/** Whether the elements are there as an image only. */
export function isImageOnly(handle: Handle): boolean {
  const { rows, image } = handle as TfjsHandle;
  return rows === null && image !== null;
}
