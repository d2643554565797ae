import { expect, test } from "vitest";
import { detachFromScope, loadTogether, StateReader } from "../extend.ts";
import { cpu, full, memory, ones, type Tensor, zeros } from "../index.ts";
import { RecordingDevice } from "../testing/recording-device.ts";

/** Changes its tensor in place, as a module does. */
class Holder {
  readonly #weight: Tensor;
  constructor(weight: Tensor) {
    this.#weight = weight;
  }
  stateDict() {
    return { weight: this.#weight.detach(), bytes: Uint8Array.of(1) };
  }
  loadStateDict(state: unknown): void {
    this.#weight.copy_(new StateReader("Holder.loadStateDict", state).tensor("weight", { shape: [2] }));
  }
}

test("all parts take their states, or none does", () => {
  const device = new RecordingDevice(cpu, "recording");
  const weights = [0, 1, 2].map((value) => detachFromScope(full([2], value).to(device).add(1)));
  const [first, second, third] = weights.map((weight) => new Holder(weight)) as [Holder, Holder, Holder];
  const load = (last: unknown) =>
    loadTogether("Trainer.loadStateDict", [
      { key: "first", holder: first, state: { weight: full([2], 7) } },
      { key: "none", holder: {}, state: { anything: 1 } },
      { key: "second", holder: second, state: { weight: full([2], 8) } },
      { key: "third", holder: third, state: last },
    ]);
  const values = () => weights.map((weight) => weight.toListSync());
  const [before, held] = [values(), memory().tensors];
  const { reads } = device;
  expect(() => load({ weight: ones([3]) })).toThrow(
    "Trainer.loadStateDict: third: Holder.loadStateDict: weight: expected a tensor of shape [2], got a float32 tensor of shape [3].",
  );
  expect(device.reads).toBe(reads);
  expect(memory().tensors).toBe(held);
  expect(values()).toEqual(before);
  load({ weight: zeros([2]) });
  expect(values()).toEqual([
    [7, 7],
    [8, 8],
    [0, 0],
  ]);
  for (const weight of weights) weight.dispose();
  expect(memory().tensors).toBe(held - 3);
});
