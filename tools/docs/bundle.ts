import { basename, dirname, join } from "node:path/posix";
import { build } from "esbuild";
import type { Module } from "./compile.ts";

/** What a bundler for browsers says of the examples that need a page, a line each: Node's modules have no place there. */
export async function problemsOfBundles(modules: readonly Module[], root: string): Promise<string[]> {
  const texts = new Map(modules.map(({ path, example }) => [path, example.code]));
  const problems: string[] = [];
  for (const { page, example, path } of modules.filter(({ example }) => example.check === "bundle")) {
    const { errors } = await build({
      entryPoints: [path],
      bundle: true,
      write: false,
      format: "esm",
      target: "es2022",
      platform: "browser",
      conditions: ["@kindling/source"],
      loader: { ".wasm": "file" },
      outdir: join(root, ".cache/pages"),
      logLevel: "silent",
      plugins: [
        {
          name: "kindling:examples",
          setup(api) {
            api.onResolve({ filter: /^(\/|\.\/)/ }, ({ path: wanted, importer }) => {
              const file = wanted.startsWith("/") ? wanted : join(dirname(importer), wanted);
              return texts.has(file) ? { path: file, namespace: "example" } : undefined;
            });
            // What an example imports is looked up where every package can be found.
            api.onResolve({ filter: /^@(kindling|tensorflow)\// }, ({ path: name, kind, namespace }) => {
              if (namespace !== "example") return undefined;
              const folder = name.startsWith("@kindling/") ? "packages/conformance" : "bench";
              return api.resolve(name, { kind, resolveDir: join(root, folder) });
            });
            api.onLoad({ filter: /.*/, namespace: "example" }, ({ path: file }) => ({
              contents: texts.get(file) ?? "",
              loader: basename(file).endsWith(".js") ? "js" : "ts",
              resolveDir: root,
            }));
          },
        },
      ],
    }).catch((failure: { errors: readonly { text: string; location: { line: number } | null }[] }) => failure);
    problems.push(
      ...errors.map(({ text, location }) => `${page}:${example.line + (location?.line ?? 1) - 1}: ${text}`),
    );
  }
  return problems;
}
