import { surplusArguments } from "@kindling/core/extend";
import { TqdmBar, type TqdmOptions } from "@kindling/tqdm";
import type { Callback, Trainer } from "../trainer.ts";

/** A tqdm bar an epoch, over the training batches; losses and accuracies stand behind it when the epoch is done. */
export class ProgressBar implements Callback {
  readonly name = "ProgressBar";
  readonly #options: TqdmOptions;
  #bar: TqdmBar | null = null;

  /** @param options of each bar: `{ file: null, onUpdate }` draws it elsewhere than on stderr */
  constructor(options: TqdmOptions = {}) {
    if (arguments.length > 1) throw surplusArguments("new ProgressBar(options?)", arguments.length);
    // A misspelt option is an error here, not at the first epoch.
    new TqdmBar(typeof options === "object" ? { ...options, disable: true } : options);
    this.#options = options;
  }

  onEpochStart(trainer: Trainer): void {
    this.#bar = new TqdmBar({
      desc: `Epoch ${trainer.epoch}/${trainer.epochs}`,
      total: trainer.batches,
      initial: trainer.batch,
      ...this.#options,
    });
  }

  onTrainBatchEnd(): void {
    this.#bar?.update();
  }

  onEpochEnd(trainer: Trainer): void {
    const { trainLoss: loss, trainAcc: acc, valLoss: val_loss, valAcc: val_acc } = trainer.measured;
    const known = Object.entries({ loss, acc, val_loss, val_acc }).filter(([, value]) => value !== undefined);
    this.#bar?.setPostfix(Object.fromEntries(known), { refresh: false });
    this.#close();
  }

  onFitEnd(): void {
    this.#close();
  }

  onException(): void {
    this.#close();
  }

  #close(): void {
    this.#bar?.close();
    this.#bar = null;
  }
}
