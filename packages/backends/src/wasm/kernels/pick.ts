import {
  add,
  below,
  constant,
  get,
  loadFloat,
  loadInt,
  mul,
  repeat,
  set,
  storeFloat,
  tee,
  type WasmFunction,
} from "./assembler.ts";

/** One element for each position of an index. All lengths are in bytes. */
export interface PickKernel {
  /**
   * Rows of `width`, until the address `end` of the index: `out[r][i] = x[r step + i side + index[r][i] along]`. Elements have four bytes
   * and are moved as they are.
   */
  pick(
    x: number,
    index: number,
    end: number,
    out: number,
    width: number,
    along: number,
    side: number,
    step: number,
  ): void;
}

export function pick(): WasmFunction {
  const [x, index, end, out, width, along, side, step] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [from, rowEnd] = [8, 9];
  const place = add(get(from), mul(loadInt(get(index), 0), get(along)));
  return {
    name: "pick",
    params: 8,
    locals: [2, 0],
    body: [
      repeat(
        [
          set(from, get(x)),
          set(rowEnd, add(get(index), get(width))),
          repeat(
            [
              storeFloat(get(out), 0, loadFloat(place)),
              set(out, add(get(out), constant(4))),
              set(from, add(get(from), get(side))),
            ],
            below(tee(index, add(get(index), constant(4))), get(rowEnd)),
          ),
          set(x, add(get(x), get(step))),
        ],
        below(get(index), get(end)),
      ),
    ],
  };
}
