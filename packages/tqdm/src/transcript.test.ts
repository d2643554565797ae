import { describe, expect, test } from "vitest";
import type { TqdmOptions } from "./options.ts";
import { tqdm } from "./tqdm.ts";
import type { TqdmBar } from "./tqdm-bar.ts";
import { trange } from "./trange.ts";
import golden from "./transcript.golden.json" with { type: "json" };

type Step = number | "break" | [seconds: number, times: number] | [method: string, argument: unknown];
interface Scenario {
  name: string;
  iterable?: number;
  options: Omit<TqdmOptions, "total"> & { total?: number | "unknown" };
  steps: Step[];
  expected: string;
}

class Recorder {
  text = "";
  write(text: string): void {
    this.text += text;
  }
}

const METHODS: Record<string, (bar: TqdmBar, argument: never) => unknown> = {
  update: (bar, n: number) => bar.update(n),
  set_description: (bar, desc: string | null) => bar.setDescription(desc),
  set_description_str: (bar, desc: string) => bar.setDescriptionStr(desc),
  set_postfix: (bar, values: Record<string, unknown>) => bar.setPostfix(values),
  set_postfix_str: (bar, text: string) => bar.setPostfixStr(text),
  unpause: (bar) => bar.unpause(),
  reset: (bar, total: number) => bar.reset(total),
  clear: (bar) => bar.clear(),
  refresh: (bar) => bar.refresh(),
  close: (bar) => bar.close(),
};

/** The steps as single ones: a number is one item and the seconds it takes. */
function* single(steps: Step[]): Generator<number | "break" | [string, unknown]> {
  for (const step of steps) {
    if (!Array.isArray(step)) yield step;
    else if (typeof step[0] === "string") yield [step[0], step[1]];
    else for (let i = 0; i < Number(step[1]); i++) yield step[0];
  }
}

function play({ iterable, options: { total, ...options }, steps }: Scenario): string {
  let now = 1000;
  const file = new Recorder();
  const given: TqdmOptions = { ...options, file, time: () => now };
  if (typeof total === "number") given.total = total;
  const count = iterable ?? 0;
  const items = total === "unknown" ? new Set(Array(count).keys()).values() : Array(count).fill(0);
  const over = iterable === undefined ? null : tqdm(items, given);
  const bar = over ?? tqdm(given);
  const iterator = over?.[Symbol.iterator]();
  for (const step of single(steps)) {
    if (step === "break") iterator?.return?.();
    else if (typeof step === "number") {
      iterator?.next();
      now += step;
    } else METHODS[step[0]]?.(bar, step[1] as never);
  }
  if (iterator) expect(iterator.next().done).toBe(true);
  return file.text;
}

describe("everything written is what Python's tqdm writes", () => {
  test.each((golden.bars as unknown as Scenario[]).map((scenario) => [scenario.name, scenario] as const))(
    "%s",
    (_, scenario) => {
      expect(play(scenario)).toBe(scenario.expected);
    },
  );

  test("two loops, one in the other, and a line printed from within", () => {
    let now = 0;
    const file = new Recorder();
    const options = { file, time: () => now };
    for (const i of trange(2, { ...options, desc: "outer" })) {
      for (const _ of trange(3, { ...options, desc: "inner", leave: false })) now += 0.07;
      tqdm.write(`row ${i}`, { file });
    }
    expect(file.text).toBe(golden.nested[0]);
  });
});
