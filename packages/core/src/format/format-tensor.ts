import { defaultDtype } from "../base/default-dtype.ts";
import type { DType } from "../base/dtype.ts";
import { numel, type Shape } from "../base/shape.ts";
import { type ElementFormatter, elementFormatter } from "./element-formatter.ts";
import { getPrintOptions, type PrintOptions } from "./print-options.ts";
import { isSummarised, shownElements, shownOfDimension } from "./summary.ts";

/** The parts of a tensor's print form. */
export interface TensorContents {
  /** The elements in row-major order; a function is asked only for those that are shown. */
  data: ArrayLike<number> | ((flatIndex: number) => number);
  shape: Shape;
  dtype: DType;
  /** Named behind the elements; absent for the cpu. */
  device?: string;
  requiresGrad?: boolean;
  /** The name of the node that made it, e.g. "MulBackward0". */
  gradFn?: string | null;
}

const PREFIX = "tensor(";

/** PyTorch's print form: `tensor([1., 2.], requires_grad=True)`. */
export function formatTensor(contents: TensorContents): string {
  const options = getPrintOptions();
  const text = PREFIX + elements(contents, PREFIX.length, options);
  return addSuffixes(text, suffixesOf(contents, options), options.linewidth);
}

/** PyTorch's print form of a Parameter. */
export function formatParameter(contents: TensorContents): string {
  return `Parameter containing:\n${formatTensor(contents)}`;
}

/** The elements in brackets; lines after the first are indented by `indent`. */
function elements({ data, shape, dtype }: TensorContents, indent: number, options: PrintOptions): string {
  if (numel(shape) === 0) return "[]";
  const read = typeof data === "function" ? data : (i: number) => data[i] as number;
  const values = shownElements(shape, options).map(read);
  const formatter = elementFormatter(values, dtype, options);
  if (shape.length === 0) return formatter.format(values[0] as number);
  let at = 0;
  return brackets(shape, indent, isSummarised(shape, options), formatter, options, () => values[at++] as number);
}

/** One level of brackets; `next` hands out the shown values in order. */
function brackets(
  shape: Shape,
  indent: number,
  summarise: boolean,
  formatter: ElementFormatter,
  options: PrintOptions,
  next: () => number,
): string {
  const [size = 0, ...inner] = shape;
  const [shown, gap] = shownOfDimension(size, summarise, options.edgeitems);
  const parts = shown.map(() =>
    inner.length === 0 ? formatter.format(next()) : brackets(inner, indent + 1, summarise, formatter, options, next),
  );
  if (gap) parts.splice(options.edgeitems, 0, inner.length === 0 && parts.length > 0 ? " ..." : "...");
  const margin = " ".repeat(indent + 1);
  if (inner.length > 0) return `[${parts.join(`,${"\n".repeat(inner.length)}${margin}`)}]`;
  const perLine = Math.max(1, Math.floor((options.linewidth - indent) / (formatter.width + 2)));
  const lines: string[] = [];
  for (let i = 0; i < parts.length; i += perLine) lines.push(parts.slice(i, i + perLine).join(", "));
  return `[${lines.join(`,\n${margin}`)}]`;
}

function suffixesOf(contents: TensorContents, options: PrintOptions): string[] {
  const { shape, dtype, device, requiresGrad = false, gradFn } = contents;
  const empty = numel(shape) === 0;
  const suffixes: string[] = [];
  if (device !== undefined) suffixes.push(`device='${device}'`);
  if (empty ? shape.length !== 1 : options.edgeitems === 0) suffixes.push(`size=${formatTuple(shape)}`);
  // Elements show whether they are floats, integers or bools.
  const isDefault = dtype === defaultDtype() || (!empty && (dtype === "int64" || dtype === "bool"));
  if (!isDefault) suffixes.push(`dtype=torch.${dtype}`);
  if (gradFn) suffixes.push(`grad_fn=<${gradFn}>`);
  else if (requiresGrad) suffixes.push("requires_grad=True");
  return suffixes;
}

function formatTuple(shape: Shape): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** Appends each suffix on the last line, or on a new one where it would go beyond the width. */
function addSuffixes(text: string, suffixes: readonly string[], linewidth: number): string {
  let out = text;
  let length = text.length - text.lastIndexOf("\n") + 1;
  for (const suffix of suffixes) {
    if (length + suffix.length + 2 > linewidth) {
      out += `,\n${" ".repeat(PREFIX.length)}${suffix}`;
      length = PREFIX.length + suffix.length;
    } else {
      out += `, ${suffix}`;
      length += suffix.length + 2;
    }
  }
  return `${out})`;
}
