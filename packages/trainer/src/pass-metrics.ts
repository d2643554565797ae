import type { Tensor } from "@kindling/core";
import { isFloat, StateReader } from "@kindling/core/extend";
import { Accuracy, Mean, type Metric, type MetricState } from "@kindling/metrics";

/** A metric over outputs and targets. */
export type BatchMetric = Metric<[outputs: Tensor, targets: Tensor], number>;

/** Result of a pass over a loader: the mean loss over samples, the accuracy, and the metrics by name. */
export interface Evaluation {
  readonly loss: number;
  /** Share of correct predictions. Absent unless the targets are classes. */
  readonly acc?: number;
  readonly [metric: string]: number | undefined;
}

/** Gathers what a pass is measured by. Nothing is read from the device before `compute` or `stateDict`. */
export class PassMetrics {
  readonly #loss = new Mean();
  readonly #acc = new Accuracy();
  readonly #extra: Readonly<Record<string, BatchMetric>>;
  #hasClasses = false;

  constructor(extra: Readonly<Record<string, BatchMetric>>) {
    this.#extra = extra;
    for (const metric of Object.values(extra)) metric.reset();
  }

  /** @param loss the mean over the samples of the batch, 0-d */
  update(loss: Tensor, outputs: Tensor, targets: Tensor): void {
    this.#loss.update(loss, outputs.length);
    if (!isFloat(targets.dtype) && outputs.ndim === targets.ndim + 1) {
      this.#hasClasses = true;
      this.#acc.update(outputs, targets);
    }
    for (const metric of Object.values(this.#extra)) metric.update(outputs, targets);
  }

  async compute(): Promise<Evaluation> {
    const computed: [string, number][] = [];
    for (const [name, metric] of Object.entries(this.#extra)) computed.push([name, await metric.compute()]);
    const extra = Object.fromEntries(computed);
    const loss = await this.#loss.compute();
    return this.#hasClasses ? { loss, acc: await this.#acc.compute(), ...extra } : { loss, ...extra };
  }

  /** Which batch of this pass was the first whose loss is NaN or infinite, from 0. Reads the losses again. */
  firstNonFinite(): Promise<number | null> {
    return this.#loss.firstNonFinite();
  }

  async stateDict(): Promise<Record<string, MetricState>> {
    const all = Object.entries(this.#all()).map(async ([name, metric]) => [name, await metric.stateDict()] as const);
    return Object.fromEntries(await Promise.all(all));
  }

  /** @throws ValueError for a state of other metrics, or a damaged one */
  loadStateDict(state: Readonly<Record<string, MetricState>>): void {
    const saved = new StateReader("Trainer.loadStateDict", state, "unfinished.metrics");
    this.#hasClasses = saved.has("acc");
    for (const [name, metric] of Object.entries(this.#all())) {
      saved.within(name, (given) => metric.loadStateDict(given as MetricState));
    }
  }

  /** Frees what was gathered. */
  reset(): void {
    for (const metric of [this.#loss, this.#acc, ...Object.values(this.#extra)]) metric.reset();
  }

  #all() {
    const { loss, acc } = { loss: this.#loss, acc: this.#acc };
    return { loss, ...(this.#hasClasses && { acc }), ...this.#extra };
  }
}
