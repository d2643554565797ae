import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Plugin, transformWithEsbuild } from "vite";
import { type Example, examplesOf, withChecks } from "./fences.ts";

const here = import.meta.dirname;
const root = dirname(dirname(here));
/** Where examples find what they import: folders that depend on it. */
const INSTALLED = [
  ["@kindling/", "packages/conformance"],
  ["@tensorflow/", "bench"],
] as const;
const fence = /^(?<page>.*\.md)\?fence=(?<index>\d+)$/;

/** Makes a Markdown page a test file: one test a fence, each fence a module of its own, run on source. */
export function fencesPlugin(): Plugin {
  return {
    name: "kindling:fences",
    enforce: "pre",

    async resolveId(source, importer, options) {
      if (fence.test(source)) return source;
      const page = importer && fence.exec(importer)?.groups?.page;
      if (!page) return undefined;
      const index = source.startsWith("./")
        ? examplesOf(await readFile(page, "utf8")).findIndex(({ file }) => file === source.slice(2))
        : -1;
      if (index >= 0) return `${page}?fence=${index}`;
      const [, installed] = INSTALLED.find(([prefix]) => source.startsWith(prefix)) ?? [];
      return installed && this.resolve(source, join(root, installed, "package.json"), options);
    },

    async load(id) {
      const [page = id] = id.split("?");
      if (!page.endsWith(".md")) return undefined;
      const examples = examplesOf(await readFile(page, "utf8"));
      const index = fence.exec(id)?.groups?.index;
      if (index === undefined) return pageModule(page, examples);
      const { code = "", line = 1 } = examples[Number(index)] ?? {};
      const imports = `import { checkValue } from ${JSON.stringify(`${here}/check-value.ts`)};`;
      // The blank lines keep a stack trace pointing at the page's own line.
      return transformWithEsbuild(imports + "\n".repeat(line - 1) + withChecks(code), `${page}.ts`, {
        target: "es2022",
      });
    },
  };
}

function pageModule(page: string, examples: readonly Example[]): string {
  const tests = examples.flatMap(({ check, line }, index) => {
    if (check !== "run") return [];
    const module = JSON.stringify(`${page}?fence=${index}`);
    return [`test("line ${line}", async () => { await import(${module}); });`];
  });
  return ['import { test } from "vitest";', ...tests, tests.length ? "" : 'test.skip("has no examples");'].join("\n");
}
