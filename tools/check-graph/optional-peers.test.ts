import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkOptionalPeers } from "./optional-peers.ts";

const MANIFEST = {
  name: "@kindling/nn",
  peerDependencies: { gpu: "1", vitest: "4", "@kindling/core": "1" },
  peerDependenciesMeta: { gpu: { optional: true }, vitest: { optional: true } },
};

function violations(text: string, path = "src/module.ts"): string[] {
  const root = mkdtempSync(join(tmpdir(), "kindling-peers-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "packages/nn/src/testing"), { recursive: true });
  writeFileSync(join(root, "packages/nn/package.json"), JSON.stringify(MANIFEST));
  writeFileSync(join(root, "packages/nn", path), text);
  return checkOptionalPeers(root);
}

test.each([
  'import { start } from "gpu";',
  'import { type Gpu, start } from "gpu";',
  'import "gpu/kernels";',
  'import * as gpu from "gpu";',
  'export { start } from "gpu";',
  'const gpu = await import("gpu");',
  'try { later(() => import("gpu")); } catch {}',
  'try {} catch { await import("gpu"); }',
  'try { await import("gpu"); } finally {}',
])("what fails to bundle without the peer: %s", (text) => {
  expect(violations(text)).toEqual([
    expect.stringMatching(/^packages\/nn\/src\/module\.ts: "gpu.*" is an optional peer; import its types only/),
  ]);
});

test.each([
  'import type { Gpu } from "gpu";',
  'import { type Gpu } from "gpu";',
  'export type { Gpu } from "gpu";',
  'let gpu: import("gpu").Gpu;',
  'async function load() { try { return await import("gpu"); } catch (cause) { throw told(cause); } }',
  'import { Tensor } from "@kindling/core";',
])("what bundles without it: %s", (text) => {
  expect(violations(text)).toEqual([]);
});

test("laws and tests may import vitest", () => {
  expect(violations('import { test } from "vitest";', "src/testing/laws.ts")).toEqual([]);
  expect(violations('import { test } from "vitest";', "src/module.test.ts")).toEqual([]);
  expect(violations('import { test } from "vitest";')).toHaveLength(1);
});

test("our packages bundle without their optional peers", () => {
  expect(checkOptionalPeers(resolve(import.meta.dirname, "../.."))).toEqual([]);
});
