import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { bundlers } from "../bundlers.ts";
import type { Cell } from "../cell.ts";
import { loadedAtStart } from "../loaded-at-start.ts";
import { copyProgram, copyWorker } from "../program.ts";
import { SIZE_CAPS } from "../size-caps.ts";

type Subject = keyof typeof SIZE_CAPS;

/** Where each subject's program is, and what it must be able to do without. */
const SUBJECTS: Readonly<
  Record<Subject, { readonly main: string; readonly hasWorker?: boolean; readonly packages: readonly string[] }>
> = {
  "core, nn and one layer": { main: "linear/small.js", packages: ["@kindling/nn", "@kindling/core"] },
  "a lone nn.Linear of the umbrella": { main: "linear/main.js", packages: ["@kindling/kindling", "@kindling/core"] },
  "a training worker on wasm": {
    main: "worker/main.js",
    hasWorker: true,
    packages: ["@kindling/core", "@kindling/backends", "@kindling/data", "@kindling/nn", "@kindling/optim"],
  },
};

/** Words of what must not be loaded at the start, by whom they would come from. They are names of the platform: no minifier changes them. */
const FOREIGN: Readonly<Record<string, RegExp>> = {
  "Node's modules": /["']node:[a-z/]+["']/,
  "the webgpu backend": /createShaderModule/,
  "the webgl backend": /createFramebuffer|gl_FragColor/,
};

/** What pages load before their first step, measured and capped; with all optional peers installed, of which nothing may slip in. */
export function sizeCells(): Cell[] {
  return (Object.keys(SIZE_CAPS) as Subject[]).flatMap((subject) =>
    Object.entries(SIZE_CAPS[subject]).map(([bundler, cap]) => cell(subject, bundler, cap)),
  );
}

function cell(subject: Subject, bundlerName: string, cap: number): Cell {
  const { main, hasWorker = false, packages } = SUBJECTS[subject];
  return {
    name: `size of ${subject}, bundled with ${bundlerName}`,
    packages: ["@kindling/kindling", ...packages],
    needs: packages,
    tier: bundlerName === "esbuild" ? "short" : "covering",
    async run({ consumers, folder }) {
      const bundler = bundlers.find(({ name }) => name === bundlerName);
      if (bundler === undefined) throw new Error(`no bundler is called ${bundlerName}`);
      const project = await folder(`size ${subject} ${bundlerName}`);
      await consumers.make(project, packages, "all");
      await copyProgram(project, "index.html");
      await copyProgram(project, "four-cores.js");
      await copyProgram(project, main, "main.js");
      if (hasWorker) await copyWorker(project);
      const built = await bundler.build(project, "minified", hasWorker ? ["main.js", "worker.js"] : ["main.js"]);

      const scripts = loadedAtStart(built, entryIn(built, hasWorker ? /^worker[.-]/ : /^(main|index)[.-]/));
      const kilobytes = [...scripts.values()].reduce(
        (sum, code) => sum + gzipSync(code, { level: 9 }).length / 1000,
        0,
      );
      console.log(`       ${subject}, ${bundlerName}: ${kilobytes.toFixed(1)} kB of at most ${cap}`);
      const problems = kilobytes > cap ? [`${kilobytes.toFixed(1)} kB, the cap in size-caps.ts is ${cap}`] : [];
      for (const [path, code] of scripts) {
        for (const [origin, word] of Object.entries(FOREIGN)) {
          const found = word.exec(code);
          if (found) problems.push(`${path} holds ${found[0]}, which is a part of ${origin}`);
        }
      }
      return problems;
    },
  };
}

/** The script below `built` whose name, without its folder, matches. */
function entryIn(built: string, pattern: RegExp): string {
  const files = readdirSync(built, { recursive: true, withFileTypes: true });
  const found = files.find(({ name }) => pattern.test(name) && name.endsWith(".js"));
  if (found === undefined) throw new Error(`no script of ${built} matches ${pattern}`);
  return relative(built, join(found.parentPath, found.name)).replaceAll("\\", "/");
}
