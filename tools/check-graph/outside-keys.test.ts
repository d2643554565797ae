import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { sourcesIn } from "./sources.ts";

const root = join(import.meta.dirname, "../..");

/**
 * Tables that are looked into with a key of the program's own: the types know all of them, or they were checked before. Every other table
 * asks `Object.hasOwn` first, or is a Map: "constructor" and "__proto__" are keys of every object.
 */
const REVIEWED: Readonly<Record<string, string>> = {
  "apps/node/src/commands/sweep.ts: OPTIONS": "the name is one of Object.keys",
  "apps/node/src/options/train-options.ts: DEFAULT_CONFIG": "constant names",
  "apps/node/src/program.ts: OPTIONS": "constant names",
  "apps/node/src/run/run-config.ts: OPTIONS": "constant names",
  "apps/web/src/dom/h.ts: name in element": "properties that the page's own code names",
  "apps/web/src/runs/read-run.ts: DEFAULT_SETTINGS": "constant names",
  "apps/web/src/settings/link.ts: DEFAULT_SETTINGS": "constant names",
  "apps/web/src/settings/link.ts: FIELDS": "constant names",
  "apps/web/src/views/header-view.ts: THEME_TEXTS": "constant names",
  "apps/web/src/views/settings-view.ts: FIELDS": "constant names",
  "apps/web/src/views/train-view.ts: PHASES": "what the page's own worker tells",
  "packages/backends/src/onnx/running/byte-steps.ts: COMPUTE": "kinds that the recording has made",
  "packages/backends/src/tensorflow/kernels/product.ts: ACTIVATIONS": "what core's fused ops name",
  "packages/backends/src/webgpu/platform/gpu.node.ts: name in globalThis": "names of the webgpu package's classes",
  "packages/core/src/api/creation.ts: DTYPES": "a dtype that was checked",
  "packages/core/src/base/callable.ts: CALL in value": "a symbol",
  "packages/core/src/base/cast.ts: DTYPES": "a dtype",
  "packages/core/src/base/convertible.ts: DTYPES": "a dtype",
  "packages/core/src/base/file-elements.ts: DTYPES": "a dtype",
  "packages/core/src/base/options.ts: brand in value": "a symbol",
  "packages/core/src/base/options.ts: name in value": "names of options that the code lists",
  "packages/core/src/base/python-names.ts: key in prototype": "inherited names are to be left as they are",
  "packages/core/src/base/result-type.ts: CATEGORIES": "a dtype's kind",
  "packages/core/src/base/result-type.ts: DTYPES": "a dtype",
  "packages/core/src/devices/cpu/cast.ts: DTYPES": "a dtype",
  "packages/core/src/devices/tfjs/elements.ts: DTYPES": "a dtype",
  "packages/core/src/devices/tfjs/handle.ts: DTYPES": "a dtype",
  "packages/core/src/devices/tfjs/split-dims.ts: TURNS": "a kernel's trait",
  "packages/core/src/ops/clamp.ts: DTYPES": "a dtype",
  "packages/core/src/ops/pooling/dilated-max-pool.ts: DTYPES": "a dtype",
  "packages/core/src/ops/sorting.ts: DTYPES": "a dtype",
  "packages/core/src/random/generator.ts: BRAND in value": "a symbol",
  "packages/core/src/random/randint.ts: DTYPES": "a dtype",
  "packages/core/src/random/random.ts: DTYPES": "a dtype",
  "packages/core/src/random/uniform.ts: DTYPES": "a dtype",
  "packages/datasets/src/idx/read-idx.ts: ELEMENTS": "a byte: a number is no key of every object",
  "packages/nn/src/containers/sequential.ts: name in this": "inherited names are refused on purpose",
  "packages/nn/src/functional/batch-norm.ts: WIRE_NAMES": "constant names",
  "packages/onnx/src/lowering/conversion.ts: ELEMENT_TYPES": "a dtype",
  "packages/onnx/src/model/encode.ts: ELEMENT_TYPES": "a dtype",
  "packages/safetensors/src/decode.ts: BITS": "isFormatDType has checked it",
  "packages/safetensors/src/decode.ts: SMALL_FLOATS": "isFormatDType has checked it",
  "packages/safetensors/src/header.ts: BITS": "isFormatDType has checked it",
  "packages/safetensors/src/load.ts: DTYPES": "a dtype",
  "packages/safetensors/src/save.ts: DTYPES": "a dtype",
  "packages/transforms/src/callable-transform.ts: BRAND in value": "a symbol",
  "packages/trainer/src/callbacks/early-stopping.ts: SIGN": "checkMode has checked it",
  "packages/trainer/src/callbacks/early-stopping.ts: WORST": "checkMode has checked it",
  "packages/trainer/src/callbacks/model-checkpoint.ts: WORST": "checkMode has checked it",
};

/** `name in object`, and `TABLE[key]` of an object literal that its file does not ask by `Object.hasOwn`. */
function suspectsIn(path: string): string[] {
  const text = readFileSync(join(root, path), "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const tables = new Set<string>();
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
      let value: ts.Node = node.initializer;
      while (ts.isAsExpression(value) || ts.isSatisfiesExpression(value)) value = value.expression;
      if (ts.isObjectLiteralExpression(value)) tables.add(node.name.getText());
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) {
      const { left } = node;
      const isOurs = ts.isStringLiteral(left) || ts.isPrivateIdentifier(left) || /^Symbol\./.test(left.getText());
      if (!isOurs) found.add(`${path}: ${node.getText()}`);
    }
    if (ts.isElementAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const table = node.expression.text;
      const isKnown = ts.isLiteralExpression(node.argumentExpression) || text.includes(`Object.hasOwn(${table},`);
      if (/^[A-Z][A-Z\d_]*$/.test(table) && !isKnown) found.add(`${path}: ${table}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  const isTable = (suspect: string) => {
    const name = suspect.split(": ")[1] as string;
    return / in /.test(name) || tables.has(name) || new RegExp(`import[^;]*\\b${name}\\b`).test(text);
  };
  return [...found].filter(isTable);
}

test("no table is asked for a key from outside without Object.hasOwn", { timeout: 120_000 }, () => {
  const suspects = ["packages", "apps"]
    .flatMap((top) => readdirSync(join(root, top)).map((name) => `${top}/${name}/src`))
    .flatMap((folder) => sourcesIn(root, folder))
    .map(({ path }) => path)
    .filter((path) => /\.ts$/.test(path) && !/\.test(?:-d)?\.ts$|\/testing\//.test(path))
    .flatMap(suspectsIn);
  expect(suspects.sort(), "a new one: can its key come from outside?").toEqual(Object.keys(REVIEWED).sort());
});
