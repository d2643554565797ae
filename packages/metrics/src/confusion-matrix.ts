import { oneHot, type Tensor, ValueError } from "@kindling/core";
import { checkOptions, checkTensor, describeValue, StateReader, surplusArguments } from "@kindling/core/extend";
import { areScores } from "./check-classes.ts";
import { ConfusionTable, type Normalize } from "./confusion-table.ts";
import { HeldSum, held } from "./held-sum.ts";
import type { Metric, MetricState } from "./metric.ts";

export interface ConfusionMatrixOptions {
  /** The divisor of the counts. Default: none. */
  readonly normalize?: Normalize;
  /** Targets of this class do not count. Default: all count. */
  readonly ignoreIndex?: number | null;
  /** Names for the table. Default: 0, 1, ... */
  readonly classes?: readonly string[];
}

/**
 * How often each class was taken for each: `counts[t][p] = Σᵢ [targetᵢ = t][predsᵢ = p]`, as `onehot(target)ᵀ onehot(preds)`.
 *
 * Shapes: preds `[N, C, ...]` (scores) or `[N, ...]` (classes), target `[N, ...]`.
 *
 * @see https://lightning.ai/docs/torchmetrics/stable/classification/confusion_matrix.html (`MulticlassConfusionMatrix`)
 */
export class ConfusionMatrix implements Metric<[preds: Tensor, target: Tensor], ConfusionTable> {
  readonly numClasses: number;
  readonly #options: ConfusionMatrixOptions;
  /** Counts of an earlier program, row by row. */
  #base: readonly number[];
  /** Counts since, `[C, C]`, on the device of the predictions. */
  #counts: Tensor | null = null;
  /** How many those should add up to. */
  readonly #samples = new HeldSum();

  constructor(numClasses: number, options: ConfusionMatrixOptions = {}) {
    if (arguments.length > 2) throw surplusArguments("new ConfusionMatrix(numClasses, options?)", arguments.length);
    checkOptions("ConfusionMatrix", options, ["classes", "normalize", "ignoreIndex"], "ConfusionMatrix.__init__()");
    const { classes, normalize = null } = options;
    if (!Number.isInteger(numClasses) || numClasses < 2) {
      throw new ValueError(
        "ConfusionMatrix",
        "Expected argument `num_classes` to be an integer larger than 1",
        `got ${describeValue(numClasses)}`,
        "Say how many classes the labels have.",
      );
    }
    if (![null, "true", "pred", "all"].includes(normalize)) {
      throw new ValueError(
        "ConfusionMatrix",
        "Expected argument `normalize` to be one of ('true', 'pred', 'all', None)",
        `got ${normalize}`,
      );
    }
    if (classes !== undefined && classes.length !== numClasses) {
      throw new ValueError(
        "ConfusionMatrix",
        "there must be a name for each class",
        `${classes.length} names, ${numClasses} classes`,
      );
    }
    this.numClasses = numClasses;
    this.#options = options;
    this.#base = this.#zeros();
  }

  update(preds: Tensor, target: Tensor): void {
    if (arguments.length > 2) throw surplusArguments("ConfusionMatrix.update(preds, target)", arguments.length);
    checkTensor("ConfusionMatrix", preds, "preds");
    checkTensor("ConfusionMatrix", target, "target", 2);
    const scores = areScores("ConfusionMatrix", preds, target);
    const { numClasses } = this;
    const counts = this.#counts;
    if (scores && preds.shape[1] !== numClasses) {
      throw new ValueError(
        "ConfusionMatrix",
        "If `preds` have one dimension more than `target`, `preds.shape[1]` should be equal to number of classes",
        `preds are [${preds.shape.join(", ")}], and there are ${numClasses} classes`,
        `Give new ConfusionMatrix(${preds.shape[1]}).`,
      );
    }
    const ignoreIndex = this.#options.ignoreIndex ?? null;
    this.#counts = held(() => {
      const predicted = (scores ? preds.argmax(1) : preds).flatten();
      const batch = countPairs(target.flatten(), predicted, numClasses, ignoreIndex);
      return counts === null ? batch : counts.add(batch);
    });
    counts?.dispose();
    if (ignoreIndex === null) this.#samples.addNumber(target.numel());
    else this.#samples.take(held(() => target.ne(ignoreIndex).sum()));
  }

  /** @throws ValueError where a target or a predicted class was outside `[0, numClasses)`, which shows only when counts are read. */
  async compute(): Promise<ConfusionTable> {
    if (arguments.length > 0) throw surplusArguments("ConfusionMatrix.compute()", arguments.length);
    const { numClasses } = this;
    const counts = await this.#read();
    const rows = Array.from({ length: numClasses }, (_, c) => counts.slice(c * numClasses, (c + 1) * numClasses));
    return new ConfusionTable(rows, this.#options.normalize, this.#options.classes);
  }

  reset(): void {
    if (arguments.length > 0) throw surplusArguments("ConfusionMatrix.reset()", arguments.length);
    this.#counts?.dispose();
    this.#counts = null;
    this.#samples.reset();
    this.#base = this.#zeros();
  }

  async stateDict(): Promise<MetricState> {
    if (arguments.length > 0) throw surplusArguments("ConfusionMatrix.stateDict()", arguments.length);
    return { counts: await this.#read() };
  }

  loadStateDict(state: MetricState): void {
    if (arguments.length > 1) throw surplusArguments("ConfusionMatrix.loadStateDict(state)", arguments.length);
    const saved = new StateReader("ConfusionMatrix.loadStateDict", state);
    const counts = saved.numbers("counts", { length: this.numClasses ** 2, min: 0, integer: true });
    this.reset();
    this.#base = [...counts];
  }

  async #read(): Promise<number[]> {
    const base = this.#base;
    const [counts, samples] = await Promise.all([this.#counts?.toTypedArray(), this.#samples.total()]);
    const counted = [...(counts ?? [])].reduce((sum, count) => sum + count, 0);
    if (counted !== samples) {
      throw new ValueError(
        "ConfusionMatrix",
        "Class values must be smaller than num_classes",
        `${samples - counted} of ${samples} samples have a target or a predicted class outside [0, ${this.numClasses})`,
        "Give the number of classes of the labels, or ignoreIndex.",
      );
    }
    return base.map((count, i) => count + (counts?.[i] ?? 0));
  }

  #zeros(): number[] {
    return new Array<number>(this.numClasses ** 2).fill(0);
  }
}

function countPairs(target: Tensor, predicted: Tensor, numClasses: number, ignoreIndex: number | null): Tensor {
  const count = (rows: Tensor, columns: Tensor): Tensor => rows.float().t().matmul(columns.float()).long();
  if (ignoreIndex === null) return count(oneHot(target, numClasses), oneHot(predicted, numClasses));
  const skip = target.eq(ignoreIndex);
  const rows = oneHot(target.maskedFill(skip, numClasses), numClasses + 1); // what does not count has a row of its own
  return count(rows, oneHot(predicted.maskedFill(skip, 0), numClasses)).narrow(0, 0, numClasses);
}
