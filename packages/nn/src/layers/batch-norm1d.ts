import { surplusArguments } from "@kindling/core/extend";
import { BatchNorm, type BatchNormLayerOptions } from "./batch-norm.ts";

/**
 * Normalises each channel over the batch and its positions: `y = (x - mean) / sqrt(var + eps) * weight + bias`, with the statistics of the
 * batch in training and the running ones in evaluation. Shapes: x and y `[N, C]` or `[N, C, L]`. Print form and options are PyTorch 2.15's.
 *
 * @throws ShapeError `expected 2D or 3D input (got 5D input)`
 * @throws ValueError `Expected more than 1 value per channel when training, got input size torch.Size([1, 3])`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html
 */
export class BatchNorm1d extends BatchNorm {
  constructor(numFeatures: number, options: BatchNormLayerOptions = {}) {
    if (arguments.length > 2) throw surplusArguments("new BatchNorm1d(numFeatures, options?)", arguments.length);
    super("BatchNorm1d", numFeatures, options);
  }

  protected override get expected(): string {
    return "2D or 3D";
  }

  protected override takes(ndim: number): boolean {
    return ndim === 2 || ndim === 3;
  }
}
