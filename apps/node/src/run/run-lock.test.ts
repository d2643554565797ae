import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { hostname } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { emptyFolder } from "../testing/command.ts";
import type { Answer, Order } from "../testing/lock-racer.ts";
import { formatHolder, parseHolder, takeLock } from "./lock-file.ts";
import { livenessOf, type ProcessIdentity, thisProcess } from "./process-identity.ts";
import { lockRun } from "./run-lock.ts";

const minute = 60_000;
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const racerFile = join(import.meta.dirname, "../testing/lock-racer.ts");
const execArgv = ["--conditions=@kindling/source", "--import", tsx];

/** A process that takes locks when it is told to. */
class Racer {
  readonly child: ChildProcess;
  readonly ready: Promise<unknown>;

  constructor() {
    this.child = fork(racerFile, { execArgv, stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.ready = once(this.child, "message");
  }

  async ask(order: Order): Promise<Answer> {
    const answer = once(this.child, "message");
    this.child.send(order);
    return (await answer)[0];
  }

  async take(folder: string): Promise<string | null> {
    return ((await this.ask({ take: folder })) as { refused: string | null }).refused;
  }

  async kill(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }
}

describe("many processes at one lock", { timeout: 3 * minute }, () => {
  const ROUNDS = 60;
  let racers: Racer[];
  let dead: ProcessIdentity;

  beforeAll(async () => {
    racers = Array.from({ length: 6 }, () => new Racer());
    const ended = new Racer();
    await Promise.all([...racers, ended].map(({ ready }) => ready));
    dead = ((await ended.ask("who")) as { who: ProcessIdentity }).who;
    await ended.kill();
  }, minute);

  afterAll(() => Promise.all(racers.map((racer) => racer.kill())));

  const holder = (id: string) => formatHolder({ id, owner: dead });

  test.each<[string, Readonly<Record<string, string>>]>([
    ["that nobody holds", {}],
    ["that a dead process has left", { ".lock": "dead" }],
    ["that an older version has left", { ".lock": "4194303" }],
    ["that one has left who died taking it over", { ".lock": "dead", ".lock.dead": "heir" }],
    ["that several have", { ".lock": "dead", ".lock.dead": "heir", ".lock.heir": "last", ".lock.stray": "stray" }],
  ])("%s: exactly one gets it, every time", async (_, files) => {
    const winners = new Set<number>();
    for (let round = 0; round < ROUNDS; round++) {
      const folder = emptyFolder();
      for (const [name, content] of Object.entries(files)) {
        writeFileSync(join(folder, name), /^\d/.test(content) ? content : holder(content));
      }
      const refusals = await Promise.all(racers.map((racer) => racer.take(folder)));
      const won = racers.filter((__, i) => refusals[i] === null);
      expect(won.length, `round ${round}: ${refusals.join("; ")}`).toBe(1);
      const [winner] = won as [Racer];
      expect(parseHolder(readFileSync(join(folder, ".lock"), "utf8"))?.owner?.pid).toBe(winner.child.pid);
      for (const refusal of refusals) {
        if (refusal !== null) expect(refusal).toContain(`process ${winner.child.pid} trains in ${folder}`);
      }
      winners.add(racers.indexOf(winner));
      await winner.ask("release");
      expect(readdirSync(folder)).toEqual([]);
    }
    expect(winners.size).toBeGreaterThan(1);
  });

  test("one who dies holding it is succeeded by one, again and again", async () => {
    const folder = emptyFolder();
    for (let round = 0; round < 5; round++) {
      const victim = new Racer();
      await victim.ready;
      expect(await victim.take(folder)).toBeNull();
      expect(await racers[0]?.take(folder)).toContain(`process ${victim.child.pid} trains in`);
      await victim.kill();
      const refusals = await Promise.all(racers.map((racer) => racer.take(folder)));
      expect(refusals.filter((refusal) => refusal === null).length).toBe(1);
      await racers[refusals.indexOf(null)]?.ask("release");
    }
  });
});

describe("who looked too early", () => {
  const identity = (start: string): ProcessIdentity => ({
    pid: process.pid,
    host: "h",
    boot: "b",
    pidNamespace: null,
    start,
  });

  test("does not displace who has come in between", async () => {
    const path = join(emptyFolder(), ".lock");
    writeFileSync(path, formatHolder({ id: "dead", owner: identity("1") }));
    const me = { id: "me", owner: identity("2") };
    // Another takes the lock over between our look at it and our claim: the first time that we are asked for, we write our draft.
    let asked = 0;
    const racing = takeLock(path, {
      id: me.id,
      get owner() {
        if (asked++ > 0) writeFileSync(path, formatHolder({ id: "other", owner: identity("2") }));
        return me.owner;
      },
    });
    expect(await racing).toBe("again");
    expect(parseHolder(readFileSync(path, "utf8"))?.id).toBe("other");
    expect(readdirSync(join(path, ".."))).toEqual([".lock"]);
    expect(await takeLock(path, me)).toMatchObject({ holder: { id: "other" }, settled: true });
  });
});

describe("whether a process is alive", () => {
  let child: ChildProcess | undefined;
  afterEach(() => void child?.kill("SIGKILL"));

  test("is told by host, boot, namespace, number and start", async () => {
    const here = await thisProcess();
    expect(here).toMatchObject({ pid: process.pid, host: hostname() });
    expect(await livenessOf(here, here)).toBe(here.start === null ? "dead" : "alive");
    child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
    const other = { ...here, pid: child.pid as number, start: null };
    expect(await livenessOf(other, here)).toBe("alive");
    expect(await livenessOf({ ...other, host: "elsewhere", boot: "another" }, here)).toBe("unknown");
    expect(await livenessOf({ ...other, host: "elsewhere", boot: null }, here)).toBe("unknown");
    if (here.boot !== null) {
      expect(await livenessOf({ ...other, boot: "before the restart" }, here)).toBe("dead");
      expect(await livenessOf({ ...other, pidNamespace: "pid:[1]" }, { ...here, pidNamespace: "pid:[2]" })).toBe(
        "unknown",
      );
    }
    if (here.start !== null) expect(await livenessOf({ ...other, start: "1" }, here)).toBe("dead"); // the number was given again
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await livenessOf(other, here)).toBe("dead");
  });

  test.runIf(process.platform === "linux")("one that waits for its parent to notice is not", async () => {
    const here = await thisProcess();
    // The shell becomes a process that never asks what came of its child.
    child = spawn("sh", ["-c", "sleep 0.1 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "inherit"] });
    const [pid] = await once(child.stdout as NodeJS.ReadableStream, "data");
    const other = { ...here, pid: Number(pid), start: null };
    await expect.poll(() => livenessOf(other, here), { timeout: 10_000 }).toBe("dead");
  });
});

test("a lock that names a path of its own is none", () => {
  for (const id of ["../escaped", "a/b", "", "x".repeat(65)]) {
    expect(parseHolder(JSON.stringify({ id, pid: 1, host: "h" }))).toBeUndefined();
  }
  for (const pid of [0, -1, 1.5, "1", null])
    expect(parseHolder(JSON.stringify({ id: "a", pid, host: "h" }))).toBeUndefined();
});

test("this process does not get a lock twice, and leaves alone what is another's", async () => {
  const folder = emptyFolder();
  const lock = await lockRun(folder);
  const again = lockRun(folder);
  if ((await thisProcess()).start !== null) await expect(again).rejects.toThrow(`process ${process.pid} trains in`);
  const other = formatHolder({ id: "other", owner: await thisProcess() });
  writeFileSync(join(folder, ".lock"), other);
  lock[Symbol.dispose]();
  expect(readFileSync(join(folder, ".lock"), "utf8")).toBe(other);
});

const unshare = ["--map-root-user", "--pid", "--fork", "--mount-proc"];
const mayUnshare = spawnSync("unshare", [...unshare, "true"]).status === 0;

test.skipIf(!mayUnshare)("a process of another pid namespace is not taken for dead", { timeout: minute }, async () => {
  const folder = emptyFolder();
  using _ = await lockRun(folder);
  const program = `import { lockRun } from ${JSON.stringify(join(import.meta.dirname, "run-lock.ts"))};
    await lockRun(${JSON.stringify(folder)}).then(() => console.log("taken"), (error) => console.log(error.message));`;
  const args = [...unshare, process.execPath, ...execArgv, "--input-type=module", "-e", program];
  const { stdout } = spawnSync("unshare", args, { encoding: "utf8" });
  expect(stdout).toBe(
    `process ${process.pid} of another container or machine, ${hostname()}, trains in ${folder} or was killed there: wait for it, or give another --out. If it runs no more, delete ${folder}/.lock\n`,
  );
});
