import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { detachFromScope } from "../extend.ts";
import { autograd, full, ones, rand, scope, stack, type Tensor, tensor, zeros } from "../index.ts";
import { memory } from "../storage/memory.ts";
import { leaveScope, outsideScopes } from "./ambient-scope.ts";
import { sampleSites } from "./site-sampling.ts";

/** A tensor in device memory: what `memory` counts. */
function made(value = 1): Tensor {
  const host = full([2], value);
  const out = host.add(0);
  host.dispose();
  return out;
}

let before = 0;
beforeEach(() => {
  before = memory().tensors;
});
const live = (): number => memory().tensors - before;

describe("a block", () => {
  test("frees at its end what was created and computed in it", () => {
    let inside: Tensor;
    {
      using _ = scope();
      inside = made().add(1).mul(2);
      expect(live()).toBeGreaterThan(0);
    }
    expect(inside.isDisposed).toBe(true);
    expect(live()).toBe(0);
  });

  test("frees when an error is thrown", () => {
    const fail = () => {
      using _ = scope();
      made();
      throw new Error("stop");
    };
    expect(fail).toThrow("stop");
    expect(live()).toBe(0);
  });

  test("lets out what is kept", () => {
    let kept: Tensor;
    {
      using _ = scope();
      made();
      kept = _.keep(made(3));
    }
    expect(kept.toListSync()).toEqual([3, 3]);
    kept.dispose();
    expect(live()).toBe(0);
  });

  test("in another: what the inner lets out belongs to the outer", () => {
    let kept: Tensor;
    {
      using _ = scope();
      {
        using inner = scope();
        kept = inner.keep(made());
      }
      expect(kept.isDisposed).toBe(false);
    }
    expect(kept.isDisposed).toBe(true);
    expect(live()).toBe(0);
  });

  test("in another takes what is computed from the outer's tensors", () => {
    using _ = scope();
    const outer = made();
    const around = live();
    {
      using _ = scope();
      outer.add(1).add(1);
    }
    expect(live()).toBe(around);
    expect(outer.isDisposed).toBe(false);
  });

  test("owns what was created before its first await, and what is computed from that", async () => {
    let [first, second, third]: Tensor[] = [];
    {
      using _ = scope();
      first = made();
      await null;
      second = made();
      third = first.add(1);
      await null;
      expect(third.add(second).toListSync()).toEqual([3, 3]);
    }
    expect(first.isDisposed).toBe(true);
    expect(third.isDisposed).toBe(true);
    expect(second.isDisposed).toBe(false);
    second.dispose();
    expect(live()).toBe(0);
  });

  test("read from: what a loop awaits inside is freed all the same", async () => {
    let total = 0;
    for (let i = 0; i < 5; i++) {
      using _ = scope();
      const x = made(i);
      const y = x.mul(2).sum();
      total += await y.item();
      total += await y.add(x.sum()).item();
    }
    expect(total).toBe(4 * 10 + 6 * 10);
    expect(live()).toBe(0);
  });

  test("opened by another function still frees what is created before an await", () => {
    const open = () => scope();
    const opened = open();
    made();
    opened.dispose();
    expect(live()).toBe(0);
  });

  test("can be ended twice", () => {
    const opened = scope();
    made();
    opened.dispose();
    opened.dispose();
    expect(live()).toBe(0);
  });

  test("takes nothing after its end", () => {
    const opened = scope();
    opened.dispose();
    const x = made();
    expect(x.isDisposed).toBe(false);
    x.dispose();
  });
});

