import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { type Cell, messageOf, type Surroundings, type Tier } from "../cell.ts";
import { environment } from "../environment.ts";
import { entriesOf, type Packed, type Published, UMBRELLA } from "../packed.ts";
import { BUN, DENO, NODES } from "../pinned.ts";
import { copyProgram, writeForm, writeProgram } from "../program.ts";
import { executableOf, nodeOf } from "../tool.ts";

const execute = promisify(execFile);
type Extension = "mjs" | "cjs" | "ts";

/** How a runtime is started on a file, and what files it takes. */
interface Runtime {
  readonly name: string;
  /** When packages are tried in it; a training is at least in CI. */
  readonly tier: Tier;
  readonly conditions: readonly string[];
  readonly extensions: readonly Extension[];
  /** The command that runs the file after it. */
  command(): Promise<readonly [string, ...string[]]>;
  /** The command that installs what package.json says, where it is not npm. */
  install?(): Promise<readonly [string, ...string[]]>;
}

const FORMS: Readonly<Record<Extension, string>> = { mjs: "import", cjs: "require()", ts: "TypeScript" };

const atLeast = (version: string, least: readonly [number, number]): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > least[0] || (major === least[0] && minor >= least[1]);
};

const nodeRuntime = (name: string, version: string, tier: Tier, executable: () => Promise<string>): Runtime => ({
  name,
  tier,
  conditions: ["node", "import", "module-sync", "default"],
  // From 22.18 on, Node strips types by itself.
  extensions: atLeast(version, [22, 18]) ? ["mjs", "cjs", "ts"] : ["mjs", "cjs"],
  command: async () => [await executable()],
});

/** `npm test` downloads no other Node. */
const thisNode = nodeRuntime("this node", process.versions.node, "short", async () => process.execPath);

/** CI tries every package in the oldest and in the newest, and the umbrella, which imports most of the others, in those between. */
const nodes = NODES.map((version, index) =>
  nodeRuntime(`node ${version}`, version, index === 0 || index === NODES.length - 1 ? "covering" : "full", () =>
    nodeOf(version),
  ),
);

const deno: Runtime = {
  name: DENO.replace("@", " "),
  tier: "covering",
  conditions: ["deno", "node", "import", "default"],
  extensions: ["mjs", "ts"],
  // Nothing but its own folder: no environment, no network, no system.
  command: async () => [
    await executableOf(DENO, "@deno", "deno"),
    "run",
    "--no-prompt",
    "--allow-read=.",
    "--allow-write=.",
  ],
  install: async () => [await executableOf(DENO, "@deno", "deno"), "install"],
};

const bun: Runtime = {
  name: BUN.replace("@", " "),
  tier: "covering",
  conditions: ["bun", "node", "import", "default"],
  extensions: ["mjs", "cjs", "ts"],
  command: async () => [await executableOf(BUN, "@oven", "bun")],
  install: async () => [await executableOf(BUN, "@oven", "bun"), "install", "--ignore-scripts"],
};

const runtimes = [thisNode, ...nodes, deno, bun];

/** Every package alone, imported in every runtime; and a training by the umbrella, which writes the same bytes in all. */
export function runtimeCells(published: Iterable<Published>): Cell[] {
  const alone = [...published]
    .filter((one) => entriesOf(one, ["node", "default"]).main.length > 0)
    .flatMap((one) => runtimes.map((runtime) => aloneCell(one, runtime)));
  return [...alone, ...runtimes.flatMap(trainingCells)];
}

const formsOf = ({ extensions }: Runtime): string => extensions.map((extension) => FORMS[extension]).join(", ");

