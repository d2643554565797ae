import type { TensorSpec, TfjsRunner } from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { kernelsOf } from "../kernels/kernels-of.ts";
import { floats, output } from "./heap.ts";
import { type Layout, layoutOf, logSoftmaxBackwardInto, logSoftmaxInto } from "./log-softmax-loops.ts";

const FLOAT = 4;
/** Floats that an instruction computes at once: a kernel takes rows or columns of at least so many. */
const LANES = 4;
/** Columns that a call computes: they stay in the nearest caches from one pass to the next. */
const COLUMNS = 256;
/** Floats of the rows that a call computes. V8 puts a kernel's optimized code in place between calls, never within one. */
const ROWS = 4096;

/**
 * `x - max - log(Σ exp(x - max))` along `dim`, in one kernel; of the backend's own it takes five, each over all of the memory, which is eight
 * times as slow.
 */
export function logSoftmax(
  device: TfjsRunner,
  { x }: { readonly x: TensorInfo },
  { dim }: { readonly dim: number },
  _outs: readonly TensorSpec[],
): TensorInfo[] {
  const layout = layoutOf(x.shape, dim);
  const out = output(device, x.shape, "float32");
  const kernels = kernelsOf(device);
  if (kernels !== undefined && hasRows(layout)) {
    const [from, to] = [address(device, x), address(device, out)];
    for (const [start, end] of rowsOf(layout)) {
      kernels.logSoftmaxRows(from + start, from + end, to + start, FLOAT * layout.n, wholeFours(layout.n));
    }
  } else if (kernels !== undefined && hasColumns(layout)) {
    const scratch = output(device, [3 * COLUMNS], "float32");
    // Only now, since each allocation may move the memory.
    const [from, to, room] = [address(device, x), address(device, out), address(device, scratch)];
    for (const [start, width] of columnsOf(layout)) {
      kernels.logSoftmaxColumns(from + start, to + start, layout.n, FLOAT * layout.inner, width, room);
    }
    device.release(scratch);
  } else {
    logSoftmaxInto(floats(device, out), floats(device, x), layout);
  }
  return [out];
}

/** The gradient of `x`, `grad - exp(output) Σ grad` along `dim`. */
export function logSoftmaxBackward(
  device: TfjsRunner,
  { grad, output: y }: { readonly grad: TensorInfo; readonly output: TensorInfo },
  { dim }: { readonly dim: number },
  _outs: readonly TensorSpec[],
): TensorInfo[] {
  const layout = layoutOf(y.shape, dim);
  const out = output(device, y.shape, "float32");
  const kernels = kernelsOf(device);
  if (kernels !== undefined && hasRows(layout)) {
    const [from, of, to] = [address(device, grad), address(device, y), address(device, out)];
    const [width, whole] = [FLOAT * layout.n, wholeFours(layout.n)];
    for (const [start, end] of rowsOf(layout)) {
      kernels.logSoftmaxBackwardRows(from + start, from + end, of + start, to + start, width, whole);
    }
  } else if (kernels !== undefined && hasColumns(layout)) {
    const scratch = output(device, [2 * COLUMNS], "float32");
    const [from, of, to, room] = [
      address(device, grad),
      address(device, y),
      address(device, out),
      address(device, scratch),
    ];
    const { n, inner } = layout;
    for (const [start, width] of columnsOf(layout)) {
      kernels.logSoftmaxBackwardColumns(from + start, of + start, to + start, n, FLOAT * inner, width, room);
    }
    device.release(scratch);
  } else {
    logSoftmaxBackwardInto(floats(device, out), floats(device, grad), floats(device, y), layout);
  }
  return [out];
}

function address(device: TfjsRunner, info: TensorInfo): number {
  return floats(device, info).byteOffset;
}

function hasRows({ n, inner }: Layout): boolean {
  return inner === 1 && n >= LANES;
}

function hasColumns({ inner }: Layout): boolean {
  return inner >= LANES;
}

/** Bytes of the full fours of a row. */
function wholeFours(n: number): number {
  return FLOAT * (n - (n % LANES));
}

/** Groups of rows: in bytes, where each starts and ends. */
function* rowsOf({ outer, n }: Layout): Generator<[start: number, end: number]> {
  const step = Math.max(1, Math.floor(ROWS / n));
  for (let row = 0; row < outer; row += step) yield [FLOAT * n * row, FLOAT * n * Math.min(row + step, outer)];
}

/** Groups of columns: in bytes, where each starts and how wide it is. The last one overlaps others where fewer than four columns are left. */
function* columnsOf({ outer, n, inner }: Layout): Generator<[start: number, width: number]> {
  for (let i = 0; i < outer; i++) {
    for (let column = 0; column < inner; column += COLUMNS) {
      const count = Math.min(COLUMNS, inner - column);
      const whole = count - (count % LANES);
      const start = i * n * inner + column;
      if (whole > 0) yield [FLOAT * start, FLOAT * whole];
      if (whole < count) yield [FLOAT * (start + count - LANES), FLOAT * LANES];
    }
  }
}
