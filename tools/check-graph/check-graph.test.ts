import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkGraph } from "./check-graph.ts";
import { coreFolders } from "./core-folders.ts";

const sound = {
  "package.json": { name: "root", devDependencies: { vitest: "4", tsup: "8" } },
  "packages/core/package.json": { name: "@kindling/core", dependencies: { "@tensorflow/tfjs-core": "4.22.0" } },
  "packages/core/src/devices/tfjs/device.ts": 'import "@tensorflow/tfjs-core";',
  "packages/core/src/tensor/tensor.ts": 'import { type A } from "./a.ts";',
  "packages/core/src/tensor/tensor.test.ts": 'import { test } from "vitest"; import "node:fs"; import "./tensor.ts";',
  "packages/core/tsup.config.ts": 'import "tsup"; import "../../tools/presets/tsup.ts";',
  "packages/nn/package.json": { name: "@kindling/nn", peerDependencies: { "@kindling/core": "workspace:^" } },
  "packages/nn/src/module.ts": 'import { Tensor } from "@kindling/core"; import { laws } from "@kindling/nn/testing";',
  "packages/nn/src/files.node.ts": 'import "node:fs";',
  "apps/node/package.json": { name: "@kindling/node", dependencies: { "@kindling/recipes": "workspace:^" } },
  "apps/node/src/cli.ts": 'import "node:process"; import "@kindling/recipes";',
};

/** What the check says of the sound workspace above with `changes` made to it. */
function violations(changes: Record<string, object | string>): string[] {
  const root = mkdtempSync(join(tmpdir(), "kindling-graph-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, content] of Object.entries({ ...sound, ...changes })) {
    mkdirSync(join(root, dirname(name)), { recursive: true });
    writeFileSync(join(root, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return checkGraph(root);
}

test("a workspace that keeps to the table has no violations", () => {
  expect(violations({})).toEqual([]);
});

const nn = (text: string) => violations({ "packages/nn/src/module.ts": text });

test.each([
  'import { SGD } from "@kindling/optim";',
  'import type { SGD } from "@kindling/optim";',
  'export { SGD } from "@kindling/optim/testing";',
  'const optim = await import("@kindling/optim");',
  'let optim: import("@kindling/optim").SGD;',
])("an import against the table: %s", (text) => {
  expect(nn(text)).toEqual([
    expect.stringMatching(/^packages\/nn\/src\/module.ts: "@kindling\/optim.* may not be imported/),
  ]);
});

test("a dependency against the table, of whatever kind", () => {
  const manifest = { name: "@kindling/nn", devDependencies: { "@kindling/data": "workspace:^" } };
  const found = violations({ "packages/nn/package.json": manifest, "packages/nn/src/module.ts": "" });
  expect(found).toEqual(["packages/nn/package.json: @kindling/data may not be a dependency"]);
});

test("a core of one's own", () => {
  const manifest = { name: "@kindling/nn", dependencies: { "@kindling/core": "workspace:^" } };
  expect(violations({ "packages/nn/package.json": manifest })).toEqual([
    "packages/nn/package.json: @kindling/core must be a peer dependency: one core in a program",
  ]);
});

test("a package that nobody put in the table", () => {
  expect(violations({ "packages/extra/package.json": { name: "@kindling/extra" } })).toEqual([
    "packages/extra: is not in the table; add it to tools/check-graph/allowed.ts",
  ]);
});

test.each([
  ['import "node:fs";', '"node:fs" is Node\'s, in a file that browsers load'],
  ['import "fs";', '"fs" is Node\'s, in a file that browsers load'],
  ['import "@tensorflow/tfjs-core";', "is the devices' own; go through a Device"],
  ['import "lodash";', '"lodash" is not a dependency in packages/nn/package.json'],
  ['import { expect } from "vitest";', '"vitest" is not a dependency in packages/nn/package.json'],
  ['import "../../core/src/tensor/tensor.ts";', "leaves packages/nn; import the package by its name"],
])("a module with %s", (text, message) => {
  expect(nn(text)).toEqual([expect.stringContaining(message)]);
});

test("a template depends on what it imports, and the command that copies it on nothing of ours", () => {
  const found = violations({
    "packages/create-kindling/package.json": {
      name: "create-kindling",
      devDependencies: { "@kindling/core": "workspace:^" },
    },
    "packages/create-kindling/src/cli.ts": 'import "node:fs"; import "@kindling/core";',
    "packages/create-kindling/templates/library/package.json": {
      name: "kindling-library",
      peerDependencies: { "@kindling/core": "workspace:^" },
    },
    "packages/create-kindling/templates/library/src/index.ts": 'import "@kindling/core"; import "@kindling/nn";',
  });
  expect(found).toEqual([
    'packages/create-kindling/src/cli.ts: "@kindling/core" is not a dependency in packages/create-kindling/package.json',
    'packages/create-kindling/templates/library/src/index.ts: "@kindling/nn" is not a dependency in packages/create-kindling/templates/library/package.json',
  ]);
});

test("a comment or a string is no import", () => {
  expect(nn('// import "node:fs"\nconst text = \'import "lodash"\';')).toEqual([]);
});

test("circles between files, also of types alone", () => {
  const found = violations({
    "packages/nn/src/a.ts": 'import "./b.ts";',
    "packages/nn/src/b.ts": 'import type { C } from "./deep/c.ts";',
    "packages/nn/src/deep/c.ts": 'export { a } from "../a.ts";',
  });
  expect(found).toEqual([
    "circle: packages/nn/src/a.ts -> packages/nn/src/b.ts -> packages/nn/src/deep/c.ts -> packages/nn/src/a.ts",
  ]);
});

const core = (path: string, text: string) => violations({ [`packages/core/src/${path}`]: text });

test.each([
  ["tensor/back.ts", 'import { add } from "../ops/arithmetic.ts";'],
  ["tensor/deep/back.ts", 'import type { add } from "../../ops/arithmetic.ts";'],
  ["devices/cpu/tensors.ts", 'import "../../tensor/tensor.ts";'],
  ["ops/entry.ts", 'export * from "../index.ts";'],
])("an arrow back up in core: %s", (path, text) => {
  expect(core(path, text)).toEqual([expect.stringMatching(`^packages/core/src/${path}: .* is above core's folder`)]);
});

test("a folder of core that is not in the table", () => {
  expect(core("utils/all.ts", "")).toEqual([
    "packages/core/src/utils/all.ts: the folder utils is not in the table; add it to tools/check-graph/core-folders.ts",
  ]);
});

test("in core, tests, laws and entry points import what they need", () => {
  expect(core("tensor/far.test.ts", 'import "../ops/arithmetic.ts"; import "../index.ts";')).toEqual([]);
  expect(core("testing/laws.ts", 'import "../ops/arithmetic.ts"; import "../index.ts";')).toEqual([]);
  expect(core("index.ts", 'import "./ops/arithmetic.ts";')).toEqual([]);
});

test("the table of core's folders runs one way", () => {
  const folders = Object.keys(coreFolders);
  for (const [at, folder] of folders.entries()) {
    expect(folders.slice(0, at), folder).toEqual(expect.arrayContaining([...(coreFolders[folder] ?? [])]));
  }
});
