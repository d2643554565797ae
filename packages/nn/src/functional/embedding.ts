import { DTypeError, embeddingRenorm_, type Tensor, embedding as take, ValueError } from "@kindling/core";
import { checkOptions, checkTensor, isFloat, scalarTypeName } from "@kindling/core/extend";

export interface EmbeddingFunctionOptions {
  /** The row that gets no gradient; negative ones count from the end. Default: none. */
  readonly paddingIdx?: number | null;
  /** Rows that are asked for and longer than this are shortened to it, in place. Default: no limit. */
  readonly maxNorm?: number | null;
  /** The p of that length. Default: 2. */
  readonly normType?: number;
  /** Whether the gradient of a row is divided by how often it is asked for in the batch. Default: false. */
  readonly scaleGradByFreq?: boolean;
}

/**
 * The rows of `weight` that `index` names. Shapes: index `[*]` (int32 or uint8), weight `[rows, size]`, result `[*, size]`. The range is
 * checked where the index can be read without waiting for the device.
 *
 * @throws IndexOutOfRangeError `index out of range in self`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html
 */
export function embedding(index: Tensor, weight: Tensor, options: EmbeddingFunctionOptions = {}): Tensor {
  checkTensor("embedding", index, "index", 1);
  checkTensor("embedding", weight, "weight", 2);
  checkOptions("embedding", options, ["paddingIdx", "maxNorm", "normType", "scaleGradByFreq"]);
  const { maxNorm = null, normType = 2, scaleGradByFreq = false } = options;
  const paddingIdx = checkPadding("embedding", options.paddingIdx ?? null, weight.shape[0] as number);
  if (isFloat(index.dtype) || index.dtype === "bool") {
    const type = index.dtype === "bool" ? "CPUBoolType" : `torch.${scalarTypeName(index.dtype)}Tensor`;
    throw new DTypeError(
      "embedding",
      `Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got ${type} instead (while checking arguments for embedding)`,
      "",
      'Rows are named by whole numbers: index.to("int32").',
    );
  }
  if (maxNorm !== null) embeddingRenorm_(weight, index, maxNorm, normType);
  return take(index, weight, { scaleGradByFreq, ...(paddingIdx !== null && { paddingIdx }) });
}

/** The padding row counted from the start; null for none. */
export function checkPadding(op: string, paddingIdx: number | null, rows: number): number | null {
  if (paddingIdx === null) return null;
  if (paddingIdx >= rows || paddingIdx < -rows) {
    throw new ValueError(
      op,
      "Padding_idx must be within num_embeddings",
      `got ${paddingIdx} of ${rows}`,
      "It is the number of a row.",
    );
  }
  return paddingIdx < 0 ? rows + paddingIdx : paddingIdx;
}
