import { writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { build as buildWithEsbuild } from "esbuild";
import { build as buildWithVite, type Plugin } from "vite";
import { entriesOf, type Packed } from "../packed.ts";

/** Bundles all that a page can import of `one` with esbuild and with Vite: nothing of Node's may remain. */
export async function tryBundles(one: Packed, folder: string): Promise<string[]> {
  const { main } = entriesOf(one, ["browser", "import", "default"]);
  const imports = main.map((name, index) => `import * as entry${index} from "${name}";\n`).join("");
  const entry = join(folder, "page.js");
  await writeFile(entry, `${imports}globalThis.entries = [${main.map((_, index) => `entry${index}`).join(", ")}];\n`);
  const bundlers = { esbuild: withEsbuild, Vite: withVite };
  const problems: string[] = [];
  for (const [name, bundle] of Object.entries(bundlers)) {
    try {
      const remains = /\b(?:from|import|require)\s*\(?\s*["']node:[^"']*["']/.exec(await bundle(folder, entry));
      if (remains) problems.push(`bundled with ${name}, it holds ${remains[0]}`);
    } catch (error) {
      problems.push(
        `${name} can't bundle it for the browser: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return problems;
}

async function withEsbuild(folder: string, entry: string): Promise<string> {
  const { outputFiles } = await buildWithEsbuild({
    entryPoints: [entry],
    outdir: join(folder, "bundle"),
    absWorkingDir: folder,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    loader: { ".wasm": "file" },
    write: false,
    logLevel: "silent",
  });
  return outputFiles
    .filter(({ path }) => path.endsWith(".js"))
    .map(({ text }) => text)
    .join("\n");
}

async function withVite(folder: string, entry: string): Promise<string> {
  const result = await buildWithVite({
    root: folder,
    configFile: false,
    logLevel: "silent",
    plugins: [refusesNode],
    build: { write: false, minify: false, target: "es2022", rollupOptions: { input: entry } },
  });
  const outputs = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
  return outputs.map((output) => (output.type === "chunk" ? output.code : "")).join("\n");
}

/** Vite puts an empty module in place of Node's and says nothing; for our own modules that is an error. */
const refusesNode: Plugin = {
  name: "refuses-node",
  enforce: "pre",
  resolveId(source, importer) {
    if (!isBuiltin(source) || !importer?.includes("/node_modules/@kindling/")) return;
    throw new Error(`${importer.replace(/^.*\/node_modules\//, "")} imports ${source}`);
  },
};
