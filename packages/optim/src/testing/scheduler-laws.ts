import { tensor } from "@kindling/core";
import { type Damage, expectDamageRefused } from "@kindling/core/testing";
import { describe, expect, test } from "vitest";
import type { Optimizer } from "../optimizer.ts";
import type { LRScheduler } from "../schedulers/lr-scheduler.ts";
import { SGD } from "../sgd.ts";

/** Makes the scheduler that the laws try, over this optimizer. */
export type MakeScheduler = (optimizer: Optimizer<{ lr: number }>) => LRScheduler;

/**
 * The laws of every learning-rate scheduler. One line in a test file:
 *
 * ```ts
 * schedulerLaws("StepLR", (optimizer) => new StepLR(optimizer, 2));
 * ```
 */
export function schedulerLaws(name: string, make: MakeScheduler): void {
  /** An optimizer with two groups, and its scheduler after `epochs` epochs. */
  const trained = (epochs: number): { optimizer: SGD; scheduler: LRScheduler } => {
    const groups = [0.5, 0.1].map((lr) => ({ params: tensor([1, -2]).requiresGrad_(), lr }));
    const optimizer = new SGD(groups);
    const scheduler = make(optimizer);
    go(optimizer, scheduler, epochs);
    return { optimizer, scheduler };
  };

  describe(`${name} as a learning-rate scheduler`, () => {
    test("sets a rate for each group, and gives the last ones", () => {
      const { optimizer, scheduler } = trained(0);
      for (let epoch = 0; epoch < 6; epoch++) {
        expect(scheduler.getLastLr()).toEqual(optimizer.paramGroups.map(({ lr }) => lr));
        expect(scheduler.getLastLr().every((lr) => Number.isFinite(lr) && lr >= 0)).toBe(true);
        expect(scheduler.lastEpoch).toBe(epoch);
        go(optimizer, scheduler, 1);
      }
    });

    test("keeps the rates of before as the groups' initial ones", () => {
      const { optimizer, scheduler } = trained(3);
      expect(optimizer.paramGroups.map(({ initialLr }) => initialLr)).toEqual([0.5, 0.1]);
      expect(scheduler.baseLrs).toEqual([0.5, 0.1]);
    });

    test("continues from its state dict as if nothing had happened, through JSON too", () => {
      const [{ optimizer, scheduler }, resumed] = [trained(3), trained(1)];
      resumed.optimizer.loadStateDict(optimizer.stateDict());
      resumed.scheduler.loadStateDict(JSON.parse(JSON.stringify(scheduler.stateDict())));
      expect(resumed.scheduler.stateDict()).toEqual(scheduler.stateDict());
      for (let epoch = 0; epoch < 4; epoch++) {
        go(optimizer, scheduler, 1);
        go(resumed.optimizer, resumed.scheduler, 1);
        expect(resumed.scheduler.getLastLr()).toEqual(scheduler.getLastLr());
      }
    });

    test("a damaged state dict is refused with a typed error, and changes nothing", async () => {
      const optimizers = new WeakMap<LRScheduler, SGD>();
      await expectDamageRefused<LRScheduler>({
        make: () => {
          const { optimizer, scheduler } = trained(1);
          optimizers.set(scheduler, optimizer);
          return scheduler;
        },
        state: trained(3).scheduler.stateDict(),
        use: (scheduler) => go(optimizers.get(scheduler) as SGD, scheduler, 3),
        allows: mayLack,
      });
    });
  });
}

function go(optimizer: SGD, scheduler: LRScheduler, epochs: number): void {
  for (let i = 0; i < epochs; i++) {
    optimizer.step();
    scheduler.step();
  }
}

/** Flags that came with later versions of PyTorch. `_last_lr` may have fewer rates than there are groups: some came after the last step. */
function mayLack({ path: [key = ""], sort, what }: Damage): boolean {
  const isFlag = key === "_is_initial" || key === "_get_lr_called_within_step";
  return (isFlag && sort === "missing") || what === "_last_lr: one element less";
}
