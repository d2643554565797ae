import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Cell, Surroundings, Tier } from "../cell.ts";
import { entriesOf, type Published } from "../packed.ts";
import { NODE_TYPES, TYPESCRIPTS, VITES, VITEST } from "../pinned.ts";
import { writeForm, writeProgram } from "../program.ts";
import { tool } from "../tool.ts";

const execute = promisify(execFile);

type Configuration = "strict" | "init" | "vite";

const CONFIGURATIONS: Readonly<Record<Configuration, string>> = {
  strict: "plain strict",
  init: "as tsc --init writes it",
  vite: "of Vite's template",
};

type Compiler = (typeof TYPESCRIPTS)[number];

/** A program that uses every entry of every package, in every TypeScript, as its users configure it. */
export function typeCells(published: ReadonlyMap<string, Published>): Cell[] {
  return TYPESCRIPTS.flatMap((compiler) =>
    (["strict", "init", "vite"] as const).flatMap((configuration) =>
      [true, false].map((skipLibCheck) => cell(published, compiler, configuration, skipLibCheck)),
    ),
  );
}

/** The configurations in which CI does not skip the declarations of libraries, by compiler: these take twice as long. */
const WITH_LIBRARIES: readonly (readonly Configuration[])[] = [
  ["strict"],
  ["strict"],
  ["init"],
  ["strict", "init", "vite"],
];

/** CI runs each compiler with each configuration once; the short form, the oldest compiler with one. */
function tierOf(compiler: Compiler, configuration: Configuration, skipLibCheck: boolean): Tier {
  const index = TYPESCRIPTS.indexOf(compiler);
  const withLibraries = WITH_LIBRARIES[index]?.includes(configuration) ?? true;
  if (withLibraries === skipLibCheck) return "full";
  return index === 0 && withLibraries ? "short" : "covering";
}

function cell(
  published: ReadonlyMap<string, Published>,
  compiler: Compiler,
  configuration: Configuration,
  skipLibCheck: boolean,
): Cell {
  const packages = [...published.values()].filter((one) => entriesOf(one, ["types"]).main.length > 0);
  const minor = compiler.typescript.replace(/\.\d+$/, "");
  return {
    name: `typescript ${minor}, ${CONFIGURATIONS[configuration]}, skipLibCheck ${skipLibCheck}`,
    packages: ["@kindling/kindling"],
    needs: packages.map(({ manifest }) => manifest.name),
    tier: tierOf(compiler, configuration, skipLibCheck),
    async run(around) {
      const problems: string[] = [];
      for (const nodeTypes of [false, true]) {
        const project = await around.folder(`typescript ${minor} ${configuration} ${skipLibCheck} ${nodeTypes}`);
        await makeProject(project, packages, nodeTypes, around);
        await writeConfiguration(project, compiler, configuration);
        // The file stays as it was written; what differs is said on the command line.
        const types = configuration === "vite" ? "vite/client,node" : "node";
        const options = [
          ...["--skipLibCheck", String(skipLibCheck)],
          ...(nodeTypes ? ["--types", types] : []),
          // The oldest target that is supported; 5.5 itself writes ES2016.
          ...(compiler === TYPESCRIPTS[0] && configuration === "init" ? ["--target", "es2020"] : []),
        ];
        const found = await compile(project, compiler, options);
        problems.push(...found.map((problem) => `${nodeTypes ? "with" : "without"} Node's types: ${problem}`));
      }
      return problems;
    },
  };
}

async function makeProject(
  project: string,
  packages: readonly Published[],
  nodeTypes: boolean,
  { consumers, packed }: Surroundings,
): Promise<void> {
  const names = packages.map(({ manifest }) => manifest.name);
  // No optional peer: a declaration must not need one. The laws are for those who have vitest, which brings Node's types along.
  await consumers.make(project, names, nodeTypes ? [VITEST, NODE_TYPES] : []);
  const sources = join(project, "src");
  await mkdir(sources);
  const entries = names.flatMap((name) => {
    const { main, testing } = entriesOf(packed.get(name) ?? { manifest: { name, version: "" } }, ["types"]);
    return nodeTypes ? [...main, ...testing] : main;
  });
  const surface = entries.map((name, index) => `export * as entry${index} from "${name}";\n`).join("");
  await writeForm(sources, "surface", surface, "ts");
  for (const name of ["train", "using"]) await writeProgram(sources, name, "ts");
}

async function writeConfiguration(project: string, compiler: Compiler, configuration: Configuration): Promise<void> {
  const file = join(project, "tsconfig.json");
  if (configuration === "strict") {
    const compilerOptions = { strict: true, target: "es2022", module: "nodenext", types: [] };
    await writeFile(file, JSON.stringify({ compilerOptions, include: ["src"] }));
  } else if (configuration === "init") {
    await execute(process.execPath, [await compilerOf(compiler), "--init"], { cwd: project });
  } else {
    const template = await tool(`create-vite@${compiler.createVite}`);
    await writeFile(file, await readFile(join(template, "create-vite/template-vanilla-ts/tsconfig.json"), "utf8"));
    // The template names vite's types.
    const vite = VITES.at(-1) as string;
    await symlink(join(await tool(vite), "vite"), join(project, "node_modules/vite"), "junction").catch(() => {});
  }
}

/** The problems that the compiler reports in the program and in our declarations. */
async function compile(project: string, compiler: Compiler, options: readonly string[]): Promise<string[]> {
  const args = [await compilerOf(compiler), "-p", ".", "--noEmit", "--pretty", "false", ...options];
  const output = await execute(process.execPath, args, { cwd: project, maxBuffer: 2 ** 26 }).then(
    ({ stdout }) => stdout,
    (error: Error & { stdout?: string }) => error.stdout || error.message,
  );
  // What follows a diagnostic, indented, belongs to it.
  const diagnostics = output.split(/\n(?!\s)/).filter((line) => line.trim() !== "");
  return diagnostics.filter(isOurs);
}

/** Without skipLibCheck, the declarations of TensorFlow.js, vitest and the compiler's own DOM contradict each other. */
const isOurs = (diagnostic: string): boolean => /^(src\/|node_modules\/@kindling\/|error )/.test(diagnostic);

const compilerOf = async ({ typescript }: Compiler): Promise<string> =>
  join(await tool(`typescript@${typescript}`), "typescript/bin/tsc");
