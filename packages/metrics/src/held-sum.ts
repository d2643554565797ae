import { cat, noGrad, scope, stack, type Tensor } from "@kindling/core";
import { detachFromScope } from "@kindling/core/extend";

/** So many scalars are joined into one tensor: a long epoch holds few of them. */
const BLOCK = 256;

interface Block {
  readonly values: Tensor;
  readonly factors: readonly number[];
  /** Which of all added values each is. */
  readonly places: readonly number[];
}

/**
 * `Σ factorᵢ · valueᵢ` over zero-dimensional tensors, exact to double precision: the values wait on their device, and are read
 * and added up when the total is asked for. Adding there would cost a kernel a step, and digits.
 */
export class HeldSum {
  #base = 0;
  #scalars: Tensor[] = [];
  #factors: number[] = [];
  #places: number[] = [];
  #blocks: Block[] = [];
  /** How many values were added since the last reset. */
  #count = 0;
  #badNumber: number | null = null;

  addNumber(value: number): void {
    this.#base += value;
    if (!Number.isFinite(value)) this.#badNumber ??= this.#count;
    this.#count += 1;
  }

  /** Adds a scalar, which is taken over: see {@link held}. */
  take(value: Tensor, factor = 1): void {
    const [first] = this.#scalars;
    if (first !== undefined && !alike(first, value)) this.#seal();
    this.#scalars.push(value);
    this.#factors.push(factor);
    this.#places.push(this.#count);
    this.#count += 1;
    if (this.#scalars.length >= BLOCK) this.#seal();
  }

  async total(): Promise<number> {
    this.#seal();
    this.#join();
    const base = this.#base;
    const parts = this.#blocks.map(async ({ values, factors }) => {
      const data = await values.toTypedArray();
      return factors.reduce((sum, factor, i) => sum + factor * (data[i] as number), 0);
    });
    return (await Promise.all(parts)).reduce((sum, part) => sum + part, base);
  }

  /** Which of the values added since the last reset was the first that is NaN or infinite, from 0; null where all are finite. */
  async firstNonFinite(): Promise<number | null> {
    this.#seal();
    this.#join();
    const bad = this.#blocks.map(async ({ values, places }) => {
      const data = await values.toTypedArray();
      return places.filter((_, i) => !Number.isFinite(data[i]));
    });
    const places = (await Promise.all(bad)).flat();
    if (this.#badNumber !== null) places.push(this.#badNumber);
    return places.length === 0 ? null : Math.min(...places);
  }

  reset(total = 0): void {
    for (const scalar of this.#scalars) scalar.dispose();
    for (const { values } of this.#blocks) values.dispose();
    this.#base = total;
    this.#scalars = [];
    this.#factors = [];
    this.#places = [];
    this.#blocks = [];
    this.#count = 0;
    this.#badNumber = null;
  }

  #seal(): void {
    const [scalars, factors, places] = [this.#scalars, this.#factors, this.#places];
    if (scalars.length === 0) return;
    this.#blocks.push({ values: held(() => stack(scalars)), factors, places });
    for (const scalar of scalars) scalar.dispose();
    this.#scalars = [];
    this.#factors = [];
    this.#places = [];
  }

  /** One block a device, so that one read is enough. */
  #join(): void {
    const groups: Block[][] = [];
    for (const block of this.#blocks) {
      const group = groups.find(([first]) => first !== undefined && alike(first.values, block.values));
      if (group === undefined) groups.push([block]);
      else group.push(block);
    }
    this.#blocks = groups.map((group) => {
      const [first] = group;
      if (first !== undefined && group.length === 1) return first;
      const values = held(() => cat(group.map((block) => block.values)));
      for (const block of group) block.values.dispose();
      const [factors, places] = [group.flatMap((block) => block.factors), group.flatMap((block) => block.places)];
      return { values, factors, places };
    });
  }
}

function alike(a: Tensor, b: Tensor): boolean {
  return a.device === b.device && a.dtype === b.dtype;
}

/** Runs `compute` and keeps its result until it is disposed; all other tensors that it made are freed. */
export function held(compute: () => Tensor): Tensor {
  return detachFromScope(scope(() => noGrad(compute)));
}
