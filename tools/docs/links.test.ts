import { describe, expect, test } from "vitest";
import { anchorsOf, checkLinks } from "./links.ts";

const repository = "https://github.com/someone/something";

/** What the check says of `text` on the page `path`, in a small repository. */
function problems(text: string, path = "README.md"): string[] {
  const pages = [
    { path, text },
    { path: "docs/guide.md", text: "# A guide\n\n## Saving & loading\n" },
    { path: "packages/core/README.md", text: "# core\n## Views\n" },
  ];
  const files = [...pages.map((page) => page.path), "docs/page.png", "packages/core/src/tensor/tensor.ts"];
  return checkLinks({ pages, files, repository, published: new Set(["packages/core", "packages/nn"]) });
}

describe("links that lead somewhere", () => {
  test.each([
    "[a guide](docs/guide.md)",
    "![a picture](docs/page.png)",
    "[loading](docs/guide.md#saving--loading)",
    "[core](packages/core)",
    "[core's views](packages/core#views)",
    "# Here\n[up](#here)",
    "[elsewhere](https://example.org/nowhere)",
    `[core](${repository}/tree/main/packages/core#views)`,
    `[guide](${repository}/blob/main/docs/guide.md)`,
    `[issues](${repository}/issues)`,
    "`[not](a-link)` and\n```md\n[nor](this)\n```",
    "`packages/core/src/tensor/tensor.ts`, `packages/*/src/tensor/tensor.ts`, `packages/<name>/src`",
    "[ref]\n\n[ref]: docs/guide.md",
  ])("%s", (text) => {
    expect(problems(text)).toEqual([]);
  });
});

describe("links that do not", () => {
  test.each([
    ["[a](docs/gone.md)", "README.md:1: docs/gone.md leads to no file"],
    ["\n![a](docs/gone.png)", "README.md:2: docs/gone.png leads to no file"],
    ["[a](docs/guide.md#gone)", "README.md:1: docs/guide.md#gone leads to no heading"],
    ["[a](#gone)", "README.md:1: #gone leads to no heading"],
    ["[a](packages/core#gone)", "README.md:1: packages/core#gone leads to no heading"],
    ['<img src="gone.png">', "README.md:1: gone.png leads to no file"],
    ["[ref]: gone.md", "README.md:1: gone.md leads to no file"],
    ["[`code`](gone.md)", "README.md:1: gone.md leads to no file"],
    ["`packages/core/src/gone.ts`", "README.md:1: `packages/core/src/gone.ts` is no file here"],
    ["`packages/*/src/gone.ts`", "README.md:1: `packages/*/src/gone.ts` is no file here"],
  ])("%s", (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  test("an address within the repository", () => {
    const [gone, kind, heading] = problems(
      [
        `[a](${repository}/blob/main/docs/gone.md)`,
        `[b](${repository}/blob/main/packages/core)`,
        `[c](${repository}/blob/main/docs/guide.md#gone)`,
      ].join("\n"),
    );
    expect(gone).toMatch(/gone.md leads to no file$/);
    expect(kind).toMatch(/must begin with .*\/tree\/$/);
    expect(heading).toMatch(/leads to no heading$/);
  });
});

test("a published README has whole addresses", () => {
  const text = "[core](../core) and [here](#nn)\n# nn";
  expect(problems(text, "packages/nn/README.md")).toEqual([
    "packages/nn/README.md:1: ../core is relative; npm needs the whole address",
  ]);
  expect(problems("[core](../core)", "packages/private/README.md")).toEqual([]);
});

test("paths in a package's README may begin there", () => {
  expect(problems("`src/tensor/tensor.ts`, `src/gone.ts`", "packages/core/README.md")).toEqual([
    "packages/core/README.md:1: `src/gone.ts` is no file here",
  ]);
});

test("anchors are GitHub's", () => {
  const text =
    "# `kindling`, the command\n## It's 2 x 2\n## It's 2 x 2\n### [A link](x.md) & more_\n```\n# no heading\n```";
  expect([...anchorsOf(text)]).toEqual(["kindling-the-command", "its-2-x-2", "its-2-x-2-1", "a-link--more_"]);
});
