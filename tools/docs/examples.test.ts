import { describe, expect, test } from "vitest";
import { problemsOfBundles } from "./bundle.ts";
import { modulesOf, problemsOfTypes } from "./compile.ts";
import { filesIn, pagesOf, workspace } from "./pages.ts";

const PATIENCE = 300_000;

const page = (...lines: string[]) => modulesOf([{ path: "docs/a.md", text: lines.join("\n") }], workspace);

describe("the examples of this repository", () => {
  const modules = modulesOf(pagesOf(workspace, filesIn(workspace)), workspace);

  test("compile", () => expect(problemsOfTypes(modules, workspace)).toEqual([]), PATIENCE);

  test("bundle for a browser where they need one", async () => {
    expect(await problemsOfBundles(modules, workspace)).toEqual([]);
  });
});

test(
  "an example with a wrong type is found, with its line",
  () => {
    const text = [
      "```ts no-run",
      'import { tensor } from "@kindling/core";',
      "tensor([1]).nope();",
      "```",
      "```ts no-run model.ts",
      "export const a = 1;",
      "```",
      "```ts page",
      'import { a } from "./model.ts";',
      "document.title = a;",
      "```",
    ];
    expect(problemsOfTypes(page(...text), workspace)).toEqual([
      expect.stringMatching(/^docs\/a.md:3: Property 'nope' does not exist/),
      expect.stringMatching(/^docs\/a.md:10: Type 'number' is not assignable to type 'string'/),
    ]);
  },
  PATIENCE,
);

test("an example for a page that imports Node is found, also through another fence", async () => {
  const text = ["```ts no-run files.ts", 'import "node:fs";', "```", "```ts page", 'import "./files.ts";', "```"];
  expect(await problemsOfBundles(page(...text), workspace)).toEqual([expect.stringContaining('resolve "node:fs"')]);
  expect(await problemsOfBundles(page("```ts no-run", 'import "node:fs";', "```"), workspace)).toEqual([]);
});
