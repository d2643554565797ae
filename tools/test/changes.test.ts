import { expect, test } from "vitest";
import { changesIn } from "./changes.ts";

const file = (path: string, text = "") => ({ path, text });

test("a file of ops has changed the ops that it exports or names", () => {
  const text = `export const atan = unary("atan", {});
const hidden = defineOp("silu10", {});
export function softmax(x: Tensor): Tensor {}`;
  expect(changesIn([file("packages/core/src/ops/arithmetic.ts", text)])).toEqual({
    ops: ["atan", "silu10", "softmax"],
    devices: [],
    packages: ["core"],
  });
});

test.each([
  ["packages/backends/src/webgl/compute.ts", "webgl"],
  ["packages/backends/src/lazy/trace.ts", "onnx"],
  ["packages/onnx/src/lowering/arithmetic.ts", "onnx"],
  ["packages/core/src/devices/cpu/cpu.ts", "cpu"],
])("%s is of the device %s", (path, device) => {
  const changes = changesIn([file(path)]);
  expect(changes).toMatchObject({ ops: [], devices: [device] });
});

test.each([
  "packages/core/src/autograd/engine.ts",
  "packages/core/src/devices/tfjs/device.ts",
  "packages/core/src/testing/gradcheck.ts",
  "packages/backends/src/device.ts",
  "packages/conformance/src/discover.ts",
  "pnpm-lock.yaml",
])("everything rests on %s", (path) => {
  expect(changesIn([file(path)])).toBe("all");
});

test.each([
  ["docs/devices.md", []],
  ["packages/core/README.md", ["core"]],
  ["packages/nn/src/linear.ts", ["nn"]],
  ["apps/web/src/page.ts", ["web"]],
])("no op and no device rests on %s", (path, packages) => {
  expect(changesIn([file(path)])).toEqual({ ops: [], devices: [], packages });
});
