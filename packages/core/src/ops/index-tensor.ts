import type { DType, TypedArray } from "../base/dtype.ts";
import { DTypeError, IndexOutOfRangeError } from "../base/errors.ts";
import { made } from "../scope/temporaries.ts";
import { checkTensor } from "../tensor/arguments.ts";
import { hostTensor, type Tensor } from "../tensor/tensor.ts";

// Tensors that hold positions: checked, read and made.

/** An index tensor as it is: it holds whole numbers; those known on the host are checked here, with `refuse` for what is out of range. */
export function checkIndex(op: string, index: Tensor, size: number, refuse: (index: number) => string): Tensor {
  if (index.dtype !== "int64" && index.dtype !== "int32" && index.dtype !== "uint8") {
    throw new DTypeError(
      op,
      op === "indexSelect"
        ? "index_select(): Expected dtype int32 or int64 for index"
        : `${op}(): Expected dtype int32/int64 for index`,
      `got ${index.dtype}`,
      "Convert it: index.long().",
    );
  }
  const wrong = firstBeyond(elementsAtOnce(index) ?? [], size);
  if (wrong !== undefined) throw new IndexOutOfRangeError(op, refuse(wrong));
  return index;
}

/** The first of `positions` that a dimension of `size` lacks. A loop: `find` takes several times as long. */
function firstBeyond(positions: ArrayLike<number>, size: number): number | undefined {
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i] as number;
    if (position < 0 || position >= size) return position;
  }
  return undefined;
}

/**
 * The elements as they are known without waiting for a device: on the cpu, or where a host copy was kept when they were
 * uploaded (labels). `undefined` elsewhere.
 */
export function peek(x: Tensor): TypedArray | undefined {
  checkTensor("peek", x);
  x.check("peek");
  const host = x.hostElements();
  if (host === null || host.steps !== null) return undefined;
  return host.data.subarray(host.offset, host.offset + host.length);
}

/** The elements, where they are had without waiting: those that `peek` gives, and those on a device that is read at once. */
export function elementsAtOnce(x: Tensor): TypedArray | undefined {
  return peek(x) ?? (x.device.readsAtOnce === true ? x.toTypedArraySync() : undefined);
}

/** Positions as an index tensor on the device of `like`. */
export function indexTensor(positions: Iterable<number>, like: Tensor): Tensor {
  return vector(Int32Array.from(positions), "int32", like);
}

/** The same as a program sees them: `int64`. */
export function longTensor(positions: readonly number[], like: Tensor): Tensor {
  return vector(Float64Array.from(positions), "int64", like);
}

/** Booleans as a mask on the device of `like`. */
export function maskTensor(holds: readonly boolean[], like: Tensor): Tensor {
  return vector(Uint8Array.from(holds, Number), "bool", like);
}

function vector(data: TypedArray, dtype: DType, like: Tensor): Tensor {
  const host = { data, offset: 0, length: data.length, steps: null };
  return made(hostTensor("index", host, [data.length], dtype, like.device), [like]);
}