function aloneCell({ manifest: { name }, folder: home }: Published, runtime: Runtime): Cell {
  return {
    name: `${runtime.name}: ${name} alone, by ${formsOf(runtime)}`,
    packages: [name],
    tier: runtime.tier === "full" && name === UMBRELLA ? "covering" : runtime.tier,
    ...(name === UMBRELLA ? {} : { proves: basename(home) }),
    async run({ consumers, packed, folder }) {
      const project = await folder(`${name} ${runtime.name}`);
      // An entry for one backend needs that backend's package; nothing else does.
      await consumers.make(project, [name], name === "@kindling/backends" ? "all" : "none");
      const { main } = entriesOf(packed.get(name) as Packed, runtime.conditions);
      const imports = main.map((entry, index) => `import * as entry${index} from "${entry}";\n`).join("");
      const counts = main.map((_, index) => `Object.keys(entry${index}).length`).join(", ");
      const problems: string[] = [];
      for (const extension of runtime.extensions) {
        await writeForm(project, "alone", `${imports}console.log(JSON.stringify([${counts}]));\n`, extension);
        try {
          const exported = await start(runtime, project, `alone.${extension}`);
          if (!/^\[[1-9]\d*(,[1-9]\d*)*\]\s*$/.test(exported))
            problems.push(`${FORMS[extension]}: exports ${exported}`);
        } catch (error) {
          problems.push(`${FORMS[extension]}: ${messageOf(error)}`);
        }
      }
      return problems;
    },
  };
}

function trainingCells(runtime: Runtime): Cell[] {
  return runtime.extensions.map((extension) => ({
    name: `${runtime.name}: a training by ${FORMS[extension]} writes the bytes that every runtime writes`,
    packages: [UMBRELLA],
    tier: runtime.tier === "full" ? "covering" : runtime.tier,
    async run(around) {
      const project = await around.folder(`training ${runtime.name} ${extension}`);
      await install(runtime, project, around);
      const [digest, expected] = await Promise.all([
        train(runtime, project, extension),
        around.shared("the training in this Node", () => referenceOf(around)),
      ]);
      return digest === expected ? [] : [`net.safetensors is ${digest}, in Node ${process.version} ${expected}`];
    },
  }));
}

async function install({ install: installs }: Runtime, project: string, around: Surroundings): Promise<void> {
  const names = [UMBRELLA, "@kindling/core"];
  if (installs === undefined) return around.consumers.make(project, names, "none");
  await around.consumers.empty(project);
  const dependencies = Object.fromEntries(names.map((name) => [name, `^${around.packed.get(name)?.manifest.version}`]));
  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module", dependencies }));
  const [command, ...args] = await installs();
  await execute(command, args, { cwd: project });
}

/** The digest of the file that the training writes. */
async function train(runtime: Pick<Runtime, "command">, project: string, extension: Extension): Promise<string> {
  await writeProgram(project, "train", extension);
  if (extension === "cjs") await copyProgram(project, "main.cjs");
  else await writeProgram(project, "main", extension);
  await start(runtime, project, `main.${extension}`);
  return createHash("sha256")
    .update(await readFile(join(project, "net.safetensors")))
    .digest("hex");
}

async function referenceOf(around: Surroundings): Promise<string> {
  const project = await around.folder("training in this Node");
  await around.consumers.make(project, [UMBRELLA, "@kindling/core"], "none");
  return train({ command: async () => [process.execPath] }, project, "mjs");
}

/** Runs `file` and returns what it printed. Whatever it says on stderr is a fault: a warning at every start is one too. */
async function start({ command }: Pick<Runtime, "command">, project: string, file: string): Promise<string> {
  const [executable, ...args] = await command();
  const options = { cwd: project, timeout: 120_000, env: environment({ NO_COLOR: "1" }) };
  const { stdout, stderr } = await execute(executable, [...args, file], options);
  // Node 20 and 22 say of features that later became stable that they are experimental.
  const said = stderr.split("\n").filter((line) => line && !/experimental|node --trace-warnings/i.test(line));
  if (said.length > 0) throw new Error(`it prints on stderr: ${said.join("\n")}`);
  return stdout;
}
