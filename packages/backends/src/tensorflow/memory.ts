import type { Binding } from "./binding.ts";

/**
 * Elements that TensorFlow holds. Kernels may read them as another shape of as many elements: TensorFlow then makes a second tensor
 * on the same memory, which is kept for the next reader and goes with the first.
 */
export class Memory {
  readonly #binding: Binding;
  readonly #id: number;
  readonly #shape: readonly number[];
  #reshaped: { readonly id: number; readonly shape: readonly number[] } | null = null;

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
    if (this.#reshaped !== null) {
      if (same(shape, this.#reshaped.shape)) return this.#reshaped.id;
      this.#binding.deleteTensor(this.#reshaped.id);
      this.#reshaped = null;
    }
    const [made] = this.#binding.executeOp("Reshape", [], [this.#id, sizes(shape)], 1);
    const { id } = made as { id: number };
    this.#reshaped = { id, shape: [...shape] };
    return id;
  }

  free(): void {
    this.#binding.deleteTensor(this.#id);
    if (this.#reshaped !== null) this.#binding.deleteTensor(this.#reshaped.id);
    this.#reshaped = null;
  }
}

function same(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
