import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkAddon } from "./check-addon.ts";
import { compile } from "./compile.ts";
import * as api from "./index.ts";
import { DEFAULT_VERSION } from "./index.ts";

test("the public names", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "DEFAULT_VERSION",
      "FromWheelError",
      "buildFromWheel",
      "cudaRequirements",
      "wheelRequirement",
    ]
  `);
});

test("without the package nothing is fetched: the error says what to install", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "from-wheel-"));
  await expect(api.buildFromWheel({ cwd, gpu: false, python: "python3", version: DEFAULT_VERSION })).rejects.toThrow(
    process.platform === "win32" ? "On Windows use WSL 2" : "@tensorflow/tfjs-node is not installed in",
  );
  rmSync(cwd, { recursive: true });
});

test("no compiler, and one that fails", async () => {
  const folder = mkdtempSync(join(tmpdir(), "from-wheel-"));
  await expect(compile(folder, "linux", "no-such-compiler")).rejects.toThrow("There is no C++ compiler");
  await expect(compile(folder, "linux", process.execPath)).rejects.toThrow("The addon does not compile");
  rmSync(folder, { recursive: true });
});

test("an addon that does not load", async () => {
  await expect(checkAddon("/nowhere/tfjs_binding.node")).rejects.toThrow("does not load or compute");
});
