import { type Generator, ValueError } from "@kindling/core";
import { firstReaching } from "@kindling/core/extend";

/**
 * Positions drawn in proportion to `weights`, as `torch.multinomial` draws from doubles. With replacement (and for more
 * than one sample) each is the first whose cumulated share reaches a uniform number; else they are those of the greatest
 * `weight / e` with `e` of the exponential distribution, the greatest first.
 */
export function multinomial(
  generator: Generator,
  weights: Float64Array,
  samples: number,
  replacement: boolean,
): Int32Array {
  check(weights, samples, replacement);
  if (!replacement || samples === 1) {
    const scores = weights.map((weight) => weight / -Math.log1p(-generator.random53()));
    const order = Int32Array.from(scores.keys());
    return order.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b).subarray(0, samples);
  }
  let sum = 0;
  const cumulated = weights.map((weight) => {
    sum += weight;
    return sum;
  });
  const shares = cumulated.map((value) => value / sum);
  shares[shares.length - 1] = 1;
  return Int32Array.from({ length: samples }, () => firstReaching(shares, generator.random53()));
}

function check(weights: Float64Array, samples: number, replacement: boolean): void {
  let rule = "";
  if (!replacement && samples > weights.length) {
    rule = "cannot sample n_sample > prob_dist.size(-1) samples without replacement";
  } else if (weights.some((weight) => !(weight >= 0 && weight < Infinity))) {
    rule = "probability tensor contains either `inf`, `nan` or element < 0";
  } else if (!weights.some((weight) => weight > 0)) {
    rule = "invalid multinomial distribution (sum of probabilities <= 0)";
  }
  if (rule === "") return;
  throw new ValueError(
    "WeightedRandomSampler",
    rule,
    `${samples} samples of ${weights.length} weights`,
    "Weights are finite and not negative, and not all 0; without replacement there are as many samples at most.",
  );
}
