import type { Tensor } from "@kindling/core";
import { checkOperand, StateReader, surplusArguments } from "@kindling/core/extend";
import { HeldSum, held } from "./held-sum.ts";
import type { Metric, MetricState } from "./metric.ts";

/**
 * The weighted mean `Σ wᵢ vᵢ / Σ wᵢ`, added up in double precision. Weigh the mean loss of each batch with its size, and the
 * result is the mean over samples, a ragged last batch included.
 *
 * @see https://lightning.ai/docs/torchmetrics/stable/aggregation.html (`MeanMetric`)
 */
export class Mean implements Metric<[value: Tensor | number, weight?: Tensor | number], number> {
  readonly #sum = new HeldSum();
  readonly #weight = new HeldSum();

  constructor() {
    if (arguments.length > 0) throw surplusArguments("new Mean()", arguments.length);
  }

  /** Every element of `value` counts `weight` times; a tensor of weights broadcasts to it. */
  update(value: Tensor | number, weight: Tensor | number = 1): void {
    if (arguments.length > 2) throw surplusArguments("Mean.update(value, weight?)", arguments.length);
    checkOperand("Mean", value, "value", 1);
    checkOperand("Mean", weight, "weight");
    if (typeof weight === "number") this.#addScaled(value, weight);
    else if (typeof value === "number") {
      const total = () => weight.sum();
      this.#sum.take(held(total), value);
      this.#weight.take(held(total));
    } else {
      this.#sum.take(held(() => value.mul(weight).sum()));
      this.#weight.take(held(() => weight.expandAs(value).sum()));
    }
  }

  /** NaN before the first update. */
  async compute(): Promise<number> {
    if (arguments.length > 0) throw surplusArguments("Mean.compute()", arguments.length);
    const [sum, weight] = await Promise.all([this.#sum.total(), this.#weight.total()]);
    return sum / weight;
  }

  /**
   * Which update since the last reset brought in the first value that is NaN or infinite, from 0; null where none did. Reads the
   * values from the device again: ask when the mean is not finite.
   */
  firstNonFinite(): Promise<number | null> {
    if (arguments.length > 0) throw surplusArguments("Mean.firstNonFinite()", arguments.length);
    return this.#sum.firstNonFinite();
  }

  reset(): void {
    if (arguments.length > 0) throw surplusArguments("Mean.reset()", arguments.length);
    this.#sum.reset();
    this.#weight.reset();
  }

  async stateDict(): Promise<MetricState> {
    if (arguments.length > 0) throw surplusArguments("Mean.stateDict()", arguments.length);
    const [sum, weight] = await Promise.all([this.#sum.total(), this.#weight.total()]);
    return { sum, weight };
  }

  loadStateDict(state: MetricState): void {
    if (arguments.length > 1) throw surplusArguments("Mean.loadStateDict(state)", arguments.length);
    const saved = new StateReader("Mean.loadStateDict", state);
    // A diverged training has NaN in it, and goes on with it.
    const [sum, weight] = [saved.number("sum", { nan: true }), saved.number("weight", { nan: true })];
    this.#sum.reset(sum);
    this.#weight.reset(weight);
  }

  #addScaled(value: Tensor | number, weight: number): void {
    if (typeof value === "number") this.#sum.addNumber(value * weight);
    else
      this.#sum.take(
        held(() => (value.ndim === 0 ? value.clone() : value.sum())),
        weight,
      );
    this.#weight.addNumber(typeof value === "number" ? weight : weight * value.numel());
  }
}
