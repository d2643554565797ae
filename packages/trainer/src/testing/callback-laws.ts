import { checkFileName } from "@kindling/core/extend";
import { expectDamageRefused } from "@kindling/core/testing";
import { describe, expect, test } from "vitest";
import type { Write } from "../callback.ts";
import type { Callback } from "../trainer.ts";
import { tinyTraining } from "./tiny-training.ts";

/**
 * The laws of every callback: it has a name, takes part in a training with and without validation, leaves an error to
 * whoever it is for, and, saved and loaded in the middle, goes on as if nothing had happened.
 *
 * @param kind makes a new callback of the kind, with nothing remembered; one that writes files is given where to
 */
export function callbackLaws(name: string, kind: (write: Write) => Callback): void {
  const make = () => kind(() => {});
  describe(`${name} keeps the laws of callbacks`, () => {
    test("has a name", () => {
      expect(make().name).toMatch(/\w/);
    });

    test("takes part in a training", async () => {
      const { trainer, train, val } = tinyTraining([make()]);
      const history = await trainer.fit(train, val, { epochs: 2 });
      expect(history.length).toBeGreaterThan(0);
    });

    test("writes to plain names, which stay in whatever folder they are joined to", async () => {
      const names: string[] = [];
      const { trainer, train, val } = tinyTraining([kind((file) => void names.push(file))]);
      await trainer.fit(train, val, { epochs: 2 });
      for (const file of names) expect(() => checkFileName(name, "a file's name", file)).not.toThrow();
    });

    test("changes no number of the training", async () => {
      const plain = tinyTraining();
      const watched = tinyTraining([make()]);
      const expected = (await plain.trainer.fit(plain.train, plain.val, { epochs: 3 })).toCsv();
      const actual = (await watched.trainer.fit(watched.train, watched.val, { epochs: 3 })).toCsv();
      // It may have stopped earlier.
      expect(expected.startsWith(actual)).toBe(true);
    });

    test("leaves what was thrown to the caller", async () => {
      const thrown = new Error("out of memory");
      const failing: Callback = {
        name: "failing",
        onTrainBatchEnd() {
          throw thrown;
        },
      };
      const { trainer, train, val } = tinyTraining([make(), failing]);
      await expect(trainer.fit(train, val, { epochs: 1 })).rejects.toBe(thrown);
    });

    test("is resumed as if nothing had happened", async () => {
      const [whole, first, second] = [make(), make(), make()];
      const unbroken = tinyTraining([whole]);
      await unbroken.trainer.fit(unbroken.train, unbroken.val, { epochs: 5 });

      const begun = tinyTraining([first]);
      await begun.trainer.fit(begun.train, begun.val, { epochs: 2 });
      const checkpoint = await begun.trainer.saveCheckpoint();
      const resumed = tinyTraining([second], 7);
      resumed.trainer.loadCheckpoint(checkpoint);
      await resumed.trainer.fit(resumed.train, resumed.val, { epochs: 5 });

      expect(resumed.trainer.history.toCsv()).toBe(unbroken.trainer.history.toCsv());
      expect(second.stateDict?.()).toEqual(whole.stateDict?.());
    });

    test("a damaged state is refused with a typed error, and changes nothing", async () => {
      const trained = async (epochs: number): Promise<Callback> => {
        const callback = make();
        const { trainer, train, val } = tinyTraining([callback]);
        await trainer.fit(train, val, { epochs });
        return callback;
      };
      const [state, early] = [(await trained(3)).stateDict?.(), await trained(1)];
      if (state === undefined) return;
      await expectDamageRefused<Callback>({
        make: () => {
          const callback = make();
          callback.loadStateDict?.(early.stateDict?.());
          return callback;
        },
        state,
        use: async (callback) => {
          const { trainer, train, val } = tinyTraining([callback]);
          await trainer.fit(train, val, { epochs: 1 });
        },
      });
    });

    test("ends with a cancelled training", async () => {
      const controller = new AbortController();
      const { trainer, train, val } = tinyTraining([make()]);
      controller.abort();
      expect((await trainer.fit(train, val, { epochs: 2, signal: controller.signal })).length).toBe(0);
    });
  });
}
