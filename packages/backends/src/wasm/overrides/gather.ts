import { blocksOf, type KernelOverride } from "@kindling/core/device";
import { kernelsOf } from "../kernels/kernels-of.ts";
import { fused } from "./fused.ts";
import { elements, output } from "./heap.ts";

/** Bytes of an element. */
const WORD = 4;
/** Bytes of the index in one call, about. V8 exchanges a kernel's first code for optimized code between calls, never within one. */
const MOST = 65536;

/** `out[i][j] = x[index[i][j]][j]` for `dim` 0, and so on, in the backend's memory. */
export const gather: KernelOverride<"gather"> = (device, inputs, { dim }) => {
  const { x, index } = inputs;
  const kernels = kernelsOf(device);
  const blocks = blocksOf(x.shape, index.shape, dim);
  if (kernels === undefined || blocks === null || elements(device, x).BYTES_PER_ELEMENT !== WORD) {
    return fused.gather(device, inputs, { dim });
  }
  const out = output(device, index.shape, x.dtype);
  const address = (info: typeof x): number => elements(device, info).byteOffset;
  const [from, at, to] = [address(x), address(index), address(out)];
  const { outer, inner, size, picked } = blocks;
  const along = WORD * inner;
  // Along the last dimension a block is a row; along others it has many, all of which pick from the same block.
  const [width, side, step] = inner === 1 ? [WORD * picked, 0, WORD * size] : [along, WORD, 0];
  const block = inner === 1 ? outer * width : picked * width;
  const rows = Math.max(1, Math.floor(MOST / width)) * width;
  for (let done = 0, base = from; done < outer * picked * along; done += block, base += size * along) {
    for (let part = 0; part < block; part += rows) {
      const [start, end] = [done + part, done + Math.min(part + rows, block)];
      kernels.pick(base + (part / width) * step, at + start, at + end, to + start, width, along, side, step);
    }
  }
  return [out];
};
