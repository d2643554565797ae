import { build } from "esbuild";
import { expect, test } from "vitest";
import { withPureNamespaces } from "./pure-namespaces.ts";

/** What esbuild makes of a module that exports itself as an object. */
async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    format: "esm",
    write: false,
  });
  return (outputFiles[0] as { text: string }).text;
}

const library = await bundled(`
  import * as all from "./pure-namespaces.ts";
  export { all };
  export const lone = 1;
`);

const asModule = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

test("a bundler drops a module's object that is not used", async () => {
  const used = (code: string) =>
    build({
      stdin: { contents: 'import { lone } from "library"; console.log(lone);' },
      bundle: true,
      format: "esm",
      write: false,
      plugins: [
        {
          name: "library",
          setup({ onResolve, onLoad }) {
            onResolve({ filter: /^library$/ }, ({ path }) => ({ path, namespace: "library" }));
            onLoad({ filter: /.*/, namespace: "library" }, () => ({ contents: code }));
          },
        },
      ],
    }).then(({ outputFiles }) => outputFiles[0]?.text);
  expect(library).toContain("__export(");
  expect(await used(library)).toContain("pure-namespaces");
  expect(await used(withPureNamespaces(library))).not.toContain("pure-namespaces");
});

test("the object is what it was", async () => {
  const { all } = await import(/* @vite-ignore */ asModule(withPureNamespaces(library)));
  expect(Object.keys(all).sort()).toEqual(["pureNamespaces", "withPureNamespaces"]);
  expect(all.withPureNamespaces("x")).toBe("x");
});

test("nothing else changes", () => {
  expect(withPureNamespaces("var x = {};\nf(x, {});\n")).toBe("var x = {};\nf(x, {});\n");
});