describe("scope(fn)", () => {
  test("lets its result out, through arrays, maps and objects", () => {
    const result = scope(() => ({ loss: made(1), all: [made(2), made(3)], named: new Map([["a", made(4)]]), n: 5 }));
    expect(result.loss.toListSync()).toEqual([1, 1]);
    expect(result.all.map((t) => t.toListSync())).toEqual([
      [2, 2],
      [3, 3],
    ]);
    expect(result.named.get("a")?.toListSync()).toEqual([4, 4]);
    expect(live()).toBe(4);
    for (const t of [result.loss, ...result.all, ...result.named.values()]) t.dispose();
    expect(live()).toBe(0);
  });

  test("frees when the function throws", () => {
    expect(() =>
      scope(() => {
        made();
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(live()).toBe(0);
  });

  test("of an asynchronous function lasts until that settles", async () => {
    let inside: Tensor | undefined;
    const result = await scope(async () => {
      inside = made(2);
      await null;
      return inside.mul(3);
    });
    expect(inside?.isDisposed).toBe(true);
    expect(result.toListSync()).toEqual([6, 6]);
    result.dispose();
    expect(live()).toBe(0);
  });

  test("of an asynchronous function that fails frees too", async () => {
    const failing = scope(async () => {
      const x = made();
      await null;
      x.add(1);
      throw new Error("stop");
    });
    await expect(failing).rejects.toThrow("stop");
    expect(live()).toBe(0);
  });

  test("in a block: its result belongs to the block, before and after an await", async () => {
    const results: Tensor[] = [];
    {
      using _ = scope();
      results.push(scope(() => made()));
      results.push(await scope(async () => made()));
      results.push(
        await scope(async () => {
          const x = made();
          await null;
          return x.add(1);
        }),
      );
      expect(results.map((t) => t.isDisposed)).toEqual([false, false, false]);
    }
    expect(results.slice(0, 2).map((t) => t.isDisposed)).toEqual([true, true]);
    for (const t of results) t.dispose();
    expect(live()).toBe(0);
  });

  test("ends the blocks that were left open in it", () => {
    const helper = async () => {
      using _ = scope();
      await null;
    };
    let x: Tensor | undefined;
    scope(() => {
      void helper();
      x = made();
    });
    const after = made();
    expect(after.isDisposed).toBe(false);
    after.dispose();
    x?.dispose();
  });
});

describe("what no scope owns", () => {
  test("parameters and what was marked persistent", () => {
    const kept = scope(() => {
      const x = detachFromScope(made());
      return { run: () => x };
    });
    expect(kept.run().isDisposed).toBe(false);
    kept.run().dispose();
    expect(live()).toBe(0);
  });

  test("gradients of tensors outside", () => {
    const w = ones([2], { requiresGrad: true });
    scope(() => w.mul(3).sum().backward());
    expect(w.grad?.toListSync()).toEqual([3, 3]);
    w.dispose();
    expect(live()).toBe(0);
  });

  test("the gradient of a leaf in it goes with the leaf, unless it is let out", () => {
    scope(() => {
      const w = ones([2], { requiresGrad: true });
      w.mul(3).sum().backward();
    });
    expect(live()).toBe(0);
    const grad = scope(() => {
      const w = ones([2], { requiresGrad: true });
      w.mul(3).sum().backward();
      return w.grad as Tensor;
    });
    expect(grad.toListSync()).toEqual([3, 3]);
    grad.dispose();
    expect(live()).toBe(0);
  });

  test("a gradient that was assigned, though it was computed in one", () => {
    const w = ones([2], { requiresGrad: true });
    scope(() => {
      w.grad = made(7);
    });
    expect(w.grad?.toListSync()).toEqual([7, 7]);
    w.dispose();
    expect(live()).toBe(0);
  });

  test("what is made outsideScopes", () => {
    let x: Tensor | undefined;
    scope(() => {
      x = outsideScopes(() => made());
    });
    expect(x?.isDisposed).toBe(false);
    x?.dispose();
  });
});

test("autograd.grad gives tensors of the scope of what is differentiated", async () => {
  let found: Tensor[] = [];
  {
    using _ = scope();
    const x = ones([2], { requiresGrad: true });
    const y = x.mul(x).sum();
    await null;
    found = autograd.grad(y, x);
  }
  expect(found.map((t) => t.isDisposed)).toEqual([true]);
  expect(live()).toBe(0);
});

test("a freed tensor says who made it", () => {
  const lost = scope(() => {
    const x = made().exp();
    return () => x;
  })();
  expect(() => lost.add(1)).toThrowErrorMatchingInlineSnapshot(
    `[FreedTensorError: add: the tensor has been freed: it was made by exp, shape [2]. A scope that owned it has ended, or dispose() was called. Let it out with scope.keep(t), or return it from scope(fn).]`,
  );
  expect(() => lost.toTypedArraySync()).toThrow("it was made by exp");
  expect(() => stack([lost, lost])).toThrow("the tensor has been freed");
  expect(() => lost.view(2)).toThrow("the tensor has been freed");
  expect(() => lost.add_(1)).toThrow("the tensor has been freed");
});

// --- other tasks --------------------------------------------------------------------------------------------------------

type Pause = () => Promise<unknown>;

/** Ways to let others run. */
const pauses: Record<string, Pause> = {
  "await null": () => Promise.resolve(),
  "an async function": async () => {
    await null;
  },
  "async functions in each other": async () => {
    await (async () => {
      await (async () => null)();
    })();
  },
  "Promise.all": () => Promise.all([null, Promise.resolve(1)]),
  "Promise.all of async functions": () => Promise.all([(async () => null)(), (async () => await null)()]),
  "a timer": () => new Promise((resolve) => setTimeout(resolve, 0)),
  "an immediate": () => new Promise((resolve) => setImmediate(resolve)),
  "a chained promise": () => Promise.resolve().then(() => null),
  "a read": () => full([1], 1).item(),
};

/** Uses its tensors after each pause, and says so if one of them is gone. */
type Program = (pause: Pause) => Promise<void>;
const programs: Record<string, Program> = {
  async "without a scope"(pause) {
    const state = made(1);
    await pause();
    const x = made(2);
    await pause();
    const y = x.add(state);
    await pause();
    const z = y.mul(made(2));
    expect(z.toListSync()).toEqual([6, 6]);
    expect(state.toListSync()).toEqual([1, 1]);
  },
  async "in a block"(pause) {
    const state = made(1);
    for (let i = 0; i < 3; i++) {
      using _ = scope();
      const x = made(i);
      await pause();
      const late = made(10);
      const y = x.add(state);
      await pause();
      const z = y.add(late);
      await pause();
      expect(z.toListSync()).toEqual([i + 11, i + 11]);
      expect(late.toListSync()).toEqual([10, 10]);
    }
    await pause();
    expect(state.toListSync()).toEqual([1, 1]);
  },
  async "in scope(fn)"(pause) {
    for (let i = 0; i < 3; i++) {
      const kept = await scope(async () => {
        const x = made(i);
        await pause();
        const late = made(10);
        await pause();
        return x.add(late);
      });
      await pause();
      expect(kept.toListSync()).toEqual([i + 10, i + 10]);
    }
  },
  async "in blocks in each other"(pause) {
    using outer = scope();
    const x = made(1);
    for (let i = 0; i < 2; i++) {
      let kept: Tensor;
      {
        using inner = scope();
        const y = made(2);
        await pause();
        kept = inner.keep(y.add(x));
        await pause();
        expect(y.toListSync()).toEqual([2, 2]);
      }
      await pause();
      expect(kept.toListSync()).toEqual([3, 3]);
    }
    outer.keep(x);
    await pause();
    expect(x.toListSync()).toEqual([1, 1]);
  },
  async "that throws inside"(pause) {
    for (let i = 0; i < 3; i++) {
      const survives = made(3);
      try {
        using _ = scope();
        const x = made(i);
        await pause();
        expect(x.add(survives).toListSync()).toEqual([i + 3, i + 3]);
        throw new Error("stop");
      } catch (error) {
        expect((error as Error).message).toBe("stop");
      }
      await pause();
      expect(survives.toListSync()).toEqual([3, 3]);
    }
  },
  async "that reads"(pause) {
    for (let i = 0; i < 3; i++) {
      using _ = scope();
      const x = made(i);
      expect(await x.sum().item()).toBe(2 * i);
      const late = made(1);
      await pause();
      expect(await x.add(late).sum().item()).toBe(2 * i + 2);
    }
  },
  async "that trains"(pause) {
    const w = ones([2], { requiresGrad: true });
    for (let i = 0; i < 3; i++) {
      using _ = scope();
      const x = rand([2]);
      await pause();
      const loss = w.mul(x).sum();
      const scale = made(2);
      await pause();
      loss.mul(scale.sum()).backward();
      await pause();
      expect((w.grad as Tensor).toListSync()).toHaveLength(2);
      expect(scale.toListSync()).toEqual([2, 2]);
      w.grad?.dispose();
      w.grad = null;
    }
    w.dispose();
  },
  async "long in a block"(pause) {
    const late: Tensor[] = [];
    for (let i = 0; i < 2; i++) {
      using _ = scope();
      const x = made(i);
      for (let k = 0; k < 12; k++) {
        await pause();
        // After an await, from nothing: the block's after a read, else nobody's.
        late.push(made(k));
        await pause();
        expect(x.add(late.at(-1) as Tensor).toListSync()).toEqual([k + i, k + i]);
      }
      expect(late.slice(-12).map((t) => t.isDisposed)).not.toContain(true);
    }
  },
  async "that goes on behind its block"(pause) {
    for (let i = 0; i < 3; i++) {
      {
        using _ = scope();
        const x = made(i);
        await pause();
        expect(await x.sum().item()).toBe(2 * i);
        const late = made(1);
        await pause();
        expect(late.toListSync()).toEqual([1, 1]);
      }
      const behind = made(3);
      await pause();
      const sum = behind.add(made(i));
      expect(await sum.sum().item()).toBe(2 * (i + 3));
      const more = made(4);
      await pause();
      expect(more.add(behind).add(sum).toListSync()).toEqual([i + 10, i + 10]);
    }
  },
  async "that reads in functions of its own"(pause) {
    const weight = made(3);
    const read = async (x: Tensor): Promise<number> => {
      await pause();
      const value = await x.sum().item();
      const late = made(value);
      await pause();
      return await late.sum().item();
    };
    for (let i = 0; i < 3; i++) {
      using _ = scope();
      const x = made(i);
      expect(await read(x)).toBe(4 * i);
      const y = weight.mul(2);
      expect(await read(y)).toBe(24);
      await pause();
      expect(y.add(x).toListSync()).toEqual([i + 6, i + 6]);
    }
    expect(weight.toListSync()).toEqual([3, 3]);
  },
  async "that opens a block before it waits in a caller"(pause) {
    const step = async (i: number): Promise<Tensor> => {
      using inner = scope();
      const x = made(i);
      await pause();
      return inner.keep(x.add(1));
    };
    for (let i = 0; i < 3; i++) {
      const pending = step(i);
      // After `step` has awaited, in the same turn: this is not `step`'s.
      const mine = made(5);
      const theirs = await pending;
      expect(mine.toListSync()).toEqual([5, 5]);
      expect(theirs.toListSync()).toEqual([i + 1, i + 1]);
      await pause();
      expect(theirs.add(mine).toListSync()).toEqual([i + 6, i + 6]);
    }
  },
};

/** Timers part tasks for good: one partner is enough there. */
const takesTime = (pauseName: string): boolean => /timer|immediate/.test(pauseName);

describe("two tasks free nothing of each other's", () => {
  const names = Object.keys(programs);
  for (const [pauseName, pause] of Object.entries(pauses)) {
    for (const [i, first] of names.entries()) {
      test(`${pauseName}: ${first}, and ${takesTime(pauseName) ? "another" : "each other"}`, async () => {
        for (const second of takesTime(pauseName) ? [names[(i + 1) % names.length] as string] : names) {
          const [one, two] = [programs[first], programs[second]] as [Program, Program];
          await Promise.all([one(pause), two(pause)]);
          // And one begun while the other is under way.
          const running = one(pause);
          await null;
          await Promise.all([two(pause), running]);
        }
      });
    }
  }

  test("three loops of one function, begun at one place", async () => {
    for (const pause of Object.values(pauses)) {
      for (const program of Object.values(programs)) await Promise.all([1, 2, 3].map(() => program(pause)));
    }
  });

  test("two loops of one function, one begun later", async () => {
    for (const pause of [pauses["await null"], pauses["an async function"], pauses["a chained promise"]] as Pause[]) {
      for (const program of Object.values(programs)) {
        for (let later = 1; later < 12; later++) {
          const running = program(pause);
          for (let i = 0; i < later; i++) await null;
          await Promise.all([program(pause), running]);
        }
      }
    }
  });

  test("two runs of one function from one place: the first awaits something else, the second reads", async () => {
    const run = async (pause: Pause): Promise<void> => {
      const state = made(1);
      using _ = scope();
      const x = made(2);
      await pause();
      await null;
      expect(x.add(state).toListSync()).toEqual([3, 3]);
    };
    const kinds = [pauses["await null"], pauses["a read"]] as Pause[];
    await Promise.all(kinds.map((pause) => run(pause)));
  });

  test("pauses of all kinds, at random", async () => {
    const kinds = Object.values(pauses);
    let state = 1;
    const random = (n: number): number => {
      state = (state * 48271) % 2147483647;
      return state % n;
    };
    const any: Pause = () => (kinds[random(kinds.length)] as Pause)();
    for (let round = 0; round < 20; round++) {
      const running = Array.from({ length: 4 }, () => programs[names[random(names.length)] as string]?.(any));
      await Promise.all(running);
    }
  });
});

test("a block whose code awaits frees what it owns beside other tasks", async () => {
  const loop = async (pause: Pause): Promise<void> => {
    for (let i = 0; i < 5; i++) {
      using _ = scope();
      const x = made(i);
      const y = x.mul(2);
      await pause();
      const z = y.add(1);
      await pause();
      z.exp();
    }
  };
  for (const pause of Object.values(pauses)) {
    await Promise.all([loop(pause), loop(pause), loop(pause)]);
    expect(live()).toBe(0);
  }
});

/** How many tensors there are after every step but the first few, if they are always as many. */
async function steady(step: (i: number) => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 3; i++) await step(i);
  const first = live();
  for (let i = 0; i < 20; i++) {
    await step(i);
    expect(live()).toBe(first);
  }
  return first;
}

describe("a loop that computes from what no scope owns, after a read", () => {
  let weight: Tensor;
  beforeEach(async () => {
    weight = detachFromScope(made(2));
    // The test runner's stacks do not say which frames await; Node's own queue parts those from what runs, if it runs the microtasks.
    await new Promise<void>((resolve) => process.nextTick(resolve));
  });
  afterEach(() => weight.dispose());

  test("in a block: two losses, each read, as of a GAN", async () => {
    const step = async (i: number): Promise<void> => {
      using _ = scope();
      const real = weight.mul(made(i)).sum();
      expect(await real.item()).toBe(4 * i);
      const fake = weight.mul(made(i + 1)).sum();
      expect(await fake.item()).toBe(4 * (i + 1));
      weight.exp();
    };
    expect(await steady(step)).toBe(1);
  });

  test("in a block: functions that read, and loops of them, as of an actor-critic", async () => {
    const act = async (state: number): Promise<number> => {
      const action = weight.mul(made(state)).sum();
      return await action.item();
    };
    const finish = async (): Promise<number> => {
      const values: Tensor[] = [];
      for (let k = 0; k < 3; k++) {
        const value = weight.add(k);
        values.push(value);
        await value.sum().item();
      }
      return await stack(values).sum().item();
    };
    const episode = async (): Promise<void> => {
      using _ = scope();
      for (let t = 0; t < 5; t++) expect(await act(t)).toBe(4 * t);
      expect(await finish()).toBe(18);
      weight.exp();
    };
    expect(await steady(episode)).toBe(1);
  });

  test("in a block: an early print, and what comes after an await of nothing", async () => {
    const step = async (): Promise<void> => {
      using _ = scope();
      await weight.sum().item();
      await null;
      const x = weight.mul(3);
      await Promise.all([x.sum().item(), weight.sum().item()]);
      await (async () => await (async () => null)())();
      expect(weight.add(x).toListSync()).toEqual([8, 8]);
    };
    expect(await steady(step)).toBe(1);
  });

  test("in blocks in each other", async () => {
    const step = async (): Promise<void> => {
      using outer = scope();
      const x = made(1);
      await x.sum().item();
      let kept: Tensor;
      {
        using inner = scope();
        const y = weight.mul(2);
        await y.sum().item();
        kept = inner.keep(weight.add(y));
      }
      expect(kept.toListSync()).toEqual([6, 6]);
      await kept.sum().item();
      weight.add(1);
      outer.keep(kept).dispose();
    };
    expect(await steady(step)).toBe(1);
  });

  test("in scope(fn)", async () => {
    const step = async (i: number): Promise<void> => {
      const result = await scope(async () => {
        await weight.sum().item();
        const x = weight.mul(made(i));
        await x.sum().item();
        weight.exp();
        return weight.add(x);
      });
      expect(result.toListSync()).toEqual([2 + 2 * i, 2 + 2 * i]);
      result.dispose();
    };
    expect(await steady(step)).toBe(1);
  });

  test("in a method, and after an error of a read", async () => {
    class Agent {
      async act(): Promise<number> {
        await weight.sum().item();
        return await weight.mul(2).sum().item();
      }

      async learn(): Promise<void> {
        using _ = scope();
        expect(await this.act()).toBe(8);
        weight.exp();
        await expect(stack([weight, weight]).item()).rejects.toThrow("cannot be converted to Scalar");
        await this.act();
        weight.exp();
      }
    }
    const agent = new Agent();
    expect(await steady(() => agent.learn())).toBe(1);
  });
});

describe("code that a block sets going is another task's", () => {
  /** A promise, and what settles it. */
  function deferred<V>(): { promise: Promise<V>; resolve: (value: V) => void } {
    let resolve: (value: V) => void = () => {};
    const promise = new Promise<V>((settle) => {
      resolve = settle;
    });
    return { promise, resolve };
  }

  test("which waits for what the block hands on", async () => {
    const { promise, resolve } = deferred<number>();
    async function learner(): Promise<void> {
      const x = made(await promise);
      await null;
      const y = made(1);
      for (let k = 0; k < 30; k++) await null;
      expect(x.add(y).toListSync()).toEqual([3, 3]);
      x.dispose();
      y.dispose();
    }
    const learning = learner();
    async function actor(): Promise<void> {
      using _ = scope();
      const value = await made(1).sum().item();
      resolve(value);
      await null;
      made(3);
      await null;
    }
    await actor();
    await learning;
  });

  test("which waits for the same read", async () => {
    let reading: Promise<number> | null = null;
    async function trainer(): Promise<void> {
      using _ = scope();
      reading = made(1).sum().item();
      await reading;
      made(3);
      await null;
    }
    async function viewer(): Promise<void> {
      await null;
      const value = await reading;
      const x = made(value ?? 0);
      for (let k = 0; k < 30; k++) await null;
      expect(x.toListSync()).toEqual([2, 2]);
      x.dispose();
    }
    await Promise.all([trainer(), viewer()]);
    await Promise.all([viewer(), trainer()]).catch(() => {});
  });
});

describe("where only some call sites are taken", () => {
  afterEach(() => sampleSites());

  test.each(Object.entries(pauses))("two tasks free nothing of each other's: %s", async (name, pause) => {
    const sampled: Pause = () => {
      // Anew each time, or they would all be taken from the first time on that they are needed.
      sampleSites({ first: 0, every: 3 });
      return pause();
    };
    const all = Object.values(programs);
    for (const [i, first] of all.entries()) {
      const partner = all[(i + 1) % all.length] as Program;
      for (const second of takesTime(name) ? [partner] : all) {
        const running = first(sampled);
        await null;
        await Promise.all([first(sampled), second(sampled), running]);
      }
    }
  });

  test("a block that awaits nothing but reads frees all of its own", async () => {
    sampleSites({ first: 0, every: 1000 });
    for (let i = 0; i < 3; i++) {
      using _ = scope();
      const [x, y] = [made(i), made(1)];
      {
        using _ = scope();
        made(2);
        expect(await x.sum().item()).toBe(2 * i);
      }
      expect(await x.add(y).sum().item()).toBe(2 * i + 2);
    }
    expect(live()).toBe(0);
  });

  test("the first block that awaits something else leaves a few to the collector, and the next none", async () => {
    sampleSites({ first: 8, every: 4 });
    scope(() => {
      using _ = scope();
      for (let k = 0; k < 8; k++) made(k);
    });
    const left = async (): Promise<Tensor[]> => {
      const all: Tensor[] = [];
      {
        using _ = scope();
        for (let k = 0; k < 10; k++) all.push(made(k));
        await null;
      }
      return all.filter((tensor) => !tensor.isDisposed);
    };
    const first = await left();
    expect(first).toHaveLength(2);
    for (const tensor of first) tensor.dispose();
    expect(await left()).toHaveLength(0);
    expect(live()).toBe(0);
  });
});

test("leaveScope ends what the running scopes create", () => {
  const opened = scope();
  const first = made();
  leaveScope();
  const second = made();
  const third = first.add(1);
  opened.dispose();
  expect([first, second, third].map((t) => t.isDisposed)).toEqual([true, false, true]);
  second.dispose();
  expect(live()).toBe(0);
});

test("tensor and zeros are owned too", () => {
  const lost = scope(() => {
    const made = [tensor([1]), zeros([2])];
    return () => made;
  })();
  expect(lost.map((t) => t.isDisposed)).toEqual([true, true]);
});

afterEach(() => leaveScope());
