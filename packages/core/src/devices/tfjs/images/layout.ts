import type { DataId } from "@tensorflow/tfjs-core";
import { type Shape, sameShape } from "../../../base/shape.ts";
import type { Operand, TensorSpec } from "../../../device/device.ts";
import { type ImageShape, imageShapeOf } from "../../images/attributes.ts";
import { handleOf, type TensorInfo, type TfjsHandle } from "../handle.ts";
import type { TfjsRunner } from "../runner.ts";

const TO_CHANNELS_LAST = [0, 2, 3, 1];
const TO_CHANNELS_FIRST = [0, 3, 1, 2];
/** `[out, in, kh, kw]` as `[kh, kw, in, out]`. */
const TO_FILTER = [2, 3, 1, 0];
const FROM_FILTER = [3, 2, 0, 1];

/** An image's shape with the channels last. */
export function channelsLast([n, c, h, w]: ImageShape): number[] {
  return [n, h, w, c];
}

/** A shape with ones in front of it, as broadcasting reads it; null for more than four dimensions. */
export function asImageShape(shape: Shape): ImageShape | null {
  if (shape.length > 4) return null;
  return imageShapeOf([...new Array<number>(4 - shape.length).fill(1), ...shape]);
}

/** Whether both orders are one and the same. */
function isOneOrder([, c, h, w]: ImageShape): boolean {
  return c === 1 || h * w === 1;
}

function transposed(device: TfjsRunner, x: TensorInfo, perm: readonly number[]): TensorInfo {
  const shape = perm.map((dim) => x.shape[dim] as number);
  const spec = { shape, dtype: x.dtype as "float32" | "int32" | "bool" };
  return device.runKernel("permute", { x }, { dims: perm }, [spec])[0] as TensorInfo;
}

/** An operand row-major, as most kernels read it. An image is converted once and keeps both. */
export function rowsOf(device: TfjsRunner, operand: Operand): TensorInfo {
  const handle = handleOf(operand);
  return { dataId: readRows(device, handle) as DataId, shape: operand.shape as number[], dtype: handle.dtype };
}

/** The elements in row-major order, converted on first need; null where there are none. */
export function readRows(device: TfjsRunner, handle: TfjsHandle): DataId | null {
  const { image } = handle;
  if (handle.rows === null && image !== null) {
    const x = { dataId: image.dataId, shape: channelsLast(image.shape as ImageShape), dtype: handle.dtype };
    handle.rows = transposed(device, x, TO_CHANNELS_FIRST).dataId;
  }
  return handle.rows;
}

/** An operand with the channels last, read as an image of `shape`. Converted on first need, and kept. */
export function imageOf(device: TfjsRunner, operand: Operand, shape = operand.shape as ImageShape): TensorInfo {
  const handle = handleOf(operand);
  const lastShape = channelsLast(shape);
  const { dtype } = handle;
  if (handle.image !== null && sameShape(handle.image.shape, shape)) {
    return { dataId: handle.image.dataId, shape: lastShape, dtype };
  }
  const dataId = readRows(device, handle) as DataId;
  if (isOneOrder(shape)) return { dataId, shape: lastShape, dtype };
  const image = transposed(device, { dataId, shape: [...shape], dtype }, TO_CHANNELS_LAST);
  // An image of another shape, of an earlier view, makes room.
  if (handle.image !== null && handle.image.dataId !== dataId) device.backend.disposeData(handle.image.dataId);
  handle.image = { dataId: image.dataId, shape };
  return image;
}

/** A filter `[out, in, kh, kw]` as `[kh, kw, in, out]`. Converted on first need, and kept. */
export function filterOf(device: TfjsRunner, operand: Operand): TensorInfo {
  const handle = handleOf(operand);
  const { shape } = operand;
  const turned = TO_FILTER.map((dim) => shape[dim] as number);
  if (handle.filter === null || !sameShape(handle.filter.shape, shape)) {
    const made = transposed(device, rowsOf(device, operand), TO_FILTER);
    if (handle.filter !== null) device.backend.disposeData(handle.filter.dataId);
    handle.filter = { dataId: made.dataId, shape };
  }
  return { dataId: handle.filter.dataId, shape: turned, dtype: handle.dtype };
}

/** A kernel's result with the channels last, as the handle of `[N, C, H, W]`. */
export function handleOfImage(device: TfjsRunner, { dataId }: TensorInfo, spec: TensorSpec): TfjsHandle {
  const shape = asImageShape(spec.shape) as ImageShape;
  const handle = device.handleOf(dataId, spec);
  if (isOneOrder(shape)) return handle;
  handle.rows = null;
  handle.image = { dataId, shape };
  return handle;
}

/** A kernel's result `[kh, kw, in, out]`, as the handle of `[out, in, kh, kw]`. */
export function handleOfFilter(device: TfjsRunner, filter: TensorInfo, spec: TensorSpec): TfjsHandle {
  const rows = transposed(device, filter, FROM_FILTER);
  device.release(filter);
  return device.handleOf(rows.dataId, spec);
}
