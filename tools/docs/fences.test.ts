import { describe, expect, test } from "vitest";
import { checkValue } from "./check-value.ts";
import { examplesOf, fencesOf, withChecks } from "./fences.ts";

const page = ["# Title", "```ts", "const a = 1;", "```", "```ts no-run", "boom();", "```", "```sh", "ls", "```"];

describe("fencesOf", () => {
  test("takes the ts fences, with their lines", () => {
    expect(fencesOf(page.join("\n"))).toEqual([{ line: 3, code: "const a = 1;\n" }]);
  });

  test("goes on with a continued fence", () => {
    const more = [...page, "```ts", "const b = 2;", "```", "and", "```ts continued", "b; // => 2", "```"];
    expect(fencesOf(more.join("\n"))[1]).toEqual({ line: 12, code: "const b = 2;\nb; // => 2\n" });
  });
});

describe("examplesOf", () => {
  const fence = (words: string) => examplesOf(`\`\`\`${words}\nf();\n\`\`\``);

  test.each([
    ["ts", { check: "run" }],
    ["js", { check: "run" }],
    ["ts no-run", { check: "types" }],
    ["ts page", { check: "bundle" }],
    ["ts page worker.ts", { check: "bundle", file: "worker.ts" }],
  ])("%s", (words, expected) => {
    expect(fence(words)).toEqual([{ line: 2, code: "f();\n", ...expected }]);
  });

  test("a word that means nothing is an error", () => {
    expect(() => fence("ts norun")).toThrow('line 1: a fence cannot be "norun"');
  });

  test("a table goes on from the fence before it, each row on its line", () => {
    const text = [
      "```ts",
      "const x = 1;",
      "```",
      "",
      "| PyTorch | Kindling |",
      "|---|---|",
      "| `a` | `f(x \\| 1)`, or `g()` |",
      "| `b` | none |",
      "| `c` | `h()` |",
      "",
      "| Other | Table |",
      "|---|---|",
      "| `a` | `nothing()` |",
    ];
    expect(examplesOf(text.join("\n"))).toEqual([
      { check: "run", line: 2, code: "const x = 1;\n\n\n\n\n{ f(x | 1); } { g(); }\n\n{ h(); }\n" },
    ]);
    expect(() => examplesOf(text.slice(4).join("\n"))).toThrow("line 3: a table of code needs a fence before it");
  });

  test("a fence that runs may go on from one that is only shown", () => {
    const text = "```ts no-run\nf();\n```\n```ts continued\ng();\n```";
    expect(examplesOf(text).map(({ check, code }) => [check, code])).toEqual([
      ["types", "f();\n"],
      ["run", "f();\ng();\n"],
    ]);
  });
});

test("withChecks turns what a line says into a check", () => {
  const code = [
    "f(1); // => [1, 2]",
    "  const x = await g(); // => 3",
    'console.log(h()); // => "a; b"',
    "k(); // fine",
  ];
  expect(withChecks(code.join("\n"))).toBe(
    [
      "checkValue(f(1), [1, 2]);",
      "  const x = await g(); checkValue(x, 3);",
      'checkValue(h(), "a; b");',
      "k(); // fine",
    ].join("\n"),
  );
});

describe("checkValue", () => {
  test.each([
    [Math.fround(0.1), 0.1],
    [
      [1, [2.00001]],
      [1, [2]],
    ],
    [new Float32Array([1, 2]), [1, 2]],
    [{ a: "x" }, { a: "x" }],
    [Number.NaN, Number.NaN],
    [-0, 0],
  ])("%j is %j", (actual, expected) => {
    expect(() => checkValue(actual, expected)).not.toThrow();
  });

  test.each([
    [0.11, 0.1],
    [100001, 100000],
    [[1, 2], [1]],
    [[1], [1, 2]],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1, b: undefined }, { a: 1 }],
    ["1", 1],
    [[], {}],
    [Number.NaN, 1],
  ])("%j is not %j", (actual, expected) => {
    expect(() => checkValue(actual, expected)).toThrow("The page says");
  });
});
