import { cpu, type Device, isGradEnabled, memory, noGrad, scope, type Tensor, tensor } from "@kindling/core";
import { type Damage, expectDamageRefused } from "@kindling/core/testing";
import { describe, expect, test } from "vitest";
import type { Optimizer } from "../optimizer.ts";
import type { Params } from "../param-group.ts";
import { toWire } from "../wire-names.ts";

/** Makes the optimizer that the laws try, over these parameters. */
export type MakeOptimizer = (params: Params<{ lr: number }>) => Optimizer<{ lr: number }>;

export interface OptimizerLawsOptions {
  /** Where the parameters live. Default: the cpu. */
  readonly device?: Device;
  /** Whether the same optimizer is tried on the device with other options: only what it computes is held to the laws then. Default: false. */
  readonly again?: boolean;
}

/**
 * The laws of every optimizer. One line in a test file, with a learning rate of about 0.1:
 *
 * ```ts
 * optimizerLaws("SGD", (params) => new SGD(params, { lr: 0.1, momentum: 0.9 }));
 * ```
 */
export function optimizerLaws(
  name: string,
  make: MakeOptimizer,
  { device = cpu, again = false }: OptimizerLawsOptions = {},
): void {
  const leaf = (values: readonly number[]): Tensor =>
    tensor([...values])
      .to(device)
      .detach()
      .requiresGrad_();
  const three = (): [Tensor, Tensor, Tensor] => [leaf([1, -2]), leaf([0.5, 3, -1]), leaf([2])];
  /** Sets gradients that differ from step to step; null for none. */
  const give = (params: readonly Tensor[], step: number, without: readonly number[] = []): void => {
    for (const [i, parameter] of params.entries()) {
      parameter.grad?.dispose();
      const values = Array.from(parameter.shape[0] === undefined ? [] : Array(parameter.numel()), (_, k) =>
        Math.sin(1 + step + 2 * i + 3 * k),
      );
      parameter.grad = without.includes(i) ? null : tensor(values).to(device);
    }
  };
  const train = (optimizer: Optimizer<{ lr: number }>, params: readonly Tensor[], from: number, to: number): void => {
    for (let step = from; step < to; step++) {
      give(params, step);
      optimizer.step();
    }
  };
  const values = (params: readonly Tensor[]) => Promise.all(params.map((parameter) => parameter.toList()));

  describe(`${name} as an optimizer on ${device.name}`, () => {
    test("changes parameters in place and keeps them leaves; gradients stay as they were", async () => {
      const params = three();
      const optimizer = make(params);
      give(params, 0);
      const [before, grads] = [await values(params), await values(params.map(({ grad }) => grad as Tensor))];
      optimizer.step();
      (await values(params)).forEach((now, i) => {
        expect(now).not.toEqual(before[i]);
      });
      expect(await values(params.map(({ grad }) => grad as Tensor))).toEqual(grads);
      expect(params.every(({ isLeaf, requiresGrad }) => isLeaf && requiresGrad)).toBe(true);
      expect(optimizer.paramGroups[0]?.params).toEqual(params);
    });

    test("continues from its state dict as if nothing had happened", async () => {
      const [params, copies] = [three(), three()];
      const optimizer = make(params);
      train(optimizer, params, 0, 3);
      for (const [i, copy] of copies.entries()) noGrad(() => copy.copy_(params[i] as Tensor));
      const resumed = make(copies);
      resumed.loadStateDict(optimizer.stateDict());
      optimizer.zeroGrad();
      train(optimizer, params, 3, 6);
      train(resumed, copies, 3, 6);
      expect(await values(copies)).toEqual(await values(params));
      expect(resumed.toString()).toBe(optimizer.toString());
    });

    test("goes downhill", async () => {
      const x = leaf([1, -2]);
      const optimizer = make([x]);
      const loss = (): Tensor => x.square().sum();
      const start = await loss().item();
      for (let i = 0; i < 60; i++) {
        scope(() => {
          optimizer.zeroGrad();
          loss().backward();
          optimizer.step();
        });
      }
      expect(await loss().item()).toBeLessThan(0.5 * start);
    });

    test("memory is flat from step to step, and all given back", () => {
      const held = memory().tensors;
      scope(() => {
        const params = three();
        const optimizer = make(params);
        train(optimizer, params, 0, 2);
        const before = memory().tensors;
        train(optimizer, params, 2, 6);
        expect(memory().tensors).toBe(before);
        optimizer.zeroGrad();
        optimizer.dispose();
      });
      expect(memory().tensors).toBe(held);
    });

    if (again) return;

    test("a parameter without a gradient stays, and shifts nobody", async () => {
      const [all, others] = [three(), three()];
      const [first, , last] = others;
      const [mixed, alone] = [make(all), make([first, last])];
      const untouched = await all[1].toList();
      for (let step = 0; step < 4; step++) {
        give(all, step, [1]);
        give(others, step, [1]);
        mixed.step();
        alone.step();
      }
      expect(await values([all[0], all[2]])).toEqual(await values([first, last]));
      expect(await all[1].toList()).toEqual(untouched);
      expect(mixed.state.has(all[1])).toBe(false);
    });

    test("a loaded state is the optimizer's own", async () => {
      const [params, copies] = [three(), three()];
      const [optimizer, other] = [make(params), make(copies)];
      train(optimizer, params, 0, 2);
      other.loadStateDict(optimizer.stateDict());
      train(other, copies, 2, 4);
      const state = await stateOf(other);
      optimizer.dispose();
      expect(await stateOf(other)).toEqual(state);
    });

    test("a damaged state dict is refused with a typed error, and changes nothing", async () => {
      // Every damage is tried in every group: one parameter will do where each read waits.
      const few = (): Tensor[] => (device === cpu ? [leaf([1, -2]), leaf([0.5, 3, -1])] : [leaf([1, -2])]);
      const grouped = (params: readonly Tensor[]) => make(params.map((p, i) => ({ params: p, lr: 0.1 / (i + 1) })));
      const [params, own] = [few(), few()];
      const optimizer = grouped(params);
      train(optimizer, params, 0, 2);
      await expectDamageRefused<Optimizer<{ lr: number }>>({
        make: () => {
          const other = grouped(own);
          train(other, own, 5, 6);
          return other;
        },
        state: optimizer.stateDict(),
        use: (other) => train(other, own, 6, 7),
        allows: (damage) => mayLack(optimizer, damage),
      });
    });

    test("options of a group hold for that group", async () => {
      const [first, second] = three();
      const optimizer = make([{ params: first, lr: 0 }, { params: [second] }]);
      const before = await values([first, second]);
      train(optimizer, [first, second], 0, 1);
      expect(await first.toList()).toEqual(before[0]);
      expect(await second.toList()).not.toEqual(before[1]);
    });

    test("step gives the closure's value, which may differentiate even where nothing is recorded", async () => {
      const x = leaf([1, -2]);
      const optimizer = make([x]);
      const loss = noGrad(() =>
        optimizer.step(() => {
          expect(isGradEnabled()).toBe(true);
          const value = x.square().sum();
          value.backward();
          return value;
        }),
      );
      expect(await loss.item()).toBe(5);
      expect(await x.toList()).not.toEqual([1, -2]);
      expect(optimizer.step()).toBeUndefined();
      expect(optimizer.stepCount).toBe(2);
      expect(() => optimizer.step(async () => loss)).toThrow("must not be asynchronous");
    });

    test("zeroGrad forgets gradients, or fills them with zeros", async () => {
      const params = three();
      const optimizer = make(params);
      give(params, 0);
      optimizer.zeroGrad({ setToNone: false });
      expect(await params[0].grad?.toList()).toEqual([0, 0]);
      optimizer.zeroGrad();
      expect(params.map(({ grad }) => grad)).toEqual([null, null, null]);
    });

    test("prints its groups, with options in the order of their names", () => {
      const lines = make(three()).toString().split("\n");
      expect(lines[0]).toMatch(/^\w+ \($/);
      const options = lines.filter((line) => line.startsWith("    ")).map((line) => line.split(":")[0]);
      expect(options).toEqual([...options].sort());
    });

    test("refuses what no optimizer takes", () => {
      expect(() => make([])).toThrow("optimizer got an empty parameter list");
      expect(() => make([leaf([1]).mul(2)])).toThrow("can't optimize a non-leaf Tensor");
    });
  });
}

/** What PyTorch takes too: options that came later, inert ones, a parameter that has no state, an entry that `init` leaves undefined. */
function mayLack(optimizer: Optimizer<{ lr: number }>, { path, sort, what }: Damage): boolean {
  const absent = sort === "missing" || what.endsWith(": null");
  if (path[0] === "state") return absent && path.length > 1;
  const { inert, olderDefaults } = optimizer.constructor as typeof Optimizer;
  const option = path[2] ?? "";
  const isInert = Object.hasOwn(inert, option) && (absent || what.endsWith(": true"));
  return isInert || (sort === "missing" && Object.keys(olderDefaults).some((name) => toWire(name) === option));
}

async function stateOf(optimizer: Optimizer<{ lr: number }>): Promise<unknown> {
  const states = Object.values(optimizer.stateDict().state).map((own) =>
    Promise.all(
      Object.values(own).map((value) => (typeof value === "object" && value !== null ? value.toList() : value)),
    ),
  );
  return Promise.all(states);
}
