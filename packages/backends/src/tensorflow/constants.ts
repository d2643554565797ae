import type { Binding } from "./binding.ts";

/** How many constants are kept. A program that slices at ever new places would else keep them all. */
const MOST = 1000;

/**
 * Axes, permutations, sizes and scalars: TensorFlow takes them as tensors. They are few and come again every step, so they are made once.
 */
export class Constants {
  readonly #binding: Binding;
  readonly #ids = new Map<string, number>();

  constructor(binding: Binding) {
    this.#binding = binding;
  }

  /** An int32 vector. */
  ints(values: readonly number[]): number {
    return this.#kept(`${values}`, () => this.#make([values.length], Int32Array.from(values)));
  }

  /** An int32 tensor of two dimensions. */
  intRows(rows: readonly (readonly number[])[]): number {
    const flat = rows.flat();
    const shape = [rows.length, rows[0]?.length ?? 0];
    return this.#kept(`${shape}:${flat}`, () => this.#make(shape, Int32Array.from(flat)));
  }

  int(value: number): number {
    return this.#kept(`i${value}`, () => this.#make([], Int32Array.of(value)));
  }

  float(value: number): number {
    return this.#kept(`f${Object.is(value, -0) ? "-0" : value}`, () => this.#make([], Float32Array.of(value)));
  }

  bool(value: boolean): number {
    return this.#kept(`b${value}`, () => this.#binding.createTensor([], this.#binding.TF_BOOL, Uint8Array.of(+value)));
  }

  /** A scalar of any dtype. */
  of(value: number, dtype: "float32" | "int32" | "bool"): number {
    if (dtype === "bool") return this.bool(value !== 0);
    return dtype === "int32" ? this.int(value) : this.float(value);
  }

  #make(shape: readonly number[], values: Int32Array | Float32Array): number {
    const type = values instanceof Int32Array ? this.#binding.TF_INT32 : this.#binding.TF_FLOAT;
    return this.#binding.createTensor(shape, type, values);
  }

  #kept(key: string, make: () => number): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = make();
    this.#ids.set(key, id);
    return id;
  }

  /** Lets all go once there are too many; never in the midst of a kernel that holds some. */
  trim(): void {
    if (this.#ids.size <= MOST) return;
    for (const id of this.#ids.values()) this.#binding.deleteTensor(id);
    this.#ids.clear();
  }
}
