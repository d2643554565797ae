const SIZE = 624;
const SHIFT = 397;

/**
 * MT19937, seeded by `init_genrand` with the low 32 bits of the seed. A whole block of 624 words is made at once.
 * `left` and `next` are counted as PyTorch counts them, since they are part of its saved state: `left` draws until the
 * next block (1 in a fresh engine), `next` the word that the next draw reads.
 *
 * Source: M. Matsumoto, T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998).
 */
export class MersenneTwister {
  /** The 624 words, as signed integers: the engine then keeps them in registers. */
  readonly words = new Int32Array(SIZE);
  seed = 0n;
  left = 1;
  next = 0;

  /** Starts again from `seed`, an unsigned 64-bit integer. */
  reseed(seed: bigint): void {
    const words = this.words;
    let word = Number(BigInt.asIntN(32, seed));
    words[0] = word;
    for (let i = 1; i < SIZE; i++) {
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i) | 0;
      words[i] = word;
    }
    this.seed = seed;
    this.left = 1;
    this.next = 0;
  }

  /** The next word, 0 to 2^32 - 1. */
  draw(): number {
    if (--this.left === 0) this.#renew();
    return temper(this.words[this.next++] as number) >>> 0;
  }

  /** As many draws as `out` is long. */
  fill(out: Uint32Array | Int32Array): void {
    const words = this.words;
    let i = 0;
    while (i < out.length) {
      if (this.left === 1) {
        this.#renew();
        this.left++;
      }
      const count = Math.min(this.left - 1, out.length - i);
      const from = this.next;
      for (let k = 0; k < count; k++) out[i + k] = temper(words[from + k] as number);
      this.left -= count;
      this.next += count;
      i += count;
    }
  }

  #renew(): void {
    const words = this.words;
    let i = 0;
    for (; i < SIZE - SHIFT; i++) {
      words[i] = (words[i + SHIFT] as number) ^ twist(words[i] as number, words[i + 1] as number);
    }
    for (; i < SIZE - 1; i++) {
      words[i] = (words[i + SHIFT - SIZE] as number) ^ twist(words[i] as number, words[i + 1] as number);
    }
    words[i] = (words[SHIFT - 1] as number) ^ twist(words[i] as number, words[0] as number);
    this.left = SIZE;
    this.next = 0;
  }
}

function twist(high: number, low: number): number {
  return (((high & 0x80000000) | (low & 0x7fffffff)) >>> 1) ^ (-(low & 1) & 0x9908b0df);
}

function temper(word: number): number {
  let y = word;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ (y >>> 18);
}
