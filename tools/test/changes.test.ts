import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ALL_PACKAGES, changesHere, changesIn } from "./changes.ts";

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
  ["tools/presets/tsup.ts", [ALL_PACKAGES]],
  ["tools/check-pack/main.ts", [ALL_PACKAGES]],
  ["package.json", [ALL_PACKAGES]],
])("no op and no device rests on %s", (path, packages) => {
  expect(changesIn([file(path)])).toEqual({ ops: [], devices: [], packages });
});

describe("in a tree", () => {
  let root: string;
  // In a hook, git's variables would lead it to the repository of the hook.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=n", "-c", "user.email=e", ...args], { cwd: root, env });
  const write = (path: string, text = "export const sin = 1;\n") => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const commit = () => {
    git("add", "-A");
    git("commit", "-qm", "a change");
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "kindling-changes-"));
    git("init", "-q", "-b", "main");
    write("packages/core/src/ops/waves.ts");
    commit();
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const SIN = { ops: ["cos", "sin"], devices: [], packages: ["core"] };
  const change = () => write("packages/core/src/ops/waves.ts", "export const cos = 1;\n");

  test("without a change", () => {
    expect(changesHere(root)).toEqual({ ops: [], devices: [], packages: [] });
  });

  test("committed on a branch, or not at all", () => {
    git("switch", "-qc", "branch");
    change();
    expect(changesHere(root)).toEqual(SIN);
    commit();
    expect(changesHere(root)).toEqual(SIN);
    git("switch", "-q", "--detach");
    expect(changesHere(root)).toEqual(SIN);
  });

  test.each(["a b.ts", "für.ts", '"quoted".ts', "tab\there.ts"])("in a file of the name %j", (name) => {
    git("switch", "-qc", "branch");
    write(`packages/core/src/ops/${name}`);
    const expected = { ops: ["sin"], devices: [], packages: ["core"] };
    expect(changesHere(root)).toEqual(expected);
    commit();
    expect(changesHere(root)).toEqual(expected);
  });

  test("a file of ops that is gone", () => {
    rmSync(join(root, "packages/core/src/ops/waves.ts"));
    expect(changesHere(root)).toEqual({ ops: ["sin"], devices: [], packages: ["core"] });
  });

  test("without a main branch, without git, and inside of another repository, all may have changed", () => {
    git("branch", "-m", "other");
    expect(changesHere(root)).toBe("all");
    git("branch", "-m", "main");
    expect(changesHere(join(root, "packages"))).toBe("all");
    rmSync(join(root, ".git"), { recursive: true });
    expect(changesHere(root)).toBe("all");
  });

  test("in a shallow clone that does not reach back to main", () => {
    git("switch", "-qc", "branch");
    change();
    commit();
    const clone = join(root, "clone");
    git("clone", "-q", "--depth", "1", "--no-single-branch", `file://${root}`, clone);
    expect(changesHere(clone)).toBe("all");
  });
});
