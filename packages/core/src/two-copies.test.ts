import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as one from "./index.ts";
import { leakGuard } from "./testing/leak-guard.ts";

// A program should hold one copy of core. Where it holds two all the same, they work together.
describe("two copies of core", () => {
  let folder: string;
  let two: typeof one;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kindling-copy-"));
    const outfile = join(folder, "core.cjs");
    await build({
      entryPoints: [new URL("./index.ts", import.meta.url).pathname],
      outfile,
      bundle: true,
      format: "cjs",
      platform: "node",
      conditions: ["@kindling/source"],
      logLevel: "silent",
    });
    // TensorFlow.js says of each kernel that the other copy has it.
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const loaded = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as { default: typeof one };
    two = loaded.default;
    warn.mockRestore();
  });
  afterAll(() => rm(folder, { recursive: true }));
  leakGuard();

  test("are two", () => {
    expect(two.Tensor).not.toBe(one.Tensor);
    expect(two.tensor([1]) instanceof one.Tensor).toBe(false);
  });

  test("know each other's tensors, share the cpu, and count memory together", () => {
    const x = two.tensor([1, 2]);
    expect(one.isTensor(x)).toBe(true);
    expect(two.cpu).toBe(one.cpu);
    expect(one.add(x, one.tensor([10, 20])).toListSync()).toEqual([11, 22]);
    const before = one.memory();
    expect(two.memory()).toEqual(before);
    const y = two.add(x, x);
    expect(one.memory().tensors).toBe(before.tensors + 1);
    y.dispose();
  });

  test("differentiate through each other's ops", () => {
    const x = two.tensor([1, 2, 3], { requiresGrad: true });
    const w = one.tensor([2, 2, 2], { requiresGrad: true });
    // Made in turns, so that their nodes must be in one order.
    const y = one.mul(x, w);
    const z = two.exp(two.mul(y, 0.1));
    const loss = one.sum(one.mul(z, two.add(y, 1)));
    loss.backward();
    const [expectedX, expectedW] = one.scope(() => {
      const a = one.tensor([1, 2, 3], { requiresGrad: true });
      const b = one.tensor([2, 2, 2], { requiresGrad: true });
      const c = a.mul(b);
      c.mul(0.1).exp().mul(c.add(1)).sum().backward();
      return [a.grad?.toListSync(), b.grad?.toListSync()];
    });
    expect(x.grad?.toListSync()).toEqual(expectedX);
    expect(w.grad?.toListSync()).toEqual(expectedW);
    expect(one.autograd.grad(two.square(x).sum(), [x])[0]?.toListSync()).toEqual([2, 4, 6]);
    x.dispose();
    w.dispose();
  });

  test("change each other's tensors in place", () => {
    const x = two.tensor([1, 2], { requiresGrad: true });
    const y = two.mul(x, 3);
    one.Tensor.prototype.exp_.call(y);
    expect(y.gradFn?.name).toBe("ExpBackward0");
    y.sum().backward();
    expect(x.grad?.toListSync()).toEqual(two.exp(x.detach().mul(3)).mul(3).toListSync());
    x.dispose();
  });

  test("free each other's temporaries", () => {
    // The walk is one's, the derivatives are two's.
    const x = one.tensor([1, 2, 3], { requiresGrad: true });
    const loss = two.sum(two.square(two.exp(x)));
    const before = one.memory().tensors;
    one.autograd.backward(loss);
    // The gradient of `x` is all that is left.
    expect(one.memory().tensors).toBe(before + 1);
    x.dispose();
  });

  test("share scopes, recording and random numbers", () => {
    const lost = one.scope(() => {
      const inner = two.ones([2]).add(1);
      return () => inner;
    })();
    expect(lost.isDisposed).toBe(true);
    expect(one.noGrad(() => two.isGradEnabled())).toBe(false);
    one.manualSeed(5);
    const first = two.rand([2]).toListSync();
    two.manualSeed(5);
    expect(one.rand([2]).toListSync()).toEqual(first);
  });

  test("bytes wait through both", () => {
    const images = two.fromBuffer(
      Uint8Array.from({ length: 6 }, (_, i) => i * 51),
      [3, 2],
    );
    const batch = one.stack([images.select(0, 0), images.select(0, 1)]).to("float32");
    expect(one.div(two.sub(batch, 51), 51).toListSync()).toEqual([
      [-1, 0],
      [1, 2],
    ]);
  });
});
