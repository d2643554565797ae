import { expect, test } from "vitest";
import { describeDevice } from "./describe-device.ts";
import type { DeviceReport } from "./device-report.ts";

const fine: DeviceReport = {
  name: "webgpu",
  available: true,
  detail: "a card",
  facts: { adapter: "SwiftShader", gpu: false, threads: 2, simd: true, limits: { maxBufferSize: 1024 } },
  selfTest: { ok: true, against: "cpu", compared: 1368, largestDifference: 2.345e-7, problem: null },
  speed: { gflops: 1234.5, size: 2048, stepMs: 0.98765 },
  problem: null,
};

test("one that works", () => {
  expect(describeDevice(fine, 10)).toMatchInlineSnapshot(`
    "webgpu      yes  a card
                     facts: SwiftShader, does not run on a graphics card, 2 threads, SIMD, maxBufferSize 1024
                     self-test: gradients of a small convolutional network agree with cpu's to 2.3e-7
                     speed: 1230 GFLOP/s (products of 2048 by 2048), 0.988 ms a training step (784-128-10, 64 images)"
  `);
});

test("one whose numbers are wrong, one that did not finish, one that is absent", () => {
  const problem = "the loss is all zeros";
  const wrong = { ...fine, facts: {}, speed: null, selfTest: { ...fine.selfTest, ok: false, problem } } as DeviceReport;
  expect(describeDevice(wrong, 6)).toMatchInlineSnapshot(`
    "webgpu  BAD  a card
                 self-test: FAILED: the loss is all zeros"
  `);
  const hung = { ...fine, facts: {}, speed: null, selfTest: null, problem: "no answer within 60 s in the self-test" };
  expect(describeDevice(hung, 6)).toMatchInlineSnapshot(`
    "webgpu  BAD  a card
                 failed: no answer within 60 s in the self-test"
  `);
  const absent = { ...hung, available: false, detail: "it is not installed. npm install webgpu" };
  expect(describeDevice(absent, 6)).toMatchInlineSnapshot(`"webgpu  no   it is not installed. npm install webgpu"`);
});
