import { ValueError } from "../base/errors.ts";
import type { MersenneTwister } from "./mersenne-twister.ts";

/** The normals that Box-Muller has made one too many of, kept for the next call. */
export interface NormalCache {
  /** A double, of `normal` under 16 elements. */
  double: number | undefined;
  /** A float: PyTorch's CPU kernels never make one, but its format has a place for it. */
  float: number | undefined;
}

/** Where the fields of PyTorch's `CPUGeneratorImplState` lie, little-endian; the words are 64 bits wide each. */
const OFFSET = {
  seed: 0,
  left: 8,
  seeded: 12,
  next: 16,
  words: 24,
  double: 5024,
  hasDouble: 5040,
  float: 5048,
} as const;
const HAS_FLOAT = 5052;
const BYTES = 5056;
const WORDS = 624;

/** The state as the 5056 bytes of `torch.Generator.get_state()`. */
export function encodeState(engine: MersenneTwister, cache: NormalCache): Uint8Array {
  const bytes = new Uint8Array(BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(OFFSET.seed, engine.seed, true);
  view.setInt32(OFFSET.left, engine.left, true);
  view.setInt32(OFFSET.seeded, 1, true);
  view.setUint32(OFFSET.next, engine.next, true);
  for (let i = 0; i < WORDS; i++) view.setInt32(OFFSET.words + 8 * i, engine.words[i] as number, true);
  view.setFloat64(OFFSET.double, cache.double ?? 0, true);
  view.setInt32(OFFSET.hasDouble, cache.double === undefined ? 0 : 1, true);
  view.setFloat32(OFFSET.float, cache.float ?? 0, true);
  bytes[HAS_FLOAT] = cache.float === undefined ? 0 : 1;
  return bytes;
}

/** Puts a saved state into `engine` and returns its cached normals; on an invalid one it throws and changes nothing. */
export function decodeState(bytes: Uint8Array, engine: MersenneTwister): NormalCache {
  if (!(bytes instanceof Uint8Array)) {
    throw new ValueError("setState", "RNG state must be a torch.ByteTensor", typeof bytes, "Pass a Uint8Array.");
  }
  if (bytes.length !== BYTES) {
    throw new ValueError(
      "setState",
      `Expected a CPUGeneratorImplState of size ${BYTES} but found the input RNG state size to be ${bytes.length}`,
      "",
      "Pass what getState() returned.",
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const left = view.getInt32(OFFSET.left, true);
  const next = view.getUint32(OFFSET.next, true);
  const seeded = view.getInt32(OFFSET.seeded, true) !== 0;
  if (!seeded || left < 1 || left > WORDS || next + left - 1 > WORDS) {
    const got = `seeded is ${seeded}, left is ${left}, next is ${next}`;
    throw new ValueError("setState", "Invalid mt19937 state", got, "Pass what getState() returned.");
  }
  engine.seed = view.getBigUint64(OFFSET.seed, true);
  engine.left = left;
  engine.next = next;
  for (let i = 0; i < WORDS; i++) engine.words[i] = view.getInt32(OFFSET.words + 8 * i, true);
  return {
    double: view.getInt32(OFFSET.hasDouble, true) === 0 ? undefined : view.getFloat64(OFFSET.double, true),
    float: bytes[HAS_FLOAT] === 0 ? undefined : view.getFloat32(OFFSET.float, true),
  };
}
