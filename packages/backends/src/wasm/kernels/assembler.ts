// As much of WebAssembly's binary format as a module of a few functions takes: https://webassembly.github.io/spec/core/binary/
// An expression is the list of its bytes, so that expressions nest as the text format's do.

export type Bytes = readonly number[];

/** A function without results, over `i32` parameters. Locals are numbered on from the parameters. */
export interface WasmFunction {
  readonly name: string;
  readonly params: number;
  /** How many `i32` locals, and how many `v128` ones after them. */
  readonly locals: readonly [i32: number, v128: number];
  readonly body: readonly Bytes[];
}

const I32 = 0x7f;
const V128 = 0x7b;
const NO_RESULT = 0x40;
const END = 0x0b;

export const get = (local: number): Bytes => [0x20, ...unsigned(local)];
export const set = (local: number, value: Bytes): Bytes => [...value, 0x21, ...unsigned(local)];
export const tee = (local: number, value: Bytes): Bytes => [...value, 0x22, ...unsigned(local)];
export const constant = (value: number): Bytes => [0x41, ...signed(value)];
export const add = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0x6a];
export const sub = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0x6b];
export const mul = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0x6c];
export const shiftLeft = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0x74];
/** `a < b`, both unsigned. */
export const below = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0x49];

export const when = (condition: Bytes, then: readonly Bytes[]): Bytes => [
  ...condition,
  0x04,
  NO_RESULT,
  ...then.flat(),
  END,
];
/** Runs `body`, and again as long as `condition` holds. */
export const repeat = (body: readonly Bytes[], condition: Bytes): Bytes => [
  ...[0x03, NO_RESULT],
  ...body.flat(),
  ...condition,
  ...[0x0d, 0],
  END,
];

export const loadByte = (address: Bytes, offset: number): Bytes => [...address, 0x2d, 0, ...unsigned(offset)];
export const loadInt = (address: Bytes, offset: number): Bytes => [...address, 0x28, ...memory(offset)];
export const loadFloat = (address: Bytes): Bytes => [...address, 0x2a, ...memory(0)];
export const storeFloat = (address: Bytes, offset: number, value: Bytes): Bytes => [
  ...address,
  ...value,
  0x38,
  ...memory(offset),
];
/** One float that is known beforehand, four times. */
export const splatFloat = (value: number): Bytes => {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setFloat32(0, value, true);
  return splatBits(bytes.getInt32(0, true));
};
/** The same of an `i32`. */
export const splatBits = (bits: number): Bytes => constantInts([bits, bits, bits, bits]);
export const constantInts = (values: readonly [number, number, number, number]): Bytes => [
  ...[0xfd, 0x0c],
  ...values.flatMap((value) => [value, value >> 8, value >> 16, value >> 24].map((byte) => byte & 0xff)),
];
/** Four zeros. */
export const zeros: Bytes = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
/** Four floats. */
export const loadFour = (address: Bytes, offset: number): Bytes => [...address, 0xfd, 0x00, ...memory(offset)];
/** One float, four times. */
export const loadSplat = (address: Bytes, offset: number): Bytes => [...address, 0xfd, 0x09, ...memory(offset)];
export const storeFour = (address: Bytes, offset: number, value: Bytes): Bytes => [
  ...address,
  ...value,
  ...[0xfd, 0x0b],
  ...memory(offset),
];
export const addFour = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, ...unsigned(0xe4)];
export const subFour = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, ...unsigned(0xe5)];
export const mulFour = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, ...unsigned(0xe6)];
export const divFour = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, ...unsigned(0xe7)];
/** The larger, or NaN where either is. */
export const maxFour = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, ...unsigned(0xe9)];
export const sqrtFour = (a: Bytes): Bytes => [...a, 0xfd, ...unsigned(0xe3)];
/** `a < b ? b : a`, one instruction of the processor; an `a` that is NaN stays, and a `b` that is NaN is passed over. */
export const largerFour = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, ...unsigned(0xeb)];
/** All bits of a lane where `a = b`, none elsewhere; so do the comparisons below. */
export const equalFour = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, 0x41];
export const lessFour = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, 0x43];
export const atMostFour = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, 0x45];

/** An `i32`, four times. */
export const splatInt = (value: Bytes): Bytes => [...value, 0xfd, 0x11];
export const addInts = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, ...unsigned(0xae)];
export const subInts = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, ...unsigned(0xb1)];
export const shiftIntsLeft = (a: Bytes, by: number): Bytes => [...a, ...constant(by), 0xfd, ...unsigned(0xab)];
/** The sign is kept. */
export const shiftIntsRight = (a: Bytes, by: number): Bytes => [...a, ...constant(by), 0xfd, ...unsigned(0xac)];
/** `a <= b`, both signed. */
export const atMostInts = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, 0x3d];
/** Integers become floats. */
export const toFloats = (a: Bytes): Bytes => [...a, 0xfd, ...unsigned(0xfa)];

export const andFour = (a: Bytes, b: Bytes): Bytes => [...a, ...b, 0xfd, 0x4e];
/** The bits of `a` where `mask` has ones, those of `b` elsewhere. */
export const selectFour = (mask: Bytes, a: Bytes, b: Bytes): Bytes => [...a, ...b, ...mask, 0xfd, 0x52];
/** The lanes of `a` in another order. */
export const reorderFour = (a: Bytes, lanes: readonly [number, number, number, number]): Bytes => [
  ...a,
  ...a,
  ...[0xfd, 0x0d],
  ...lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
];

/** Pages that a memory of 32-bit addresses has at most: no shared memory is too large for an import that says so. */
const MOST_PAGES = 65536;

/**
 * A module that exports `functions` and works on the memory imported as `env.memory`. Whether that is shared with other threads is part
 * of the import's type, and a shared one must say how large it may grow.
 */
export function assemble(functions: readonly WasmFunction[], { shared = false } = {}): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ params }) => [0x60, ...vector(Array.from({ length: params }, () => [I32])), 0]);
  const limits = shared ? [0x03, 0, ...unsigned(MOST_PAGES)] : [0x00, 0];
  const imported = [...text("env"), ...text("memory"), 0x02, ...limits];
  const codes = functions.map(({ locals: [i32, v128], body }) => {
    const code = [
      ...vector([
        [...unsigned(i32), I32],
        [...unsigned(v128), V128],
      ]),
      ...body.flat(),
      END,
    ];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, [imported]),
    ...section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      functions.map(({ name }, i) => [...text(name), 0x00, ...unsigned(i)]),
    ),
    ...section(10, codes),
  ]);
}

/** An alignment of four bytes, which is only a hint, and an offset. */
function memory(offset: number): Bytes {
  return [2, ...unsigned(offset)];
}

function section(id: number, items: readonly Bytes[]): Bytes {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Bytes[]): Bytes {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): Bytes {
  const bytes = [...new TextEncoder().encode(name)];
  return [...unsigned(bytes.length), ...bytes];
}

/** LEB128. */
function unsigned(value: number): Bytes {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Bytes {
  const [low, rest] = [value & 0x7f, value >> 7];
  const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return done ? [low] : [low | 0x80, ...signed(rest)];
}
