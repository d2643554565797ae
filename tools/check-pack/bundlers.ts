import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { environment } from "./environment.ts";
import { ESBUILD, ROLLUP, VITES, WEBPACK } from "./pinned.ts";
import { tool } from "./tool.ts";

const execute = promisify(execFile);

/** `minified` is what a bundler does when it is asked to build for production; `keepNames` also keeps the names of classes and functions. */
export type Mode = "minified" | "keepNames";

/** A bundler, run from the command line in a project whose page is `index.html` with `main.js`, and maybe `worker.js`. */
export interface Bundler {
  /** `vite 8` */
  readonly name: string;
  /** Builds `project` and returns the folder to serve. */
  build(project: string, mode: Mode, scripts: readonly string[]): Promise<string>;
}

const vites: readonly Bundler[] = VITES.map((spec) => ({
  name: nameOf(spec),
  async build(project, mode, scripts) {
    const keepNames = mode === "keepNames" ? keepNamesOf(spec) : { build: [], worker: [] };
    // Devices are loaded by `import()`, which Vite's default format for workers lacks.
    const worker = `worker: { ${['format: "es"', ...keepNames.worker].join(", ")} }`;
    await writeViteConfig(project, [...(scripts.includes("worker.js") ? [worker] : []), ...keepNames.build]);
    await node(project, await tool(spec), "vite/bin/vite.js", "build");
    return join(project, "dist");
  },
}));

/** Writes the settings that Vite has been told, if any. */
export async function writeViteConfig(project: string, settings: readonly string[]): Promise<void> {
  if (settings.length === 0) return;
  await writeFile(join(project, "vite.config.js"), `export default { ${settings.join(", ")} };\n`);
}

/** `vite@8.4.0` is `vite 8` to its users. */
export function nameOf(spec: string): string {
  return spec.replace("@", " ").replace(/\..*$/, "");
}

/** Vite 8 builds by Rolldown, and workers with options of their own; those before by Rollup and esbuild. */
function keepNamesOf(spec: string): { readonly build: readonly string[]; readonly worker: readonly string[] } {
  if (Number(/@(\d+)/.exec(spec)?.[1]) < 8) return { build: ["esbuild: { keepNames: true }"], worker: [] };
  const options = "rolldownOptions: { output: { keepNames: true } }";
  return { build: [`build: { ${options} }`], worker: [options] };
}

const webpack: Bundler = {
  name: "webpack 5",
  async build(project, mode) {
    const modules = await tool(...WEBPACK);
    if (mode === "keepNames") {
      const terser = JSON.stringify(join(modules, "terser-webpack-plugin/dist/index.js"));
      await writeFile(
        join(project, "webpack.config.mjs"),
        `import Terser from ${terser};
const terserOptions = { keep_classnames: true, keep_fnames: true };
export default { optimization: { minimizer: [new Terser({ terserOptions })] } };
`,
      );
    }
    await node(project, modules, "webpack-cli/bin/cli.js", "--mode", "production", "--entry", "./main.js");
    await writePage(project, "dist");
    return join(project, "dist");
  },
};

const esbuild: Bundler = {
  name: "esbuild",
  async build(project, mode, scripts) {
    const flags = [
      "--bundle",
      "--minify",
      "--format=esm",
      "--splitting",
      "--outdir=dist",
      ...(mode === "keepNames" ? ["--keep-names"] : []),
    ];
    await node(project, await tool(...ESBUILD), "esbuild/bin/esbuild", ...scripts, ...flags);
    await writePage(project, "dist");
    return join(project, "dist");
  },
};

const rollup: Bundler = {
  name: "rollup",
  async build(project, mode, scripts) {
    const modules = await tool(...ROLLUP);
    const plugin = (name: string) => JSON.stringify(join(modules, `@rollup/plugin-${name}/dist/es/index.js`));
    const terser = mode === "keepNames" ? "{ keep_classnames: true, keep_fnames: true }" : "";
    await writeFile(
      join(project, "rollup.config.mjs"),
      `import commonjs from ${plugin("commonjs")};
import nodeResolve from ${plugin("node-resolve")};
import terser from ${plugin("terser")};
export default {
  input: ${JSON.stringify(scripts)},
  output: { dir: "dist", format: "es" },
  plugins: [nodeResolve({ browser: true }), commonjs(), terser(${terser})],
};
`,
    );
    await node(project, modules, "rollup/dist/bin/rollup", "--config", "--silent");
    await writePage(project, "dist");
    return join(project, "dist");
  },
};

export const bundlers: readonly Bundler[] = [...vites, webpack, esbuild, rollup];

async function node(project: string, modules: string, script: string, ...args: readonly string[]): Promise<void> {
  const env = environment({ NODE_ENV: "production", NO_COLOR: "1" });
  await execute(process.execPath, [join(modules, script), ...args], { cwd: project, env, timeout: 240_000 });
}

/** The page of bundlers that know only scripts. */
async function writePage(project: string, folder: string): Promise<void> {
  await writeFile(join(project, folder, "index.html"), await readFile(join(project, "index.html"), "utf8"));
}
