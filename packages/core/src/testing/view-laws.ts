import { expect, test } from "vitest";
import { eye, fromBuffer } from "../api/creation.ts";
import { castArray } from "../base/cast.ts";
import { isFloat } from "../base/dtype.ts";
import { numel, type Shape } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { moveTo } from "../graph/op.ts";
import { cat } from "../ops/joining.ts";
import { scope } from "../scope/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { differs, type GoldenTensor, goldenNumbers } from "./golden.ts";
import { callOp, canRun, describeCall, type GoldenCase, goldenCases, hasDTypes, outputsOf } from "./golden-cases.ts";
import type { LawsOfDevice } from "./laws-of-device.ts";
import { tier } from "./tier.ts";

/** The elements of a golden tensor in the shape `[rows, columns]`, on a device. */
type Matrix = (rows: number, columns: number) => Tensor;

/** Kernels that write a matrix whose elements are those that they were given. */
const MAKERS: Readonly<
  Record<string, (matrix: Matrix, rows: number, columns: number, dtype: GoldenTensor["dtype"]) => Tensor>
> = {
  transpose: (matrix, rows, columns) => matrix(rows, columns).t().contiguous().t().contiguous(),
  cat: (matrix, rows, columns) => {
    const x = matrix(rows, columns);
    return columns < 2
      ? cat([x.narrow(0, 0, 1), x.narrow(0, 1, rows - 1)])
      : cat([x.narrow(1, 0, 1), x.narrow(1, 1, columns - 1)], 1);
  },
  narrow: (matrix, rows, columns) => cat([matrix(rows, columns), matrix(rows, columns)]).narrow(0, rows, rows),
  mul: (matrix, rows, columns, dtype) => (dtype === "bool" ? matrix(rows, columns) : matrix(rows, columns).mul(1)),
  matmul: (matrix, rows, columns, dtype) => {
    const x = matrix(rows, columns);
    return isFloat(dtype) ? x.matmul(eye(columns, { device: x.device })) : x.clone();
  },
};

/** A golden tensor as a view: what a kernel has written in another shape. */
function viewed(golden: GoldenTensor, maker: string, device: Device): Tensor {
  const { shape, dtype } = golden;
  const data = castArray(goldenNumbers(golden), dtype);
  const whole = (sizes: Shape): Tensor => moveTo(fromBuffer(data, sizes, { dtype }), device);
  const count = numel(shape);
  if (count < 2) return whole(shape);
  const [rows, columns] = otherShape(count, shape.at(-1) ?? 1);
  const make = MAKERS[maker] as (typeof MAKERS)[string];
  return make((...sizes) => whole(sizes), rows, columns, dtype).view(...shape);
}

/** Rows and columns of as many elements, with rows of another length where there is one. */
function otherShape(count: number, last: number): [number, number] {
  for (let columns = 2; columns < count; columns++) {
    if (count % columns === 0 && columns !== last) return [count / columns, columns];
  }
  return last === count ? [count, 1] : [1, count];
}

/** Calls with an input that can be seen in another shape; infinities and NaN do not survive a product. In-place ops may not change views. */
function callsOf(op: string, device: Device): GoldenCase[] {
  return goldenCases.filter(
    (call) =>
      call.op === op &&
      !op.endsWith("_") &&
      canRun(call, device) &&
      hasDTypes(call, device) &&
      call.outputs !== undefined &&
      call.inputs.some(({ shape }) => numel(shape) > 1) &&
      call.inputs.every((input) =>
        goldenNumbers(input).every((value) => Number.isFinite(value) && !Object.is(value, -0)),
      ),
  );
}

/**
 * What one kernel has written, another reads in any shape: a view of another shape is the same elements in the same order. Every op of the
 * golden calls reads such views: a new one is tried without being named here.
 */
export function viewLaws(device: () => Device, { name, slow }: LawsOfDevice): void {
  const makers = Object.keys(MAKERS);
  const ops = [...new Set(goldenCases.map(({ op }) => op))].filter((op) => callsOf(op, cpu).length > 0);
  ops.forEach((op, i) => {
    test(`${op} of views`, slow ? tier("proofs", { op, device: name }) : {}, async () => {
      const calls = callsOf(op, device()).slice(0, slow ? 1 : 4);
      for (const call of calls) {
        for (const maker of slow ? [makers[i % makers.length] as string] : makers) await check(call, maker);
      }
    });
  });

  async function check(call: GoldenCase, maker: string): Promise<void> {
    const outputs = scope(() =>
      outputsOf(
        callOp(
          call,
          call.inputs.map((input) => viewed(input, maker, device())),
          device(),
        ),
      ).map((output) => output.clone()),
    );
    for (const [i, wanted] of (call.outputs ?? []).entries()) {
      expect(
        await differs(outputs[i], wanted, { rtol: 1e-5, atol: 1e-6 }),
        `${describeCall(call)} after ${maker}`,
      ).toBeNull();
    }
    for (const output of outputs) output.dispose();
  }
}
