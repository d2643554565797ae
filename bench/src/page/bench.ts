import type { Bench, BenchOptions } from "../bench.ts";
import { bestOf, medianOf, ratioOf } from "../report/outcomes.ts";
import { number, table, times } from "../report/table.ts";
import { node } from "../run/commands.ts";
import { type Contestant, isAbsent, type Outcome } from "../run/contestant.ts";

/** What the page promises: milliseconds, and how many times Node's time a step may take. */
const GOALS = { longTaskMs: 50, strokeMs: 100, pauseMs: 200, slower: 1.3 } as const;

/** The page while it trains: how it answers, and how fast it is. */
export const page: Bench = {
  name: "page",
  about: "the page in Chromium while it trains on wasm: long tasks, a stroke, a pause; steps a second beside Node",
  defaults: { rounds: 3, epochs: 3 },
  contestants,
  tell,
};

function contestants(options: BenchOptions): Contestant[] {
  const args = ["--epochs", String(options.epochs), "--root", options.root, "--device", "wasm"];
  return [
    { name: "node", label: "Node", command: node("page/in-node.ts", args, options) },
    { name: "page", label: "the page, watched", command: node("page/in-page.ts", args, options) },
  ];
}

function tell(outcomes: ReadonlyMap<string, Outcome>, entered: readonly Contestant[]): string {
  const own = outcomes.get("page");
  const rows = entered.map(({ name, label }) => {
    const outcome = outcomes.get(name);
    const isThere = outcome !== undefined && !isAbsent(outcome);
    return [label, isThere ? number(medianOf(outcome, "stepsPerSecond")) : "cannot"];
  });
  const measures = [
    ["longest task of the main thread", number(bestOf(own, "longTaskMs")), number(medianOf(own, "longTaskMs"))],
    [
      "a stroke until its probabilities stand there",
      number(bestOf(own, "strokeMs")),
      number(medianOf(own, "strokeMs")),
    ],
    ["a pause until it has taken hold", number(bestOf(own, "pauseMs")), number(medianOf(own, "pauseMs"))],
  ];
  const notes =
    "784-128-10, batches of 500, seed 123. Each round is a browser of its own; strokes and pauses while it trains, several a round, the slowest of which counts. " +
    "A main thread without any task of 50 ms has a longest of 0: browsers report no shorter ones.";
  return [
    table(["a training on wasm", "steps/s"], rows),
    table(["while it trains, ms", "at worst", "median of rounds"], measures),
    notes,
    verdicts(own, outcomes.get("node")).join("\n"),
  ].join("\n\n");
}

function verdicts(own: Outcome | undefined, inNode: Outcome | undefined): string[] {
  const verdict = (value: number, most: number): string => (value <= most ? "met" : "MISSED");
  const longest = bestOf(own, "longTaskMs");
  const stroke = bestOf(own, "strokeMs");
  const pause = bestOf(own, "pauseMs");
  const slower = ratioOf(inNode, own, "stepsPerSecond");
  return [
    `Goal: no task of the main thread over ${GOALS.longTaskMs} ms: ${verdict(longest, GOALS.longTaskMs)}, ${number(longest)} ms.`,
    `Goal: a stroke shows its probabilities within ${GOALS.strokeMs} ms: ${verdict(stroke, GOALS.strokeMs)}, ${number(stroke)} ms.`,
    `Goal: a pause takes hold within ${GOALS.pauseMs} ms: ${verdict(pause, GOALS.pauseMs)}, ${number(pause)} ms.`,
    `Goal: a step in the page takes at most ${GOALS.slower}x Node's: ${verdict(slower, GOALS.slower)}, ${times(slower)}.`,
  ];
}
