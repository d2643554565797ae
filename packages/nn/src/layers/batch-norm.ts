import { type Device, noGrad, ones, ShapeError, type Tensor, tensor, zeros } from "@kindling/core";
import { checkTensor, pythonRepr } from "@kindling/core/extend";
import { Buffer } from "../buffer.ts";
import { batchNorm } from "../functional/batch-norm.ts";
import { Module } from "../module.ts";
import { checkLayerOptions } from "../options.ts";
import { Parameter } from "../parameter.ts";
import { checkSizes } from "./required-sizes.ts";

export interface BatchNormLayerOptions {
  /** Added to the variance. Default: 1e-5. */
  readonly eps?: number;
  /** The share of each new batch in the running statistics; `null` for the mean over all batches. Default: 0.1. */
  readonly momentum?: number | null;
  /** Whether to scale and shift each channel by learned numbers. Default: true. */
  readonly affine?: boolean;
  /** Whether to shift, where `affine`. Default: true. */
  readonly bias?: boolean;
  /** Whether to keep running statistics for evaluation; without, the batch's own are used there too. Default: true. */
  readonly trackRunningStats?: boolean;
  /** Where parameters and buffers live. Default: the cpu. */
  readonly device?: Device;
}

const OPTIONS = ["eps", "momentum", "affine", "bias", "trackRunningStats", "device"];

/** The base of `BatchNorm1d` and `BatchNorm2d`, which differ only in the inputs they take. */
export abstract class BatchNorm extends Module {
  static override readonly wireNames = {
    runningMean: "running_mean",
    runningVar: "running_var",
    numBatchesTracked: "num_batches_tracked",
  };
  /** PyTorch before 1.0 did not save it, and takes a state dict without it still. */
  static readonly optionalState = ["num_batches_tracked"];

  readonly numFeatures: number;
  eps: number;
  momentum: number | null;
  readonly affine: boolean;
  readonly trackRunningStats: boolean;
  weight: Parameter | null;
  bias: Parameter | null;
  runningMean: Buffer | null;
  runningVar: Buffer | null;
  numBatchesTracked: Buffer | null;

  constructor(name: string, numFeatures: number, options: BatchNormLayerOptions) {
    super();
    checkSizes(name, { numFeatures });
    checkLayerOptions(name, options, OPTIONS);
    const { eps = 1e-5, momentum = 0.1, affine = true, bias = true, trackRunningStats = true } = options;
    this.numFeatures = numFeatures;
    this.eps = eps;
    this.momentum = momentum;
    this.affine = affine;
    this.trackRunningStats = trackRunningStats;
    this.weight = affine ? new Parameter(ones([numFeatures])) : null;
    this.bias = affine && bias ? new Parameter(zeros([numFeatures])) : null;
    this.runningMean = trackRunningStats ? new Buffer(zeros([numFeatures])) : null;
    this.runningVar = trackRunningStats ? new Buffer(ones([numFeatures])) : null;
    this.numBatchesTracked = trackRunningStats ? new Buffer(tensor(0, { dtype: "int64" })) : null;
    if (options.device !== undefined) this.to(options.device);
  }

  /** Whether it takes inputs of so many dimensions. */
  protected abstract takes(ndim: number): boolean;

  /** `4D`, `2D or 3D`: for messages. */
  protected abstract readonly expected: string;

  /** Forgets the batches that were seen. */
  resetRunningStats(): void {
    noGrad(() => {
      this.runningMean?.zero_();
      this.runningVar?.fill_(1);
      this.numBatchesTracked?.zero_();
    });
  }

  /** Sets the parameters to 1 and 0, and forgets the batches that were seen. */
  resetParameters(): void {
    this.resetRunningStats();
    noGrad(() => {
      this.weight?.fill_(1);
      this.bias?.zero_();
    });
  }

  override forward(x: Tensor): Tensor {
    checkTensor(this.constructor.name, x);
    if (!this.takes(x.ndim)) {
      const rule = `expected ${this.expected} input (got ${x.ndim}D input)`;
      throw new ShapeError(this.constructor.name, rule, "", "Inputs are [N, C, ...]; one sample is x.unsqueeze(0).");
    }
    const { weight, bias, eps } = this;
    const updates = this.training && this.trackRunningStats;
    if (updates) this.numBatchesTracked?.add_(1);
    const keeps = !this.training || this.trackRunningStats;
    const runningMean = keeps ? this.runningMean : null;
    const runningVar = keeps ? this.runningVar : null;
    const training = this.training || (runningMean === null && runningVar === null);
    return batchNorm(x, runningMean, runningVar, { weight, bias, training, momentum: this.#share(updates), eps });
  }

  /** The share of the batch in the running statistics; one in n, where only the device knows n, for their mean. */
  #share(updates: boolean): number | Tensor {
    if (this.momentum !== null) return this.momentum;
    return updates && this.numBatchesTracked !== null ? this.numBatchesTracked.float().reciprocal() : 0;
  }

  override extraRepr(): string {
    const { numFeatures, eps, momentum, affine, trackRunningStats } = this;
    return `${numFeatures}, eps=${pythonRepr(eps)}, momentum=${pythonRepr(momentum)}, affine=${pythonRepr(affine)}, bias=${pythonRepr(this.bias !== null)}, track_running_stats=${pythonRepr(trackRunningStats)}`;
  }
}
