import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { node } from "../run/commands.ts";
import { runContestant } from "../run/run-contestant.ts";
import { findCheckout } from "./checkout.ts";
import { twinOf } from "./twin.ts";

/** A checkout whose only package takes the name of core, and reports when it is loaded. */
function otherCheckout(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindling-against-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["core", "backends"]) {
    const home = join(folder, "bench", "node_modules", "@kindling", name);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "package.json"), JSON.stringify({ type: "module", exports: "./index.js" }));
    const code =
      "console.log(JSON.stringify({ theirs: 1 })); process.exit();\nexport const [device, noGrad, rand, scope] = [];";
    writeFileSync(join(home, "index.js"), code);
  }
  return folder;
}

test("runs this checkout's program with the other's packages", async () => {
  const other = findCheckout(otherCheckout());
  const own = { name: "cpu", label: "cpu", command: node("ops/kindling.ts", [], { source: true }) };
  const twin = twinOf(own, other);
  expect(twin?.name).toBe(`cpu@${other.name}`);
  expect(await runContestant(twin?.command as typeof own.command)).toEqual([{ theirs: 1 }]);
});

test("peers have none", () => {
  const checkout = { folder: "older", name: "abc" };
  const entry = (command: ReturnType<typeof node> | { absent: string }) => ({ name: "it", label: "It", command });
  expect(twinOf(entry(node("step/jax-js.ts", [], { source: true })), checkout)).toBeNull();
  expect(twinOf(entry(["python3", "step.py"]), checkout)).toBeNull();
  expect(twinOf(entry({ absent: "not installed" }), checkout)).toBeNull();
});

test("a folder that is no checkout, or is not installed, is refused", () => {
  expect(() => findCheckout(tmpdir())).toThrow("Run pnpm install in a checkout");
});
