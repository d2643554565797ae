import { noGrad, scope, stack, type Tensor } from "@kindling/core";
import type { Digits } from "@kindling/recipes";
import type { Command } from "commander";
import { loadDigits } from "../data/load-digits.ts";
import { openDevice } from "../open-device.ts";
import type { DataOptions } from "../options/train-options.ts";
import { drawDigit } from "../plot/draw-digit.ts";
import { loadNet } from "../run/load-net.ts";
import { hasColours, terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface PredictOptions extends DataOptions {
  readonly weights: string;
  readonly index: readonly number[];
  readonly device: string;
  readonly json?: boolean;
}

/** `kindling predict`: what a trained network takes images of the test data for. */
export async function predict(command: Command): Promise<void> {
  const options = command.opts<PredictOptions>();
  const device = await openDevice(options.device);
  const { net, model, dataset } = await loadNet(options.weights);
  const isGiven = command.getOptionValueSource("dataset") === "cli";
  const { test } = await loadDigits(
    { ...options, model, dataset: isGiven ? options.dataset : (dataset ?? options.dataset) },
    terminal.note,
  );
  const wrong = options.index.find((index) => index >= test.length);
  if (wrong !== undefined) {
    throw new UsageError(`--index ${wrong}: the test data has ${test.length} images, 0 to ${test.length - 1}`);
  }

  net.to(device);
  const probabilities = scope(() =>
    noGrad(() => net(stack(options.index.map((index) => test.get(index)[0])).to(device)).softmax(1)),
  );
  const rows = (await probabilities.toList()) as number[][];
  for (const [i, row] of rows.entries()) tell(test, options.index[i] as number, row, options.json === true);
}

function tell(test: Digits, index: number, probabilities: readonly number[], json: boolean): void {
  const prediction = argmax(probabilities);
  const probability = probabilities[prediction] as number;
  const truth = test.get(index)[1];
  if (json) {
    terminal.print(JSON.stringify({ index, prediction, truth, probability }));
    return;
  }
  const name = (label: number) => test.classes[label] ?? String(label);
  const verdict = prediction === truth ? "right" : "WRONG";
  terminal.print(draw(test.data.select(0, index)));
  terminal.print(
    `#${index}  prediction: ${name(prediction)} (${(100 * probability).toFixed(1)} %)  truth: ${name(truth)}  ${verdict}\n`,
  );
}

/** Where the greatest is; of a network that has diverged, where the first NaN is: it is the greatest to PyTorch. */
function argmax(values: readonly number[]): number {
  const diverged = values.findIndex(Number.isNaN);
  return diverged >= 0 ? diverged : values.indexOf(Math.max(...values));
}

function draw(image: Tensor): string {
  const [height = 0, width = 0] = image.shape;
  return drawDigit(image.toTypedArraySync(), height, width, hasColours());
}
