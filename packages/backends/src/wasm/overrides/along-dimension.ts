import type { TfjsRunner } from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { floats, output } from "./heap.ts";

const FLOAT = 4;
/** Floats that one instruction computes: the kernels take at least this many in a row, or this many columns. */
const LANES = 4;
/** Columns that one call computes: few enough for what a pass reads to be near when the next one reads it. */
const COLUMNS = 256;
/** Floats of the rows that one call computes. V8 exchanges a kernel's first code for optimized code between calls, never within one. */
const ROWS = 4096;
/** Floats of each operand that are gathered for one call, at most, unless four columns have more. */
const GATHERED = 65536;

/** A tensor as `outer` matrices of `n` rows and `inner` columns: a dimension of `n` elements runs down the columns. */
export interface Layout {
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

/** A computation along a dimension, from operands of one shape to a result of that shape. Addresses and sizes are in bytes. */
export interface AlongDimension {
  /** Of rows of `width` bytes, `whole` of them in full fours, as far as the address `end` in the first operand. */
  rows(from: readonly number[], end: number, to: number, width: number, whole: number): void;
  /** Of columns that are `width` bytes wide together, in `n` rows that are `stride` bytes apart. `scratch` has three rows of that width. */
  columns(
    from: readonly number[],
    to: number,
    rows: { readonly n: number; readonly stride: number },
    width: number,
    scratch: number,
  ): void;
}

export function layoutOf(shape: readonly number[], dim: number): Layout {
  return { outer: numel(shape.slice(0, dim)), n: shape[dim] ?? 1, inner: numel(shape.slice(dim + 1)) };
}

/** Computes along `dim` of the operands. */
export function alongDimension(
  device: TfjsRunner,
  operands: readonly TensorInfo[],
  dim: number,
  computation: AlongDimension,
): TensorInfo {
  const shape = operands[0]?.shape ?? [];
  const layout = layoutOf(shape, dim);
  const { n, inner } = layout;
  const out = output(device, shape, "float32");
  if (inner === 1 && n >= LANES) {
    const from = operands.map((x) => address(device, x));
    const to = address(device, out);
    const first = from[0] as number;
    for (const [start, end] of rowsOf(layout)) {
      computation.rows(plus(from, start), first + end, to + start, FLOAT * n, FLOAT * fullFours(n));
    }
  } else if (inner >= LANES) {
    const scratch = output(device, [3 * COLUMNS], "float32");
    // Only now, since each allocation may move the memory.
    const from = operands.map((x) => address(device, x));
    const [to, room] = [address(device, out), address(device, scratch)];
    const rows = { n, stride: FLOAT * inner };
    for (const [start, width] of columnsOf(layout)) {
      computation.columns(plus(from, start), to + start, rows, width, room);
    }
    device.release(scratch);
  } else {
    gathered(device, operands, out, layout, computation);
  }
  return out;
}

/** Vectors that are neither rows for the kernels nor columns are copied to columns, and back. */
function gathered(
  device: TfjsRunner,
  operands: readonly TensorInfo[],
  out: TensorInfo,
  layout: Layout,
  computation: AlongDimension,
): void {
  const { outer, n, inner } = layout;
  const vectors = outer * inner;
  const most = Math.min(COLUMNS, LANES * Math.ceil(vectors / LANES), fullFours(Math.floor(GATHERED / n)));
  const columns = Math.max(LANES, most);
  const size = n * columns;
  const scratch = output(device, [(operands.length + 1) * size + 3 * columns], "float32");
  // Only now, since each allocation may move the memory.
  const data = operands.map((x) => floats(device, x));
  const [result, room] = [floats(device, out), floats(device, scratch)];
  // The last columns may be there for nothing: whatever floats they hold, but none that slow the processor down.
  room.fill(0);
  const parts = Array.from({ length: operands.length + 1 }, (_, i) => room.subarray(i * size, (i + 1) * size));
  const from = parts.slice(0, -1).map(({ byteOffset }) => byteOffset);
  const target = parts.at(-1) as Float32Array;
  const width = FLOAT * columns;
  const kept = target.byteOffset + FLOAT * size;
  for (let first = 0; first < vectors; first += columns) {
    const count = Math.min(columns, vectors - first);
    data.forEach((x, i) => {
      toColumns(parts[i] as Float32Array, columns, x, layout, first, count);
    });
    computation.columns(from, target.byteOffset, { n, stride: width }, width, kept);
    fromColumns(target, columns, result, layout, first, count);
  }
  device.release(scratch);
}

/** Copies the vectors from number `first` on to columns of a matrix with `width` of them. */
function toColumns(
  matrix: Float32Array,
  width: number,
  x: Float32Array,
  { n, inner }: Layout,
  first: number,
  count: number,
): void {
  for (let column = 0; column < count; column++) {
    let at = startOf(first + column, n, inner);
    for (let to = column, end = n * width; to < end; to += width, at += inner) matrix[to] = x[at] as number;
  }
}

/** Copies them back: the inverse of {@link toColumns}. */
function fromColumns(
  matrix: Float32Array,
  width: number,
  x: Float32Array,
  { n, inner }: Layout,
  first: number,
  count: number,
): void {
  for (let column = 0; column < count; column++) {
    let at = startOf(first + column, n, inner);
    for (let from = column, end = n * width; from < end; from += width, at += inner) x[at] = matrix[from] as number;
  }
}

/** Where a vector's first element stands. */
function startOf(vector: number, n: number, inner: number): number {
  const column = vector % inner;
  return (vector - column) * n + column;
}

function address(device: TfjsRunner, info: TensorInfo): number {
  return floats(device, info).byteOffset;
}

function plus(addresses: readonly number[], bytes: number): number[] {
  return addresses.map((at) => at + bytes);
}

function fullFours(count: number): number {
  return count - (count % LANES);
}

/** Groups of rows: where each starts and ends, in bytes. */
function* rowsOf({ outer, n }: Layout): Generator<[start: number, end: number]> {
  const step = Math.max(1, Math.floor(ROWS / n));
  for (let row = 0; row < outer; row += step) yield [FLOAT * n * row, FLOAT * n * Math.min(row + step, outer)];
}

/** Groups of columns: where each starts and how wide it is, in bytes. If fewer than four are left at last, the group overlaps the one before. */
function* columnsOf({ outer, n, inner }: Layout): Generator<[start: number, width: number]> {
  for (let i = 0; i < outer; i++) {
    for (let column = 0; column < inner; column += COLUMNS) {
      const count = Math.min(COLUMNS, inner - column);
      const whole = fullFours(count);
      const start = i * n * inner + column;
      if (whole > 0) yield [FLOAT * start, FLOAT * whole];
      if (whole < count) yield [FLOAT * (start + count - LANES), FLOAT * LANES];
    }
  }
}
