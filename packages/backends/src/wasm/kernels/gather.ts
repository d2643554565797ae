import {
  add,
  below,
  constant,
  get,
  loadFloat,
  loadFour,
  loadInt,
  repeat,
  set,
  storeFloat,
  storeFour,
  tee,
  type WasmFunction,
} from "./assembler.ts";
import { COLUMNS } from "./tile.ts";

/** Packs panels of eight columns that are gathered from an image: `to[t][v] = image[points[v] + taps[t]]`. All offsets are in bytes. */
export interface GatherKernels {
  /** `points` and `taps` are tables of offsets, `taps` up to the address `end`. */
  gather(image: number, points: number, taps: number, end: number, to: number): void;
  /** The same where the eight points lie side by side; `image` is the first one's address. */
  gatherAdjacent(image: number, taps: number, end: number, to: number): void;
}

const columns = Array.from({ length: COLUMNS }, (_, v) => v);

export function gather(): WasmFunction {
  const [image, points, taps, end, to] = [0, 1, 2, 3, 4];
  const tap = 5;
  const place = (v: number): number => 6 + v;
  return {
    name: "gather",
    params: 5,
    locals: [1 + COLUMNS, 0],
    body: [
      ...columns.map((v) => set(place(v), add(get(image), loadInt(get(points), 4 * v)))),
      repeat(
        [
          set(tap, loadInt(get(taps), 0)),
          ...columns.map((v) => storeFloat(get(to), 4 * v, loadFloat(add(get(place(v)), get(tap))))),
          set(to, add(get(to), constant(4 * COLUMNS))),
        ],
        below(tee(taps, add(get(taps), constant(4))), get(end)),
      ),
    ],
  };
}

export function gatherAdjacent(): WasmFunction {
  const [image, taps, end, to] = [0, 1, 2, 3];
  const from = 4;
  return {
    name: "gatherAdjacent",
    params: 4,
    locals: [1, 0],
    body: [
      repeat(
        [
          set(from, add(get(image), loadInt(get(taps), 0))),
          storeFour(get(to), 0, loadFour(get(from), 0)),
          storeFour(get(to), 16, loadFour(get(from), 16)),
          set(to, add(get(to), constant(4 * COLUMNS))),
        ],
        below(tee(taps, add(get(taps), constant(4))), get(end)),
      ),
    ],
  };
}
