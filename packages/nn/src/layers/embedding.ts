import {
  arange,
  type Device,
  DTypeError,
  embeddingRenorm_,
  noGrad,
  ShapeError,
  scope,
  type Tensor,
  embedding as take,
  ValueError,
  zeros,
} from "@kindling/core";
import {
  checkOptions,
  checkTensor,
  formatShape,
  isFloat,
  pythonFloat,
  scalarTypeName,
  surplusArguments,
} from "@kindling/core/extend";
import { normal_ } from "../init/normal.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";
import { Parameter } from "../parameter.ts";
import { checkSizes } from "./required-sizes.ts";

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
 * The rows of `weight` that `index` names. Shapes: index `[*]` (int64, int32 or uint8), weight `[rows, size]`, result `[*, size]`. The range is
 * checked where the index can be read without waiting for the device.
 *
 * @throws IndexOutOfRangeError `index out of range in self`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html
 */
export function embedding(index: Tensor, weight: Tensor, options: EmbeddingFunctionOptions = {}): Tensor {
  if (arguments.length > 3) throw surplusArguments("embedding(index, weight, options?)", arguments.length);
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
      "Rows are named by whole numbers: index.long().",
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

export interface EmbeddingLayerOptions extends EmbeddingFunctionOptions {
  /** Where the parameter lives. Default: the cpu. */
  readonly device?: Device;
}

export interface FromPretrainedOptions extends EmbeddingFunctionOptions {
  /** Whether the rows are kept from learning. Default: true. */
  readonly freeze?: boolean;
}

const OPTIONS = ["paddingIdx", "maxNorm", "normType", "scaleGradByFreq"];

/**
 * A learned row for each of `numEmbeddings` things, drawn from `N(0, 1)`; the padding row is 0. Shapes: index `[*]` (int64, int32 or uint8),
 * weight `[numEmbeddings, embeddingDim]`, result `[*, embeddingDim]`.
 *
 * @throws IndexOutOfRangeError `index out of range in self`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html
 */
export class Embedding extends Module {
  numEmbeddings: number;
  readonly embeddingDim: number;
  paddingIdx: number | null;
  maxNorm: number | null;
  normType: number;
  scaleGradByFreq: boolean;
  weight: Parameter;

  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingLayerOptions = {}) {
    if (arguments.length > 3)
      throw surplusArguments("new Embedding(numEmbeddings, embeddingDim, options?)", arguments.length);
    super();
    checkSizes("Embedding", { numEmbeddings, embeddingDim });
    checkLayerOptions("Embedding", options, [...OPTIONS, "device"]);
    this.numEmbeddings = numEmbeddings;
    this.embeddingDim = embeddingDim;
    this.paddingIdx = checkPadding("Embedding", options.paddingIdx ?? null, numEmbeddings);
    this.maxNorm = options.maxNorm ?? null;
    this.normType = options.normType ?? 2;
    this.scaleGradByFreq = options.scaleGradByFreq ?? false;
    this.weight = new Parameter(zeros([numEmbeddings, embeddingDim]));
    this.resetParameters();
    if (options.device !== undefined) this.to(options.device);
  }

  /** A layer over these rows, `[numEmbeddings, embeddingDim]`, which do not learn unless `freeze` is false. Nothing is drawn. */
  static fromPretrained(rows: Tensor, options: FromPretrainedOptions = {}): Embedding {
    if (arguments.length > 2) throw surplusArguments("Embedding.fromPretrained(rows, options?)", arguments.length);
    checkTensor("fromPretrained", rows, "embeddings");
    checkLayerOptions("fromPretrained", options, ["freeze", ...OPTIONS]);
    const { freeze = true, paddingIdx = null, ...more } = options;
    const [numEmbeddings, embeddingDim, ...rest] = rows.shape;
    if (numEmbeddings === undefined || embeddingDim === undefined || rest.length > 0) {
      throw new ShapeError(
        "fromPretrained",
        "Embeddings parameter is expected to be 2-dimensional",
        `the shape is ${formatShape(rows.shape)}`,
        "One row for each thing.",
      );
    }
    const layer = new Embedding(0, embeddingDim, more);
    layer.weight.dispose();
    layer.numEmbeddings = numEmbeddings;
    layer.paddingIdx = checkPadding("fromPretrained", paddingIdx, numEmbeddings);
    layer.weight = new Parameter(rows, { requiresGrad: !freeze });
    return layer;
  }

  /** Draws the rows anew. */
  resetParameters(): void {
    if (arguments.length > 0) throw surplusArguments("Embedding.resetParameters()", arguments.length);
    normal_(this.weight);
    const { paddingIdx, weight } = this;
    if (paddingIdx === null) return;
    noGrad(() =>
      scope(() => {
        const rows = arange(this.numEmbeddings, { device: weight.device }).reshape([-1, 1]);
        weight.maskedFill_(rows.eq(paddingIdx), 0);
      }),
    );
  }

  override forward(index: Tensor): Tensor {
    if (arguments.length > 1) throw surplusArguments("Embedding.forward(index)", arguments.length);
    const { weight, paddingIdx, maxNorm, normType, scaleGradByFreq } = this;
    return embedding(index, weight, { paddingIdx, maxNorm, normType, scaleGradByFreq });
  }

  override extraRepr(): string {
    if (arguments.length > 0) throw surplusArguments("Embedding.extraRepr()", arguments.length);
    const { numEmbeddings, embeddingDim, paddingIdx, maxNorm, normType, scaleGradByFreq } = this;
    return [
      `${numEmbeddings}, ${embeddingDim}`,
      ...(paddingIdx === null ? [] : [`padding_idx=${paddingIdx}`]),
      ...(maxNorm === null ? [] : [`max_norm=${pythonFloat(maxNorm)}`]),
      ...(normType === 2 ? [] : [`norm_type=${pythonFloat(normType)}`]),
      ...(scaleGradByFreq ? ["scale_grad_by_freq=True"] : []),
    ].join(", ");
  }
}
