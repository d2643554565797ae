import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { sourcesIn } from "./sources.ts";

const root = resolve(import.meta.dirname, "../..");

/** Names of devices, and of the backends that they are made of. */
const NAMES = ["cpu", "onnx", "tensorflow", "wasm", "webgl", "webgpu"];

/** Where a name is compared all the same. */
const REVIEWED: Readonly<Record<string, string>> = {
  "packages/core/src/device/device-argument.ts": "what a program gives in the place of a device, for the message",
  "packages/core/src/devices/tfjs/adopted.ts":
    "a backend of TensorFlow.js, which does not say whether it reads without waiting",
};

/** Comparisons of anything with the name of a device. */
function comparisonsIn(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && /^[!=]==?$/.test(node.operatorToken.getText())) {
      const isName = (side: ts.Node): boolean => ts.isStringLiteralLike(side) && NAMES.includes(side.text);
      if (isName(node.left) || isName(node.right)) found.push(node.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("source.ts", text, ts.ScriptTarget.ES2022, true));
  return found;
}

test("a comparison with the name of a device is found", () => {
  expect(comparisonsIn('if (x.device.name !== "cpu") y = name === "webgpu" ? 1 : 2;')).toHaveLength(2);
  expect(comparisonsIn('const name = "cpu"; if (x.device.host !== undefined) y();')).toEqual([]);
});

// A device says what it can do by members of `Device`; so one of somebody else's can do it too.
test("core and the packages above it ask for no device's name", () => {
  const folders = [
    "core",
    "data",
    "datasets",
    "metrics",
    "nn",
    "onnx",
    "optim",
    "safetensors",
    "trainer",
    "transforms",
  ];
  const asking = folders
    .flatMap((name) => sourcesIn(root, `packages/${name}/src`))
    .map(({ path }) => path)
    .filter((path) => !/\.test(?:-d)?\.ts$/.test(path))
    .filter((path) => comparisonsIn(readFileSync(join(root, path), "utf8")).length > 0);
  expect(asking.sort()).toEqual(Object.keys(REVIEWED).sort());
});
