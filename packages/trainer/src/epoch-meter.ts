import { noGrad, stack, type Tensor } from "@kindling/core";

/** Scalars that wait on the device before they are put together. */
const TOGETHER = 64;

/** What the batches of an epoch add up to. */
export interface Sums {
  /** Of the losses, each times the samples of its batch. */
  readonly loss: number;
  /** Targets that were met. */
  readonly correct: number;
  /** Targets in all: as many as samples, in classification. */
  readonly targets: number;
  readonly samples: number;
}

/**
 * Gathers the losses and hits of an epoch without waiting for the device: they stay there, a few together in one tensor,
 * until `read`. The sums are taken in double precision, as PyTorch programs do with `loss.item()`.
 */
export class EpochMeter {
  readonly #losses = new Scalars();
  readonly #correct = new Scalars();
  readonly #sizes: number[] = [];
  #sums: Sums;

  constructor(sums: Sums = { loss: 0, correct: 0, targets: 0, samples: 0 }) {
    this.#sums = sums;
  }

  /**
   * Takes over `loss`, a mean over `samples`, and `correct`, the hits among `targets`; both 0-d, and the caller's only until
   * the next call. Without `correct` there is no accuracy.
   */
  add(loss: Tensor, samples: number, correct: Tensor | null, targets: number): void {
    this.#losses.add(loss);
    this.#sizes.push(samples);
    if (correct !== null) this.#correct.add(correct);
    const sums = this.#sums;
    this.#sums = {
      ...sums,
      targets: sums.targets + (correct === null ? 0 : targets),
      samples: sums.samples + samples,
    };
  }

  /** The sums so far. What was gathered is freed. */
  async read(): Promise<Sums> {
    const losses = await this.#losses.read();
    const correct = await this.#correct.read();
    this.#sums = {
      ...this.#sums,
      loss: losses.reduce((sum, loss, i) => sum + loss * (this.#sizes[i] as number), this.#sums.loss),
      correct: correct.reduce((sum, hits) => sum + hits, this.#sums.correct),
    };
    this.#sizes.length = 0;
    return this.#sums;
  }

  /** Frees what was gathered. */
  dispose(): void {
    this.#losses.dispose();
    this.#correct.dispose();
  }
}

/** 0-d tensors on a device, read all at once. */
class Scalars {
  #single: Tensor[] = [];
  #together: Tensor[] = [];

  add(scalar: Tensor): void {
    if (this.#single.length === TOGETHER) this.#join();
    this.#single.push(scalar);
  }

  async read(): Promise<number[]> {
    if (this.#single.length > 0) this.#join();
    const parts = this.#together;
    this.#together = [];
    const read = await Promise.all(parts.map((part) => part.data()));
    for (const part of parts) part.dispose();
    return read.flatMap((values) => Array.from(values));
  }

  dispose(): void {
    for (const tensor of [...this.#single, ...this.#together]) tensor.dispose();
    this.#single = [];
    this.#together = [];
  }

  #join(): void {
    this.#together.push(noGrad(() => stack(this.#single)));
    for (const scalar of this.#single) scalar.dispose();
    this.#single = [];
  }
}
