import type { Run } from "../runs/run.ts";
import type { Say } from "../text/text.ts";

/** Four decimals, as the notes print. */
export function four(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? "–" : value.toFixed(4);
}

export function percent(value: number): string {
  return Number.isFinite(value) ? `${(100 * value).toFixed(2)}%` : "–";
}

/** What people call a run. */
export function nameOf(run: Run, say: Say): string {
  return run.file === null ? say("run", { number: run.number }) : say("runFile", { file: run.file });
}

/** What it was trained with, in a few words. */
export function describe({ settings, file, startsFrom }: Run, say: Say): string {
  const { model, layers, hidden, activation, batchSize, lr, optimizer, seed, dataset } = settings;
  const network = model === "cnn" ? "describe.cnn" : layers === 1 ? "describe.mlp" : "describe.mlp2";
  const words = [say(network, { hidden, activation: say(`activation.${activation}`) })];
  if (startsFrom !== undefined) words.push(say("describe.from", { file: startsFrom.file }));
  if (file === null) {
    words.push(say("describe.batch", { batchSize }));
    if (optimizer !== "sgd") words.push(say(`optimizer.${optimizer}`));
    words.push(say("describe.lr", { lr }), say("describe.seed", { seed }));
  }
  if (dataset !== "mnist") words.push("Fashion-MNIST");
  return words.join(", ");
}

/** Seconds or minutes, whichever tell more. */
export function duration(seconds: number, say: Say): string {
  return seconds < 90 ? say("seconds", { n: Math.ceil(seconds) }) : say("minutes", { n: Math.ceil(seconds / 60) });
}
