import { expect, test } from "vitest";
import type { Outcome } from "../run/contestant.ts";
import { compare } from "./compare.ts";

const contestant = (name: string) => ({ name, label: name, command: { absent: "" } });

test("a row for each measure and size, ratios round by round; what only one measures has none", () => {
  const outcomes = new Map<string, Outcome>([
    ["cpu", { rounds: [[{ size: 1, op: 2, block: 3 }], [{ size: 1, op: 20, block: 30 }]] }],
    ["cpu@abc", { rounds: [[{ size: 1, op: 1 }], [{ size: 1, op: 40 }]] }],
    ["wasm", { rounds: [[{ epoch: 1, ms: 5 }]] }],
    ["wasm@abc", { absent: "no wasm" }],
  ]);
  const pairs = ["cpu", "wasm"].map((name) => ({ here: contestant(name), there: contestant(`${name}@abc`) }));
  expect(compare(outcomes, pairs, { folder: "older", name: "abc" })).toMatchInlineSnapshot(`
    "| program            | here |  abc | ratio |
    | ------------------ | ---: | ---: | ----: |
    | cpu, size 1: op    |   11 | 20.5 | 1.25x |
    | cpu, size 1: block | 16.5 |    - |     - |
    | wasm: ms           |    5 |    - |     - |

    Medians of all samples; ratios are taken round by round, and their median is shown."
  `);
});
