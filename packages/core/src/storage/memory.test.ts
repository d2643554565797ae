import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setWarningSink } from "../base/warn.ts";
import { asBuffer, asParameter, setData } from "../extend.ts";
import { cpu, fromBuffer, full, memory, noGrad, ones, scope, type Tensor, tensor } from "../index.ts";
import { type LeakThresholds, watchLeaksFrom } from "../scope/leak-watch.ts";
import { RecordingDevice } from "../testing/recording-device.ts";

let before = memory();
beforeEach(() => {
  before = memory();
});
const live = (): number => memory().tensors - before.tensors;
const bytes = (): number => memory().bytes - before.bytes;

/** A tensor in device memory. */
function made(...shape: number[]): Tensor {
  return scope(() => ones(shape).add(1));
}

describe("memory() counts", () => {
  test("what kernels make, until it is disposed of", () => {
    const x = made(2, 3);
    expect([live(), bytes()]).toEqual([1, 24]);
    const y = x.gt(0);
    expect([live(), bytes()]).toEqual([2, 30]);
    x.dispose();
    y.dispose();
    y.dispose();
    expect([live(), bytes()]).toEqual([0, 0]);
  });

  test("no ordinary memory, which the collector sees", () => {
    const x = tensor([1, 2, 3]);
    const batch = fromBuffer(new Uint8Array(6), [3, 2]).to("float32").div(255);
    expect(live()).toBe(0);
    // The cpu's kernels read it where it is.
    scope(() => void x.add(1));
    scope(() => void batch.sum());
    expect(live()).toBe(0);
  });

  test("shared memory once, until the last that shares it is gone", () => {
    const x = made(4);
    const shares = [x.view(2, 2), x.detach(), x.clone(), x.reshape(1, 4), noGrad(() => x.unsqueeze(0))];
    expect(live()).toBe(1);
    x.dispose();
    expect(live()).toBe(1);
    expect(shares[2]?.toListSync()).toEqual([2, 2, 2, 2]);
    for (const other of shares) other.dispose();
    expect(live()).toBe(0);
  });

  test("a clone apart as soon as one of the two changes", () => {
    const x = made(4);
    const copy = x.clone();
    x.add_(1);
    expect(live()).toBe(2);
    expect([copy.toListSync(), x.toListSync()]).toEqual([
      [2, 2, 2, 2],
      [3, 3, 3, 3],
    ]);
    x.dispose();
    copy.dispose();
    expect(live()).toBe(0);
  });

  test("as many after a change in place", () => {
    const x = made(4);
    for (let i = 0; i < 10; i++)
      x.mul_(2)
        .add_(full([4], 1))
        .sub_(1)
        .clamp_(0, 100);
    x.fill_(3);
    expect(live()).toBe(0);
    x.add_(1);
    expect(live()).toBe(1);
    x.dispose();
    expect(live()).toBe(0);
  });

  test("no constants", () => {
    const x = made(2);
    for (let i = 0; i < 1000; i++) scope(() => void x.mul(i + 0.5));
    expect(live()).toBe(1);
    x.dispose();
  });
});

describe("a batch that belongs to nobody", () => {
  test("leaves nothing behind when a step in a scope computes from it", async () => {
    const w = scope(() => ones([4, 2]).mul(0.5)).requiresGrad_();
    const start = live();
    for (let step = 0; step < 20; step++) {
      const inputs = fromBuffer(new Uint8Array(12), [3, 4]).to("float32").div(255);
      using _ = scope();
      const loss = inputs.matmul(w).square().mean();
      loss.backward();
      await loss.item();
      w.grad?.dispose();
      w.grad = null;
    }
    expect(live()).toBe(start);
    w.dispose();
  });
});

