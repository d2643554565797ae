import { expect, test } from "vitest";
import { kindling } from "../testing/command.ts";
import type { DeviceReport } from "./device-report.ts";

// Processes of their own, each loading all sources.
const timeout = 120_000;

test("kindling devices examines each, fastest first, and cpu is enough for success", { timeout }, async () => {
  const { code, stdout, stderr } = await kindling("devices", "--quick");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^wasm +(yes|BAD) +WebAssembly/m);
  expect(stdout).toMatch(
    /^cpu +yes +plain JavaScript, always there\n +facts: 1 thread\n +self-test: gradients .* agree with PyTorch's to /m,
  );
  expect(stdout).not.toContain("GFLOP");
});

test("--json is an object a line, speed included; --device asks for one", { timeout }, async () => {
  const { code, stdout } = await kindling("devices", "--device", "cpu", "--json");
  expect(code).toBe(0);
  const [report, ...others] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as DeviceReport);
  expect(others).toEqual([]);
  expect(report).toMatchObject({
    name: "cpu",
    available: true,
    facts: { threads: 1 },
    selfTest: { ok: true, against: "PyTorch", problem: null },
    problem: null,
  });
  expect(report?.speed?.gflops).toBeGreaterThan(0);
  expect(report?.speed?.stepMs).toBeGreaterThan(0);
});

test("--device auto goes down to the first that works", { timeout }, async () => {
  const { code, stdout } = await kindling("devices", "--device", "auto", "--quick", "--json");
  expect(code).toBe(0);
  const reports = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as DeviceReport);
  expect(reports.slice(0, -1).filter(({ selfTest }) => selfTest?.ok)).toEqual([]);
  expect(reports.at(-1)).toMatchObject({ available: true, selfTest: { ok: true } });
});
