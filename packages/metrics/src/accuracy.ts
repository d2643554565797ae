import { type Tensor, ValueError } from "@kindling/core";
import { checkOptions, checkTensor, StateReader, surplusArguments } from "@kindling/core/extend";
import { areScores } from "./check-classes.ts";
import { HeldSum, held } from "./held-sum.ts";
import type { Metric, MetricState } from "./metric.ts";

export interface AccuracyOptions {
  /** A prediction counts when the target is among its `topK` highest scores. Default: 1. */
  readonly topK?: number;
  /** Targets of this class do not count. Default: all count. */
  readonly ignoreIndex?: number | null;
}

/**
 * The share of predictions that are right: `Σ [argmax(predsᵢ) = targetᵢ] / N`.
 *
 * Shapes: preds `[N, C, ...]` (scores) or `[N, ...]` (classes), target `[N, ...]`.
 *
 * @see https://lightning.ai/docs/torchmetrics/stable/classification/accuracy.html (`MulticlassAccuracy`, `average="micro"`)
 */
export class Accuracy implements Metric<[preds: Tensor, target: Tensor], number> {
  readonly topK: number;
  readonly ignoreIndex: number | null;
  readonly #correct = new HeldSum();
  readonly #total = new HeldSum();

  constructor(options: AccuracyOptions = {}) {
    if (arguments.length > 1) throw surplusArguments("new Accuracy(options?)", arguments.length);
    checkOptions("Accuracy", options, ["topK", "ignoreIndex"], "Accuracy.__init__()");
    const { topK = 1, ignoreIndex = null } = options;
    if (!Number.isInteger(topK) || topK < 1) {
      throw new ValueError(
        "Accuracy",
        "Argument `top_k` has to be a positive integer",
        `got ${topK}`,
        "Omit it for the best score alone.",
      );
    }
    this.topK = topK;
    this.ignoreIndex = ignoreIndex;
  }

  update(preds: Tensor, target: Tensor): void {
    if (arguments.length > 2) throw surplusArguments("Accuracy.update(preds, target)", arguments.length);
    checkTensor("Accuracy", preds, "preds");
    checkTensor("Accuracy", target, "target", 2);
    const scores = areScores("Accuracy", preds, target);
    if (this.topK > 1 && !scores) {
      throw new ValueError(
        "Accuracy",
        "If `preds` are classes, `top_k` must be 1",
        `it is ${this.topK}`,
        "Give scores, [N, C].",
      );
    }
    const { ignoreIndex } = this;
    const correct = held(() => {
      const hits = scores ? this.#hits(preds, target) : preds.eq(target);
      return (ignoreIndex === null ? hits : hits.logicalAnd(target.ne(ignoreIndex))).sum();
    });
    this.#correct.take(correct);
    if (ignoreIndex === null) this.#total.addNumber(target.numel());
    else this.#total.take(held(() => target.ne(ignoreIndex).sum()));
  }

  /** From 0 to 1; NaN before the first update. */
  async compute(): Promise<number> {
    if (arguments.length > 0) throw surplusArguments("Accuracy.compute()", arguments.length);
    const [correct, total] = await Promise.all([this.#correct.total(), this.#total.total()]);
    return correct / total;
  }

  reset(): void {
    if (arguments.length > 0) throw surplusArguments("Accuracy.reset()", arguments.length);
    this.#correct.reset();
    this.#total.reset();
  }

  async stateDict(): Promise<MetricState> {
    if (arguments.length > 0) throw surplusArguments("Accuracy.stateDict()", arguments.length);
    const [correct, total] = await Promise.all([this.#correct.total(), this.#total.total()]);
    return { correct, total };
  }

  loadStateDict(state: MetricState): void {
    if (arguments.length > 1) throw surplusArguments("Accuracy.loadStateDict(state)", arguments.length);
    const saved = new StateReader("Accuracy.loadStateDict", state);
    const [correct, total] = [saved.count("correct"), saved.count("total")];
    if (correct > total) throw saved.broken("correct", `${correct} of ${total} cannot be right`);
    this.#correct.reset(correct);
    this.#total.reset(total);
  }

  #hits(scores: Tensor, target: Tensor): Tensor {
    if (this.topK === 1) return scores.argmax(1).eq(target);
    const { indices } = scores.topk(this.topK, 1);
    return indices.eq(target.unsqueeze(1)).any(1);
  }
}
