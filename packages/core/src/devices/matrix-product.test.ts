import { describe, expect, test } from "vitest";
import { cpu, rand, type Tensor } from "../index.ts";
import type { TfjsDevice } from "./tfjs/device.ts";

const device = cpu as TfjsDevice;

function info(x: Tensor) {
  return {
    dataId: device.backend.write(new Float32Array(x.toTypedArraySync()), [...x.shape], "float32"),
    shape: [...x.shape],
    dtype: "float32" as const,
  };
}

function read([out]: { dataId: object }[]): number[] {
  return Array.from(device.backend.readSync((out as { dataId: object }).dataId) as Float32Array);
}

describe("every way an operand can be read, every remainder of the blocks", () => {
  const cases = [1, 2, 3, 5].flatMap((n) => [1, 4, 7].flatMap((k) => [1, 3, 4, 6].map((p) => [n, k, p] as const)));

  test.each(cases)("[%i, %i] x [%i]", (n, k, p) => {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const a = rand(transposeA ? [2, k, n] : [2, n, k]);
        const b = rand(transposeB ? [2, p, k] : [2, k, p]);
        const inputs = { a: info(a), b: info(b) };
        const attrs = { transposeA, transposeB };
        const outs = [{ shape: [2, n, p], dtype: "float32" }] as const;
        const wanted = read(device.runNative("matmul", inputs, attrs, outs));
        const got = read(device.runKernel("matmul", inputs, attrs, outs));
        wanted.forEach((value, i) => {
          expect(got[i]).toBeCloseTo(value, 5);
        });
      }
    }
  });
});
