import { arange, type Device, noGrad, ShapeError, scope, type Tensor, zeros } from "@kindling/core";
import { checkTensor, formatShape, pythonFloat } from "@kindling/core/extend";
import { checkPadding, type EmbeddingFunctionOptions, embedding } from "../functional/embedding.ts";
import { normal_ } from "../init/normal.ts";
import { Module } from "../module.ts";
import { checkOptions } from "../options.ts";
import { Parameter } from "../parameter.ts";
import { checkSizes } from "./required-sizes.ts";

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
 * A learned row for each of `numEmbeddings` things, drawn from `N(0, 1)`; the padding row is 0. Shapes: index `[*]` (int32 or uint8),
 * weight `[numEmbeddings, embeddingDim]`, result `[*, embeddingDim]`.
 *
 * @throws IndexOutOfRangeError `index out of range in self`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html
 */
export class Embedding extends Module<[Tensor]> {
  numEmbeddings: number;
  readonly embeddingDim: number;
  paddingIdx: number | null;
  maxNorm: number | null;
  normType: number;
  scaleGradByFreq: boolean;
  weight: Parameter;

  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingLayerOptions = {}) {
    super();
    checkSizes("Embedding", { numEmbeddings, embeddingDim });
    checkOptions("Embedding", options, [...OPTIONS, "device"]);
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
    checkTensor("fromPretrained", rows, "embeddings");
    checkOptions("fromPretrained", options, ["freeze", ...OPTIONS]);
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
    normal_(this.weight);
    const { paddingIdx, weight } = this;
    if (paddingIdx === null) return;
    noGrad(() =>
      scope(() => {
        const rows = arange(this.numEmbeddings, { dtype: "int32", device: weight.device }).reshape([-1, 1]);
        weight.maskedFill_(rows.eq(paddingIdx), 0);
      }),
    );
  }

  override forward(index: Tensor): Tensor {
    const { weight, paddingIdx, maxNorm, normType, scaleGradByFreq } = this;
    return embedding(index, weight, { paddingIdx, maxNorm, normType, scaleGradByFreq });
  }

  override extraRepr(): string {
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
