import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Plugin, transformWithEsbuild } from "vite";
import { fencesOf, withChecks } from "./fences.ts";

const here = import.meta.dirname;
const fence = /^(?<page>.*\.md)\?fence=(?<index>\d+)$/;

/** Makes a Markdown page a test file: one test a fence, each fence a module of its own, run on source. */
export function fencesPlugin(): Plugin {
  return {
    name: "kindling:fences",
    enforce: "pre",

    async resolveId(source, importer, options) {
      if (fence.test(source)) return source;
      // An example may show any package of Kindling; this one depends on all of them.
      if (source.startsWith("@kindling/") && importer && fence.test(importer)) {
        return this.resolve(source, `${dirname(dirname(here))}/packages/conformance/package.json`, options);
      }
      return undefined;
    },

    async load(id) {
      const [page = id] = id.split("?");
      if (!page.endsWith(".md")) return undefined;
      const fences = fencesOf(await readFile(page, "utf8"));
      const index = fence.exec(id)?.groups?.index;
      if (index === undefined)
        return pageModule(
          page,
          fences.map(({ line }) => line),
        );
      const { code = "", line = 1 } = fences[Number(index)] ?? {};
      const imports = `import { checkValue } from ${JSON.stringify(`${here}/check-value.ts`)};`;
      // The blank lines keep a stack trace pointing at the page's own line.
      return transformWithEsbuild(imports + "\n".repeat(line - 1) + withChecks(code), `${page}.ts`, {
        target: "es2022",
      });
    },
  };
}

function pageModule(page: string, lines: number[]): string {
  const tests = lines.map((line, index) => {
    const module = JSON.stringify(`${page}?fence=${index}`);
    return `test("line ${line}", async () => { await import(${module}); });`;
  });
  return ['import { test } from "vitest";', ...tests, lines.length ? "" : 'test.skip("has no examples");'].join("\n");
}
