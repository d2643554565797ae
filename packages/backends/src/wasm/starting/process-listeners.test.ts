import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withoutProcessListeners } from "./process-listeners.node.ts";

// What an uncaught error prints is Node's affair: this takes a program of its own.

const requires = ["./", "../../../../core/"].map((place) => createRequire(new URL(place, import.meta.url)));
const NAMES = ["core", "backend-cpu", "backend-wasm"].map((name) => `@tensorflow/tfjs-${name}`);
let folder = "";

function installed(name: string): string {
  for (const require of requires) {
    try {
      return realpathSync(dirname(require.resolve(`${name}/package.json`)));
    } catch {}
  }
  throw new Error(`${name} is not installed`);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kindling-process-listeners-"));
  mkdirSync(join(folder, "node_modules/@tensorflow"), { recursive: true });
  for (const name of NAMES) symlinkSync(installed(name), join(folder, "node_modules", name));
  for (const [name, last] of Object.entries(ENDS)) {
    await build({
      stdin: { contents: PROGRAM + last, resolveDir: import.meta.dirname, loader: "ts" },
      outfile: join(folder, `${name}.mjs`),
      bundle: true,
      platform: "node",
      format: "esm",
      conditions: ["@kindling/source"],
      external: NAMES,
      logLevel: "error",
    });
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAM = `
import { wasm } from "../index.ts";
process.on("uncaughtExceptionMonitor", () => {});
const device = await wasm();
console.log(device.name, process.listenerCount("uncaughtException"), process.listenerCount("unhandledRejection"));
`;

const ENDS = {
  thrown: `throw new Error("of the program");`,
  rejected: `void Promise.reject(new Error("of the program")); await new Promise((resolve) => setTimeout(resolve, 1000));`,
  later: `setTimeout(() => { throw new Error("of the program"); });`,
  handled: `process.on("uncaughtException", (error) => { console.log("handled", error.message); }); setTimeout(() => { throw new Error("of the program"); });`,
};

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(name: keyof typeof ENDS): Promise<Ended> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [join(folder, `${name}.mjs`)])) };
  } catch (error) {
    return error as Ended;
  }
}

describe("after the wasm device has started", () => {
  test.each(["thrown", "rejected", "later"] as const)("an error that is %s prints as Node prints it", async (name) => {
    const { code, stdout, stderr } = await run(name);
    expect(stdout).toBe("wasm 0 0\n");
    expect(stderr).toContain("Error: of the program");
    expect(stderr.length).toBeLessThan(2000);
    expect(code).toBe(1);
  });

  test("a listener of the program's own still has it", async () => {
    const { code, stdout } = await run("handled");
    expect(stdout).toBe("wasm 0 0\nhandled of the program\n");
    expect(code).toBe(0);
  });
});

test("listeners that were there stay, those of other events too", () => {
  const [mine, theirs, other] = [(): void => {}, (): void => {}, (): void => {}];
  process.on("uncaughtException", mine);
  const before = process.listeners("uncaughtException");
  withoutProcessListeners(() => process.on("uncaughtException", theirs).on("warning", other));
  expect(process.listeners("uncaughtException")).toEqual(before);
  expect(process.listeners("warning")).toContain(other);
  process.removeListener("uncaughtException", mine).removeListener("warning", other);
});
