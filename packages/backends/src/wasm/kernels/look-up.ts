import {
  add,
  below,
  constant,
  get,
  loadByte,
  loadFloat,
  repeat,
  set,
  shiftLeft,
  storeFloat,
  tee,
  type WasmFunction,
} from "./assembler.ts";

/** Bytes that are looked up at a time. */
export const AT_ONCE = 8;

export interface LookUpKernel {
  /** `out[i] = table[bytes[i]]` until the address `end`, a multiple of 8 bytes on; `out` and `table` are floats. */
  lookUp(bytes: number, table: number, out: number, end: number): void;
}

const places = Array.from({ length: AT_ONCE }, (_, i) => i);

export function lookUp(): WasmFunction {
  const [bytes, table, out, end] = [0, 1, 2, 3];
  const entry = (i: number) => add(get(table), shiftLeft(loadByte(get(bytes), i), constant(2)));
  return {
    name: "lookUp",
    params: 4,
    locals: [0, 0],
    body: [
      repeat(
        [
          ...places.map((i) => storeFloat(get(out), 4 * i, loadFloat(entry(i)))),
          set(out, add(get(out), constant(4 * AT_ONCE))),
        ],
        below(tee(bytes, add(get(bytes), constant(AT_ONCE))), get(end)),
      ),
    ],
  };
}