describe("past a threshold", () => {
  const little = { tensors: 50, bytes: Number.POSITIVE_INFINITY, pieces: 0 };

  /** What is said while `program` runs. */
  function warnings(thresholds: LeakThresholds | undefined, program: () => void): string[] {
    const said: string[] = [];
    const restore = setWarningSink((message) => said.push(message));
    watchLeaksFrom(thresholds);
    try {
      program();
    } finally {
      watchLeaksFrom();
      restore();
    }
    return said;
  }

  test("of tensors that no scope owns, it is said once where most were made", () => {
    const kept: Tensor[] = [];
    const x = ones([1]);
    const said = warnings(little, () => {
      for (let i = 0; i < 3000; i++) kept.push(x.add(i));
    });
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^\d+ tensors \(\d+ bytes\) are alive that belong to no scope: /);
    expect(said[0]).toContain("`using _ = scope();`");
    expect(said[0]).toContain("`await scope(async () => { ... })`");
    for (const y of kept) y.dispose();
  });

  test("of bytes too, in many pieces", () => {
    const kept: Tensor[] = [];
    const x = ones([1000]);
    const grow = (): void => {
      for (let i = 0; i < 300; i++) kept.push(x.add(i));
    };
    expect(warnings({ tensors: 1e6, bytes: 400_000, pieces: 100 }, grow)).toHaveLength(1);
    // A data set on a device is large, and in a few pieces.
    expect(warnings({ tensors: 1e6, bytes: 400_000, pieces: 10_000 }, grow)).toEqual([]);
    for (const y of kept) y.dispose();
  });

  test("a loop without a scope is reported before it has held some 3,000 tensors", () => {
    const kept: Tensor[] = [];
    const x = ones([1]);
    const said = warnings(undefined, () => {
      for (let i = 0; i < 3000; i++) kept.push(x.add(i));
    });
    expect(said).toHaveLength(1);
    for (const y of kept) y.dispose();
  });

  test("nothing is said of what scopes own", () => {
    const said = warnings(little, () =>
      scope(() => {
        const x = ones([1]);
        for (let i = 0; i < 3000; i++) x.add(i);
      }),
    );
    expect(said).toEqual([]);
  });

  test("nor of what is disposed, of parameters and their gradients, or of what is changed in place", () => {
    const kept: Tensor[] = [];
    const said = warnings(little, () => {
      const x = ones([1]);
      for (let i = 0; i < 500; i++) x.add(i).dispose();
      for (let i = 0; i < 500; i++) {
        using _ = scope();
        const weight = asParameter(x.mul(2));
        noGrad(() => weight.mul_(0.5));
        weight.mul(x).sum().backward();
        kept.push(weight);
      }
      for (let i = 0; i < 500; i++) x.add_(1);
    });
    expect(said).toEqual([]);
    for (const weight of kept) weight.dispose();
  });

  test("nor of a network that is moved to a device, or of what shares its memory", () => {
    const device = new RecordingDevice(cpu, "recording");
    const moved = (x: Tensor): Tensor => {
      const next = x.to(device);
      setData(x, next);
      next.dispose();
      return x;
    };
    const kept: Tensor[] = [];
    const said = warnings(little, () => {
      for (let i = 0; i < 500; i++) {
        kept.push(moved(asParameter(tensor([i]))), moved(asBuffer(tensor([i]))));
        kept.push(asParameter(tensor([i]).to(device)), asBuffer(tensor([i]).to(device)));
      }
      for (const weight of [...kept]) kept.push(weight.detach(), weight.clone(), weight.view(1, 1));
    });
    expect(said).toEqual([]);
    for (const weight of kept) weight.dispose();
  });
});

describe("in a program of its own", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kindling-memory-"));
    await build({
      entryPoints: [new URL("../index.ts", import.meta.url).pathname],
      outfile: join(folder, "core", "index.cjs"),
      bundle: true,
      format: "cjs",
      platform: "node",
      conditions: ["@kindling/source"],
      logLevel: "silent",
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Runs a program with the collector at hand; what it printed. */
  async function run(body: string): Promise<{ stdout: string; stderr: string }> {
    const file = join(folder, "program.cjs");
    await writeFile(file, `const core = require("./core/index.cjs");\n(async () => {\n${body}\n})();\n`);
    return promisify(execFile)(process.execPath, ["--expose-gc", file]);
  }

  const collect = "for (let i = 0; i < 5; i++) { gc(); await new Promise((resolve) => setTimeout(resolve, 5)); }";

  test("what nobody holds any more is given back when the collector comes", async () => {
    const { stdout } = await run(`
      const x = core.ones([2]);
      const kept = x.add(0.5);
      (() => { for (let i = 0; i < 1000; i++) x.add(i).exp(); })();
      const most = core.memory().tensors;
      ${collect}
      console.log(JSON.stringify([most, core.memory().tensors, kept.toListSync()]));
    `);
    const [most, left, kept] = JSON.parse(stdout) as [number, number, number[]];
    expect(most).toBeGreaterThan(1900);
    // The newest few are not watched yet.
    expect(left).toBeLessThan(100);
    expect(kept).toEqual([1.5, 1.5]);
  });

  test("a graph that nobody holds any more goes with all that it saved", async () => {
    const { stdout } = await run(`
      const w = core.ones([2]).requiresGrad_();
      (() => { for (let i = 0; i < 300; i++) w.mul(i).exp().sum().sqrt(); })();
      const most = core.memory().tensors;
      ${collect}
      console.log(JSON.stringify([most, core.memory().tensors]));
    `);
    const [most, left] = JSON.parse(stdout) as [number, number];
    expect(most).toBeGreaterThan(1000);
    expect(left).toBeLessThan(100);
  });

  test("a leak is said with the line that makes most of it", async () => {
    const { stderr } = await run(`
      const x = core.ones([1]);
      const kept = [];
      function leaky() { kept.push(x.add(1)); }
      for (let i = 0; i < 15000; i++) leaky();
    `);
    expect(stderr).toMatch(
      /UserWarning: 2\d\d\d tensors \(\d+(?:\.\d)? (?:bytes|kB)\) are alive that belong to no scope/,
    );
    expect(stderr).toMatch(/Most were made at leaky \(.*program\.cjs:6:\d+\)\./);
    expect(stderr.match(/UserWarning/g)).toHaveLength(1);
  });
});
