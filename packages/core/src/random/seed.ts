import { ValueError } from "../base/errors.ts";

/** A seed as its unsigned 64-bit integer: negative ones count from the top, -1 is 2^64 - 1. */
export function seedToUint64(op: string, seed: number | bigint): bigint {
  if (typeof seed !== "bigint" && !Number.isInteger(seed)) {
    const got = typeof seed === "number" ? "float" : typeof seed;
    throw new ValueError(op, `manual_seed expected a long, but got ${got}`, String(seed), "A seed is a whole number.");
  }
  const value = BigInt(seed);
  if (value < -0x8000_0000_0000_0000n || value > 0xffff_ffff_ffff_ffffn) {
    throw new ValueError(
      op,
      "Overflow when unpacking long long",
      `the seed is ${value}`,
      "Seeds go from -0x8000_0000_0000_0000 to 0xffff_ffff_ffff_ffff.",
    );
  }
  return BigInt.asUintN(64, value);
}

/** 64 bits that nobody can foretell. */
export function nonDeterministicSeed(): bigint {
  const [seed] = globalThis.crypto.getRandomValues(new BigUint64Array(1));
  return seed as bigint;
}
