import { castScalar, dtypeOfArray } from "../base/cast.ts";
import { allocate, type DType, type TypedArray } from "../base/dtype.ts";
import { type Bytes, bytesOf } from "../device/bytes.ts";
import { lookUp, type PendingSteps } from "./pending.ts";
import { ScatteredBytes } from "./scattered-bytes.ts";

/**
 * Elements in ordinary memory, on their way to a device or never to see one: `length` of them from `offset` on, and
 * the steps that wait. The array is never written to, so any number of tensors may look into the same one.
 */
export interface HostElements {
  readonly data: TypedArray;
  readonly offset: number;
  readonly length: number;
  readonly steps: PendingSteps | null;
}

/** Elements in ordinary memory, side by side or in parts. */
export type HostContent = HostElements | ScatteredBytes;

/** `length` elements from `offset` on, not copied; null where they are not whole parts of what lies in parts. */
export function windowOf(content: HostContent, offset: number, length: number): HostContent | null {
  const { steps } = content;
  if (!(content instanceof ScatteredBytes)) {
    return { data: content.data, offset: content.offset + offset, length, steps };
  }
  const { data, starts, width } = content;
  if (offset % width !== 0 || length % width !== 0) return null;
  const first = offset / width;
  if (length === width) return { data, offset: starts[first] as number, length, steps };
  return new ScatteredBytes(data, starts.subarray(first, first + length / width), width, steps);
}

/** Parts of one width, beginning at `starts` of the array that `source` looks into: bytes stay where they are until they are needed. */
export function partsOf({ data, steps }: HostElements, starts: Float64Array, width: number): HostContent {
  const length = starts.length * width;
  if (data instanceof Uint8Array && length > 0) return new ScatteredBytes(data, starts, width, steps);
  const out = arrayLike(data, length);
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] as number;
    out.set(data.subarray(start, start + width), i * width);
  }
  return { data: out, offset: 0, length, steps };
}

/** An array of the same kind. */
export function arrayLike(data: TypedArray, length: number): TypedArray {
  return allocate(dtypeOfArray(data), length);
}

/** The same elements with other steps waiting. */
export function withSteps(content: HostContent, steps: PendingSteps): HostContent {
  return content instanceof ScatteredBytes ? content.withSteps(steps) : { ...content, steps };
}

/** The elements as the tensor's own dtype has them: looked up in the table where steps wait. */
export function readElements(content: HostContent): TypedArray {
  const { length, steps } = content;
  const stored = content instanceof ScatteredBytes ? content.together() : storedIn(content);
  if (steps === null) return stored;
  return lookUp(stored as Uint8Array, steps.table, new Float32Array(length));
}

/** The bytes that steps wait for. */
export function bytesIn(content: HostContent): Bytes {
  return content instanceof ScatteredBytes ? content : bytesOf(storedIn(content) as Uint8Array);
}

function storedIn({ data, offset, length }: HostElements): TypedArray {
  return offset === 0 && length === data.length ? data : data.subarray(offset, offset + length);
}

/** One element of `host`, as `dtype` has it. */
export function readElement(host: HostElements, index: number, dtype: DType): number {
  const raw = host.data[host.offset + index] as number;
  return host.steps === null ? castScalar(raw, dtype) : (host.steps.table[raw] as number);
}
