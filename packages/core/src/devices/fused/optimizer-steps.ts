import type { AdamStepAttributes, SGDStepAttributes } from "../../device/kernels.ts";

// Every result is rounded to a float where the composition of kernels rounds it, so that both give the same bits.
const { fround } = Math;

/** The numbers of SGD's step, to be rounded to floats. */
export function sgdFactors({ lr, momentum, dampening, weightDecay, maximize }: SGDStepAttributes) {
  return { sign: maximize ? -1 : 1, decay: weightDecay, momentum, taken: 1 - dampening, rate: -lr };
}

/** The numbers of Adam's step, to be rounded to floats. */
export function adamFactors(attrs: AdamStepAttributes) {
  const { lr, beta1, beta2, step, weightDecay, decoupledWeightDecay, maximize } = attrs;
  return {
    sign: maximize ? -1 : 1,
    shrink: decoupledWeightDecay ? 1 - lr * weightDecay : 1,
    decay: decoupledWeightDecay ? 0 : weightDecay,
    fresh: 1 - beta1,
    kept: beta2,
    freshSq: 1 - beta2,
    stepSize: lr / (1 - beta1 ** step),
    correction: Math.sqrt(1 - beta2 ** step),
    eps: attrs.eps,
  };
}

/** SGD's step: the parameter to `out`, and with momentum its buffer to `outBuffer`; `buffer` is null before the first. */
export function sgdStepInto(
  parameter: Float32Array,
  grad: Float32Array,
  buffer: Float32Array | null,
  attrs: SGDStepAttributes,
  out: Float32Array,
  outBuffer: Float32Array | null,
): void {
  const { nesterov } = attrs;
  const { sign, ...factors } = sgdFactors(attrs);
  const [rate, momentum] = [fround(factors.rate), fround(factors.momentum)];
  const [decay, taken] = [fround(factors.decay), fround(factors.taken)];
  for (let i = 0; i < out.length; i++) {
    const p = parameter[i] as number;
    let d = sign * (grad[i] as number);
    if (decay !== 0) d = fround(d + fround(p * decay));
    if (outBuffer !== null) {
      const next = buffer === null ? d : fround(fround((buffer[i] as number) * momentum) + fround(d * taken));
      outBuffer[i] = next;
      d = nesterov ? fround(d + fround(next * momentum)) : next;
    }
    out[i] = fround(p + fround(d * rate));
  }
}

/** The arrays of Adam's step, before or after it; `maxExpAvgSq` is null without AMSGrad. */
export interface AdamArrays {
  readonly parameter: Float32Array;
  readonly expAvg: Float32Array;
  readonly expAvgSq: Float32Array;
  readonly maxExpAvgSq: Float32Array | null;
}

/** Adam's step, from one set of arrays to another. */
export function adamStepInto(from: AdamArrays, grad: Float32Array, attrs: AdamStepAttributes, to: AdamArrays): void {
  const { sign, ...factors } = adamFactors(attrs);
  const [shrink, decay] = [fround(factors.shrink), fround(factors.decay)];
  const [fresh, kept, freshSq] = [fround(factors.fresh), fround(factors.kept), fround(factors.freshSq)];
  const [stepSize, correction] = [fround(factors.stepSize), fround(factors.correction)];
  const eps = fround(factors.eps);
  const { parameter, expAvg, expAvgSq, maxExpAvgSq } = from;
  for (let i = 0; i < grad.length; i++) {
    const p = fround((parameter[i] as number) * shrink);
    let g = sign * (grad[i] as number);
    if (decay !== 0) g = fround(g + fround((parameter[i] as number) * decay));
    const before = expAvg[i] as number;
    const m = fround(before + fround(fround(g - before) * fresh));
    const v = fround(fround((expAvgSq[i] as number) * kept) + fround(fround(g * freshSq) * g));
    to.expAvg[i] = m;
    to.expAvgSq[i] = v;
    let largest = v;
    if (maxExpAvgSq !== null && to.maxExpAvgSq !== null) {
      const most = maxExpAvgSq[i] as number;
      // NaN stays, on either side.
      largest = most > v || Number.isNaN(most) ? most : v;
      to.maxExpAvgSq[i] = largest;
    }
    const denominator = fround(fround(fround(Math.sqrt(largest)) / correction) + eps);
    to.parameter[i] = fround(p - fround(fround(m * stepSize) / denominator));
  }
}
