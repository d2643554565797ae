import { fromBuffer } from "@kindling/core";
import { surplusArguments } from "@kindling/core/extend";
import { isRecord, isTypedArray } from "./collate.ts";

/**
 * A sample without a batch: typed arrays become tensors, also inside arrays and plain objects; all else stays.
 *
 * @see https://pytorch.org/docs/stable/data.html#torch.utils.data.default_convert
 */
export function defaultConvert(sample: unknown): unknown {
  if (arguments.length > 1) throw surplusArguments("defaultConvert(sample)", arguments.length);
  if (isTypedArray(sample)) return fromBuffer(sample, [sample.length]);
  if (Array.isArray(sample)) return sample.map((value) => defaultConvert(value));
  if (!isRecord(sample)) return sample;
  return Object.fromEntries(Object.entries(sample).map(([key, value]) => [key, defaultConvert(value)]));
}
