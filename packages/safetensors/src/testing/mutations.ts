/** A whole number from 0 up to, and without, `n`. */
type Below = (n: number) => number;

/** Mulberry32: the same mutations in every run. */
function random(seed: number): Below {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const PIECES = [
  "{",
  "}",
  "[",
  "]",
  '"',
  ",",
  ":",
  "-",
  ".",
  "e9",
  "\\u",
  "null",
  " ",
  "F64",
  "__metadata__",
  "\0",
  "\xff",
];
const NUMBERS = ["0", "1", "2", "8", "-1", "1.5", "9007199254740993", "99999999999999999999"];

/** Bytes anywhere: flipped, cut off. */
function mutateFile(file: Uint8Array, below: Below): Uint8Array {
  const bytes = file.slice(0, below(3) === 0 ? below(file.length) : file.length);
  for (let n = below(4); n > 0 && bytes.length > 0; n--) {
    const i = below(below(2) === 0 ? 9 : bytes.length) % bytes.length;
    bytes[i] = (bytes[i] ?? 0) ^ (1 << below(8));
  }
  return bytes;
}

/** Text of the header: numbers replaced, pieces taken out, put in and doubled. Its length is then right again. */
function mutateHeader(file: Uint8Array, below: Below): Uint8Array {
  const length = new DataView(file.buffer).getUint32(0, true);
  let header = String.fromCharCode(...file.subarray(8, 8 + length));
  for (let n = 1 + below(3); n > 0; n--) {
    const [i, j] = [below(header.length + 1), below(12)];
    const [before, after] = [header.slice(0, i), header.slice(i)];
    const kind = below(5);
    if (kind <= 1) header = before + after.replace(/\d+/, NUMBERS[below(NUMBERS.length)] as string);
    else if (kind === 2) header = before + after.slice(j);
    else if (kind === 3) header = before + PIECES[below(PIECES.length)] + after;
    else header = before + after.slice(0, j) + after;
  }
  const data = file.subarray(8 + length);
  const bytes = new Uint8Array(8 + header.length + data.length);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  for (let i = 0; i < header.length; i++) bytes[8 + i] = header.charCodeAt(i);
  bytes.set(data, 8 + header.length);
  return bytes;
}

/** `count` damaged files made of `seeds`. */
export function* mutations(seeds: readonly Uint8Array[], count: number, seed: number): Generator<Uint8Array> {
  const below = random(seed);
  for (let i = 0; i < count; i++) {
    const mutate = below(4) === 0 ? mutateFile : mutateHeader;
    yield mutate(seeds[below(seeds.length)] as Uint8Array, below);
  }
}
