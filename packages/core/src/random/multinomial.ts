import { ShapeError, ValueError } from "../base/errors.ts";
import { exponential } from "./exponential.ts";
import { firstReaching } from "./first-reaching.ts";
import type { Generator } from "./generator.ts";

const NOTHING = "invalid multinomial distribution (sum of probabilities <= 0)";

/**
 * Indices of columns, drawn in proportion to the weights of each row (`torch.multinomial`). Without replacement, or for
 * one sample, they are those of the greatest `weight / q` with `q` of the exponential distribution; with replacement,
 * the first column whose cumulated weight reaches a uniform double. Sums and quotients are floats.
 *
 * Shapes: weights `[rows, columns]`, result `[rows, samples]`.
 *
 * @throws ValueError for weights that are negative, infinite, NaN or all 0 in a row; ShapeError for impossible `samples`.
 */
export function multinomial(
  generator: Generator,
  weights: ArrayLike<number>,
  rows: number,
  columns: number,
  samples: number,
  replacement = false,
): Int32Array {
  checkSamples(columns, samples, replacement);
  return replacement && samples > 1
    ? withReplacement(generator, weights, rows, columns, samples)
    : withoutReplacement(generator, weights, rows, columns, samples);
}

function withReplacement(
  generator: Generator,
  weights: ArrayLike<number>,
  rows: number,
  columns: number,
  samples: number,
): Int32Array {
  const out = new Int32Array(rows * samples);
  const cumulated = new Float32Array(columns);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const weight = weights[row * columns + j] as number;
      if (!(weight >= 0 && weight < Infinity)) {
        const found = weight < 0 ? "probability entry < 0" : "probability entry = infinity or NaN";
        throw invalid(`invalid multinomial distribution (encountering ${found})`, `row ${row} has ${weight}`);
      }
      sum = Math.fround(sum + weight);
      cumulated[j] = sum;
    }
    if (!(sum > 0)) throw invalid(NOTHING, `row ${row} adds up to ${sum}`);
    for (let j = 0; j < columns; j++) cumulated[j] = (cumulated[j] as number) / sum;
    cumulated[columns - 1] = 1;
    for (let k = 0; k < samples; k++) out[row * samples + k] = firstReaching(cumulated, generator.random53());
  }
  return out;
}

function withoutReplacement(
  generator: Generator,
  weights: ArrayLike<number>,
  rows: number,
  columns: number,
  samples: number,
): Int32Array {
  for (let i = 0; i < rows * columns; i++) {
    const weight = weights[i] as number;
    if (!(weight >= 0 && weight < Infinity)) {
      const rule = "probability tensor contains either `inf`, `nan` or element < 0";
      throw invalid(rule, `row ${Math.floor(i / columns)} has ${weight}`);
    }
  }
  for (let row = 0; row < rows; row++) {
    let any = false;
    for (let j = 0; j < columns && !any; j++) any = (weights[row * columns + j] as number) > 0;
    if (!any) throw invalid(NOTHING, `row ${row} adds up to 0`);
  }
  const scores = exponential(generator, rows * columns);
  for (let i = 0; i < scores.length; i++) scores[i] = (weights[i] as number) / (scores[i] as number);
  const out = new Int32Array(rows * samples);
  for (let row = 0; row < rows; row++) {
    out.set(greatest(scores.subarray(row * columns, (row + 1) * columns), samples), row * samples);
  }
  return out;
}

/** The indices of the `count` greatest values, the greatest first; of equal ones the earlier first. */
function greatest(values: Float32Array, count: number): Int32Array {
  if (count > 1) {
    const order = Int32Array.from(values.keys());
    return order.sort((a, b) => (values[b] as number) - (values[a] as number) || a - b).subarray(0, count);
  }
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return Int32Array.of(best);
}

function checkSamples(columns: number, samples: number, replacement: boolean): void {
  const got = `${samples} samples of ${columns} categories`;
  if (!(samples > 0)) {
    throw new ShapeError("multinomial", "cannot sample n_sample <= 0 samples", got, "Ask for at least one.");
  }
  if (!replacement && samples > columns) {
    const rule = "cannot sample n_sample > prob_dist.size(-1) samples without replacement";
    throw new ShapeError("multinomial", rule, got, "Ask for fewer, or pass { replacement: true }.");
  }
  if (columns > 2 ** 24) {
    throw new ShapeError("multinomial", "number of categories cannot exceed 2^24", got, "Draw a group first.");
  }
}

function invalid(rule: string, got: string): ValueError {
  return new ValueError("multinomial", rule, got, "Weights are finite, not negative, and not all 0.");
}
