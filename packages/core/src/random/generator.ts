import { surplusArguments } from "../base/surplus-arguments.ts";
import { decodeState, encodeState, type NormalCache } from "./generator-state.ts";
import { MersenneTwister } from "./mersenne-twister.ts";
import { nonDeterministicSeed, seedToUint64 } from "./seed.ts";

/** Where a `new Generator()` starts, as PyTorch's does. */
const DEFAULT_SEED = 67280421310721n;

const BRAND = Symbol.for("kindling.isGenerator");

/**
 * PyTorch's CPU random number generator, bit for bit: whoever draws from one and from `torch.Generator`, seeded alike,
 * gets the same numbers, and a state saved by either is read by the other.
 *
 * ```ts
 * const generator = new Generator(42);
 * rand([3], { generator }); // tensor([0.8823, 0.9150, 0.3829])
 * ```
 */
export class Generator {
  readonly [BRAND] = true;
  #engine = new MersenneTwister();
  #normals: NormalCache = { double: undefined, float: undefined };

  constructor(seed: number | bigint = DEFAULT_SEED) {
    if (arguments.length > 1) throw surplusArguments("new Generator(seed?)", arguments.length);
    this.manualSeed(seed);
  }

  /**
   * Starts again from `seed`, of which only the low 32 bits matter to the numbers.
   *
   * @throws ValueError unless it is a whole number from -0x8000_0000_0000_0000 to 0xffff_ffff_ffff_ffff.
   */
  manualSeed(seed: number | bigint): this {
    if (arguments.length > 1) throw surplusArguments("Generator.manualSeed(seed)", arguments.length);
    this.#engine.reseed(seedToUint64("manualSeed", seed));
    this.#normals = { double: undefined, float: undefined };
    return this;
  }

  /** The seed that it last started from, as an unsigned 64-bit integer. */
  initialSeed(): bigint {
    if (arguments.length > 0) throw surplusArguments("Generator.initialSeed()", arguments.length);
    return this.#engine.seed;
  }

  /** Starts again from a seed that nobody can foretell, and returns that. */
  seed(): bigint {
    if (arguments.length > 0) throw surplusArguments("Generator.seed()", arguments.length);
    const seed = nonDeterministicSeed();
    this.manualSeed(seed);
    return seed;
  }

  /** 0 to 2^32 - 1. */
  random32(): number {
    if (arguments.length > 0) throw surplusArguments("Generator.random32()", arguments.length);
    return this.#engine.draw();
  }

  /** 0 to 2^64 - 1, of two draws, the high half first. */
  random64(): bigint {
    if (arguments.length > 0) throw surplusArguments("Generator.random64()", arguments.length);
    const high = this.#engine.draw();
    return (BigInt(high) << 32n) | BigInt(this.#engine.draw());
  }

  /** A float in [0, 1): 24 bits of one draw. */
  random24(): number {
    if (arguments.length > 0) throw surplusArguments("Generator.random24()", arguments.length);
    return (this.#engine.draw() & 0xffffff) * 2 ** -24;
  }

  /** A double in [0, 1): 53 bits of two draws. */
  random53(): number {
    if (arguments.length > 0) throw surplusArguments("Generator.random53()", arguments.length);
    const high = this.#engine.draw() & 0x1fffff;
    return (high * 2 ** 32 + this.#engine.draw()) * 2 ** -53;
  }

  /** Fills `out` with what as many calls of `random32` would give, and returns it. */
  fill32<T extends Uint32Array | Int32Array>(out: T): T {
    if (arguments.length > 1) throw surplusArguments("Generator.fill32(out)", arguments.length);
    this.#engine.fill(out);
    return out;
  }

  /** The normal that the last odd draw of `normal` left over, if any; taking it removes it. */
  takeCachedNormal(): number | undefined {
    if (arguments.length > 0) throw surplusArguments("Generator.takeCachedNormal()", arguments.length);
    const cached = this.#normals.double;
    this.#normals.double = undefined;
    return cached;
  }

  cacheNormal(value: number): void {
    if (arguments.length > 1) throw surplusArguments("Generator.cacheNormal(value)", arguments.length);
    this.#normals.double = value;
  }

  /** The whole state, cached normals included: the bytes of `torch.Generator.get_state()`. */
  getState(): Uint8Array {
    if (arguments.length > 0) throw surplusArguments("Generator.getState()", arguments.length);
    return encodeState(this.#engine, this.#normals);
  }

  /** @throws ValueError if `state` is not what `getState` returns; the generator is then as it was. */
  setState(state: Uint8Array): this {
    if (arguments.length > 1) throw surplusArguments("Generator.setState(state)", arguments.length);
    this.#normals = decodeState(state, this.#engine);
    return this;
  }

  /** `Generator(device='cpu', seed=5489)`: with the seed that it last started from. */
  toString(): string {
    return `Generator(device='cpu', seed=${this.initialSeed()})`;
  }

  /** Another generator that will draw the same numbers from here on. */
  clone(): Generator {
    if (arguments.length > 0) throw surplusArguments("Generator.clone()", arguments.length);
    return new Generator().setState(this.getState());
  }
}

/** Whether `value` is a Generator, of this copy of the package or another. */
export function isGenerator(value: unknown): value is Generator {
  return typeof value === "object" && value !== null && BRAND in value;
}
