import { noGrad, scope, type Tensor } from "@kindling/core";
import { detachFromScope } from "@kindling/core/extend";
import { type Eye, type Seen, seenOf, taken } from "./eye.ts";

/** Sees what the network takes the validation data for while the trainer looks at it anyway: no pass of its own. */
export class ValidationEye {
  #seen: { readonly values: Tensor; readonly indices: Tensor }[] = [];
  #hook: { remove(): void } | null = null;

  /** @param eye whose own looks meanwhile do not count */
  open(eye: Eye): void {
    this.close();
    this.#hook = eye.net.registerForwardHook((_module, _inputs, output) => {
      if (eye.isLooking) return;
      const { values, indices } = scope(() => noGrad(() => (output as Tensor).detach().softmax(1).max(1)));
      this.#seen.push({ values: detachFromScope(values), indices: detachFromScope(indices) });
    });
  }

  /** All that was seen since `open`, in order. */
  async take(): Promise<Seen> {
    this.#hook?.remove();
    this.#hook = null;
    const parts = await Promise.all(
      this.#seen
        .splice(0)
        .map(async ({ values, indices }) => [[...(await taken(values))], [...(await taken(indices))]]),
    );
    return seenOf(
      parts.flatMap(([values]) => values as number[]),
      parts.flatMap(([, indices]) => indices as number[]),
    );
  }

  close(): void {
    this.#hook?.remove();
    this.#hook = null;
    for (const { values, indices } of this.#seen.splice(0)) {
      values.dispose();
      indices.dispose();
    }
  }
}
