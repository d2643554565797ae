import process from "node:process";
import { describe, expect, test } from "vitest";
import { works } from "./device-report.ts";
import { type ApartOptions, examineApart } from "./examine-apart.ts";

const started = `console.log(JSON.stringify({ name: "fake", available: true, detail: "a fake", facts: { threads: 3 } }));`;
const tested = (ok: boolean) =>
  `console.log(JSON.stringify({ selfTest: { ok: ${ok}, against: "cpu", compared: 1, largestDifference: 0.5, problem: null } }));`;
const forever = "setInterval(() => undefined, 1000);";

/** An examination by this program. */
const by = (code: string, options: ApartOptions = {}) =>
  examineApart("fake", { quick: true, ...options, command: [process.execPath, "-e", code] });

describe("a device is examined in a process of its own", () => {
  test("and what it found comes back", async () => {
    const report = await by(
      `${started} console.log("a library says hello"); console.log("{ not JSON"); ${tested(true)}`,
    );
    expect(report).toEqual({
      name: "fake",
      available: true,
      detail: "a fake",
      facts: { threads: 3 },
      selfTest: { ok: true, against: "cpu", compared: 1, largestDifference: 0.5, problem: null },
      speed: null,
      problem: null,
    });
    expect(works(report)).toBe(true);
  });

  test("and a finding is no prototype", async () => {
    const report = await by(`console.log('{"__proto__": {"selfTest": {"ok": true}}}');`);
    expect(Object.getPrototypeOf(report)).toBe(Object.prototype);
    expect(works(report)).toBe(false);
  });

  test("a lie that the self-test found out does not work", async () => {
    expect(works(await by(`${started} ${tested(false)}`))).toBe(false);
  });

  test("one that hangs when it is started is absent", async () => {
    const report = await by(`for (;;);`, { limit: 0.5 });
    expect(report).toMatchObject({
      available: false,
      detail: "no answer within 0.5 s while starting",
      selfTest: null,
    });
  });

  test("one that hangs later is there, but does not work", async () => {
    const report = await by(`${started} ${forever}`, { limit: 2 });
    expect(report).toMatchObject({ available: true, selfTest: null, problem: "no answer within 2 s in the self-test" });
    expect(works(report)).toBe(false);
    const slow = await by(`${started} ${tested(true)} ${forever}`, { limit: 2, quick: false });
    expect(slow.problem).toBe("no answer within 2 s while measuring its speed");
    expect(works(slow)).toBe(false);
  });

  test("one that takes its process with it is told of by how", async () => {
    const abort = `process.kill(process.pid, "SIGSEGV"); ${forever}`;
    expect(await by(abort)).toMatchObject({
      available: false,
      detail: "its process ended (SIGSEGV) while starting",
    });
    const report = await by(`${started} console.error("first"); console.error("illegal instruction"); process.exit(3)`);
    expect(report.problem).toBe("its process ended (exit code 3) in the self-test: illegal instruction");
  });

  test("one that leaves early without a word does not work; one that crashes when all is done does", async () => {
    expect((await by(`${started} process.exit(0)`)).problem).toBe("its process ended (exit code 0) in the self-test");
    expect(works(await by(`${started} ${tested(true)} process.kill(process.pid, "SIGSEGV"); ${forever}`))).toBe(true);
  });

  test("a program that is not there is no matter either", async () => {
    const report = await examineApart("fake", { command: ["/no/such/program"] });
    expect(report).toMatchObject({ available: false, detail: expect.stringContaining("ENOENT") });
  });
});
