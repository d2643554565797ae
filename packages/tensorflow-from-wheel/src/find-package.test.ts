import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findPackage } from "./find-package.ts";

let project: string;

beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "from-wheel-")));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function install(name: string, at = join(project, "node_modules", name), sources = true): string {
  mkdirSync(join(at, "binding"), { recursive: true });
  writeFileSync(join(at, "package.json"), JSON.stringify({ name, version: "4.22.0" }));
  if (sources) writeFileSync(join(at, "binding", "tfjs_binding.cc"), "");
  return at;
}

test("the one that is installed, whatever is asked for; else the one that is", () => {
  const cpu = install("@tensorflow/tfjs-node");
  expect(findPackage(project, false)).toEqual({ name: "@tensorflow/tfjs-node", version: "4.22.0", folder: cpu });
  expect(findPackage(project, true).folder).toBe(cpu);
  const gpu = install("@tensorflow/tfjs-node-gpu");
  expect(findPackage(project, true).folder).toBe(gpu);
  expect(findPackage(project, false).folder).toBe(cpu);
});

test("pnpm's links lead to where it really is", () => {
  const store = install("@tensorflow/tfjs-node", join(project, "node_modules/.pnpm/tfjs/node_modules/tfjs-node"));
  mkdirSync(join(project, "node_modules/@tensorflow"), { recursive: true });
  symlinkSync(store, join(project, "node_modules/@tensorflow/tfjs-node"), "junction");
  expect(findPackage(project, false).folder).toBe(store);
});

test("none installed, or without sources, says what to type", () => {
  expect(() => findPackage(project, true)).toThrow("npm install --ignore-scripts @tensorflow/tfjs-node-gpu@4.22.0");
  install("@tensorflow/tfjs-node", undefined, false);
  expect(() => findPackage(project, false)).toThrow("has no sources of its addon");
});
