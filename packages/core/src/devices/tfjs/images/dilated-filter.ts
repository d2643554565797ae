import type { Pair } from "../../images/attributes.ts";
import type { TensorInfo } from "../handle.ts";
import { type Steps, viewed } from "./steps.ts";

/** The size of a filter with its gaps. */
export function dilatedSize(size: Pair, dilations: Pair): Pair {
  return [(size[0] - 1) * dilations[0] + 1, (size[1] - 1) * dilations[1] + 1];
}

/** A filter `[kh, kw, in, out]` with zeros in the gaps that dilation leaves: convolving with it needs no dilation. */
export function dilatedFilter(steps: Steps, filter: TensorInfo, dilations: Pair): TensorInfo {
  const [kh, kw, channels, outputs] = filter.shape as [number, number, number, number];
  const [dh, dw] = dilations;
  const depth = channels * outputs;
  // Rows, then columns: each gets its zeros behind it.
  const tall = steps.padded(viewed(filter, [kh, 1, kw * depth]), [
    [0, 0],
    [0, dh - 1],
    [0, 0],
  ]);
  const wide = steps.padded(viewed(tall, [kh * dh, kw, 1, depth]), [
    [0, 0],
    [0, 0],
    [0, dw - 1],
    [0, 0],
  ]);
  const [height, width] = dilatedSize([kh, kw], dilations);
  return steps.sliced(
    viewed(wide, [kh * dh, kw * dw, channels, outputs]),
    [0, 0, 0, 0],
    [height, width, channels, outputs],
  );
}
