import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualSeed, rand, type Tensor, tensor } from "@kindling/core";
import { afterAll, expect, test } from "vitest";
import { exportOnnx } from "../src/index.ts";
import { type Exportable, plain, SmallNet } from "../src/testing/nets.ts";

const python = process.env.KINDLING_PYTHON ?? "python3";
const folder = mkdtempSync(join(tmpdir(), "kindling-onnx-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Elements {
  readonly type: string;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Report {
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  readonly initializers: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, Elements>>;
}

/** What the real packages say of a network's file, and what they compute with it. */
async function inPython(net: Exportable, inputs: readonly Tensor[]): Promise<Report> {
  const [model, given] = [join(folder, "model.onnx"), join(folder, "inputs.json")];
  writeFileSync(model, await exportOnnx(net, inputs, { metadata: { made: "여기" } }));
  const named = inputs.map((x, i): [string, Elements] => [
    inputs.length === 1 ? "input" : `input${i}`,
    { type: x.dtype, shape: x.shape, data: Array.from(x.toTypedArraySync()) },
  ]);
  writeFileSync(given, JSON.stringify(Object.fromEntries(named)));
  const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, "run.py"), model, given], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`run.py failed: ${stderr}`);
  return (JSON.parse(stdout) as [Report])[0];
}

test("ONNX's checker takes the file of a network, and ONNX Runtime computes what forward gives", async () => {
  manualSeed(3);
  const net = new SmallNet();
  const x = rand([5, 1, 6, 6]);
  const { inputs, initializers, metadata, outputs } = await inPython(net, [x]);
  expect(inputs).toEqual({ input: ["batch", "1", "6", "6"] });
  expect(initializers).toEqual(["conv.bias", "conv.weight", "head.weight", "shift"]);
  expect(metadata).toEqual({ made: "여기" });
  expect([outputs.output?.type, outputs.output?.shape]).toEqual(["float32", [5, 4]]);
  const wanted = net.evaluated(x).toTypedArraySync();
  outputs.output?.data.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i] as number, 5);
  });
});

test("shapes that are computed when the graph runs, and other element types", async () => {
  const net = plain((x) => [
    (x as Tensor).unsqueeze(1).expand(-1, 3, -1).reshape(-1, 2).to("float32").div(2),
    (x as Tensor).gt(3),
  ]);
  const x = tensor([
    [1, 2],
    [3, 4],
  ]).to("int32");
  const { outputs } = await inPython(net, [x]);
  expect(outputs.output0).toEqual({
    type: "float32",
    shape: [6, 2],
    data: [0.5, 1, 0.5, 1, 0.5, 1, 1.5, 2, 1.5, 2, 1.5, 2],
  });
  expect(outputs.output1).toEqual({ type: "bool", shape: [2, 2], data: [false, false, false, true] });
});
