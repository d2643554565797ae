/** A pointwise step that waits: one number, applied to every element in single precision. */
export type StepKind = "add" | "sub" | "mul" | "div";

/**
 * A chain of pointwise steps over bytes that nobody has computed yet: first to float, then one number after the other.
 * Over bytes every such chain is a table of 256 floats. Equal chains are the same object, so tensors whose steps agree
 * are told by identity, and each table is computed once.
 */
export class PendingSteps {
  readonly #previous: PendingSteps | null;
  readonly #kind: StepKind | null;
  readonly #value: number;
  readonly #next = new Map<string, PendingSteps>();
  /** The step that was appended last: the same few follow each other, sample after sample. */
  #last: PendingSteps | null = null;
  #table: Float32Array | undefined;

  private constructor(previous: PendingSteps | null, kind: StepKind | null, value: number) {
    this.#previous = previous;
    this.#kind = kind;
    this.#value = value;
  }

  /** The chain that only converts bytes to floats. */
  static readonly toFloat = new PendingSteps(null, null, 0);

  /** This chain and one step more. */
  append(kind: StepKind, value: number): PendingSteps {
    const last = this.#last;
    const single = Math.fround(value);
    if (last !== null && last.#kind === kind && Object.is(last.#value, single)) return last;
    const key = Object.is(single, -0) ? `${kind}-0` : kind + single;
    let next = this.#next.get(key);
    if (next === undefined) {
      next = new PendingSteps(this, kind, single);
      // Values that change from call to call (a random factor) must not be remembered for ever.
      if (this.#next.size >= 64) this.#next.clear();
      this.#next.set(key, next);
    }
    this.#last = next;
    return next;
  }

  /** The float that each of the 256 bytes becomes: the same as the kernels give, step by step. */
  get table(): Float32Array {
    this.#table ??= this.#compute();
    return this.#table;
  }

  #compute(): Float32Array {
    if (this.#previous === null) return Float32Array.from({ length: 256 }, (_, byte) => byte);
    const value = this.#value;
    return this.#previous.table.map((x) => {
      if (this.#kind === "add") return x + value;
      if (this.#kind === "sub") return x - value;
      if (this.#kind === "mul") return x * value;
      return x / value;
    });
  }
}

/** Each byte's entry of the table. A function of its own, so that its loop only ever sees these types. */
export function lookUp(bytes: Uint8Array, table: Float32Array, out: Float32Array): Float32Array {
  const whole = bytes.length - (bytes.length % 4);
  let i = 0;
  for (; i < whole; i += 4) {
    out[i] = table[bytes[i] as number] as number;
    out[i + 1] = table[bytes[i + 1] as number] as number;
    out[i + 2] = table[bytes[i + 2] as number] as number;
    out[i + 3] = table[bytes[i + 3] as number] as number;
  }
  for (; i < bytes.length; i++) out[i] = table[bytes[i] as number] as number;
  return out;
}
