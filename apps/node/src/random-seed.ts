/** A seed of 32 bits, another one each time, short enough to type. */
export function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number;
}
