import { cat, markPersistent, noGrad, scope, stack, type Tensor } from "@kindling/core";

/** So many scalars are joined into one tensor: a long epoch holds few of them. */
const BLOCK = 256;

interface Block {
  readonly values: Tensor;
  readonly factors: readonly number[];
}

/**
 * `Σ factorᵢ · valueᵢ` over zero-dimensional tensors, exact to double precision: the values wait on their device, and are read
 * and added up when the total is asked for. Adding there would cost a kernel a step, and digits.
 */
export class HeldSum {
  private base = 0;
  private scalars: Tensor[] = [];
  private factors: number[] = [];
  private blocks: Block[] = [];

  addNumber(value: number): void {
    this.base += value;
  }

  /** Adds a scalar, which is taken over: see {@link held}. */
  take(value: Tensor, factor = 1): void {
    const [first] = this.scalars;
    if (first !== undefined && !alike(first, value)) this.seal();
    this.scalars.push(value);
    this.factors.push(factor);
    if (this.scalars.length >= BLOCK) this.seal();
  }

  async total(): Promise<number> {
    this.seal();
    this.join();
    const { base } = this;
    const parts = this.blocks.map(async ({ values, factors }) => {
      const data = await values.data();
      return factors.reduce((sum, factor, i) => sum + factor * (data[i] as number), 0);
    });
    return (await Promise.all(parts)).reduce((sum, part) => sum + part, base);
  }

  reset(total = 0): void {
    for (const scalar of this.scalars) scalar.dispose();
    for (const { values } of this.blocks) values.dispose();
    this.base = total;
    this.scalars = [];
    this.factors = [];
    this.blocks = [];
  }

  private seal(): void {
    const { scalars, factors } = this;
    if (scalars.length === 0) return;
    this.blocks.push({ values: held(() => stack(scalars)), factors });
    for (const scalar of scalars) scalar.dispose();
    this.scalars = [];
    this.factors = [];
  }

  /** One block a device, so that one read is enough. */
  private join(): void {
    const groups: Block[][] = [];
    for (const block of this.blocks) {
      const group = groups.find(([first]) => first !== undefined && alike(first.values, block.values));
      if (group === undefined) groups.push([block]);
      else group.push(block);
    }
    this.blocks = groups.map((group) => {
      const [first] = group;
      if (first !== undefined && group.length === 1) return first;
      const values = held(() => cat(group.map((block) => block.values)));
      for (const block of group) block.values.dispose();
      return { values, factors: group.flatMap((block) => block.factors) };
    });
  }
}

function alike(a: Tensor, b: Tensor): boolean {
  return a.device === b.device && a.dtype === b.dtype;
}

/** What `compute` gives, kept until it is disposed; everything else that it made is freed. */
export function held(compute: () => Tensor): Tensor {
  return markPersistent(scope(() => noGrad(compute)));
}
