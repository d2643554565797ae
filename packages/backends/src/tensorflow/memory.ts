import type { Binding } from "./binding.ts";

/** How many other shapes of the same elements are kept: more than one op reads at a time. */
const MOST = 8;

/**
 * Elements that TensorFlow holds. Kernels may read them as another shape of as many elements: TensorFlow then makes another tensor
 * on the same memory, which is kept for the next reader and goes with the first.
 */
export class Memory {
  readonly #binding: Binding;
  readonly #id: number;
  readonly #shape: readonly number[];
  /** The oldest first. */
  readonly #reshaped: Reshaped[] = [];

  constructor(binding: Binding, id: number, shape: readonly number[]) {
    this.#binding = binding;
    this.#id = id;
    this.#shape = shape;
  }

  /** The number under which TensorFlow knows these elements, whatever their shape. */
  get id(): number {
    return this.#id;
  }

  /** The number of a tensor of these elements in this shape; `sizes` makes the int32 vector that TensorFlow wants for another one. */
  as(shape: readonly number[], sizes: (shape: readonly number[]) => number): number {
    if (same(shape, this.#shape)) return this.#id;
    for (const known of this.#reshaped) if (same(shape, known.shape)) return known.id;
    const [made] = this.#binding.executeOp("Reshape", [], [this.#id, sizes(shape)], 1);
    const { id } = made as { id: number };
    this.#reshaped.push({ id, shape: [...shape] });
    if (this.#reshaped.length > MOST) this.#binding.deleteTensor((this.#reshaped.shift() as Reshaped).id);
    return id;
  }

  free(): void {
    this.#binding.deleteTensor(this.#id);
    for (const { id } of this.#reshaped.splice(0)) this.#binding.deleteTensor(id);
  }
}

interface Reshaped {
  readonly id: number;
  readonly shape: readonly number[];
}

function same(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
