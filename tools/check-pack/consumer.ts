import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { fencesOf, withChecks } from "../docs/fences.ts";
import { closureOf, entriesOf, type Packed, root } from "./packed.ts";
import { problemsOfTypes } from "./types.ts";

const execute = promisify(execFile);

/** Optional peers that no consumer here installs: vitest is lent, and TensorFlow's addons are tried by `pnpm test:tensorflow`. */
const LEFT_OUT: readonly string[] = ["vitest", "@tensorflow/tfjs-node", "@tensorflow/tfjs-node-gpu"];

/**
 * A new project that depends on `one`, as a user would make it: an empty folder, plain npm, the tarball with those
 * of its siblings that it or its README needs.
 */
export async function makeConsumer(one: Packed, packed: ReadonlyMap<string, Packed>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const shown = [...one.readme.matchAll(/"(@kindling\/[a-z-]+)/g)].map(([, name = ""]) => name);
  const closure = closureOf([one.manifest.name, ...shown], packed);
  const optional = closure.flatMap(({ manifest }) =>
    Object.entries(manifest.peerDependencies ?? {})
      .filter(([name]) => manifest.peerDependenciesMeta?.[name]?.optional && !LEFT_OUT.includes(name))
      .map(([name, range]) => `${name}@${range}`),
  );
  const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefer-offline"];
  const { npm_config_local_prefix: _, ...env } = process.env;
  await execute("npm", ["install", ...flags, ...closure.map(({ tarball }) => tarball), ...optional], {
    cwd: folder,
    env,
  });
  // The laws are for vitest users; borrowing ours spares each consumer an installation of it.
  await symlink(join(root, "node_modules/vitest"), join(folder, "node_modules/vitest"), "junction");
}

/** Type-checks the README's examples and all that `one` exports, then runs the examples. */
export async function tryConsumer(one: Packed, folder: string): Promise<string[]> {
  const fences = fencesOf(one.readme);
  const checker = await readFile(join(root, "tools/docs/check-value.ts"), "utf8");
  await writeFile(join(folder, "check-value.ts"), checker);
  await writeFile(join(folder, "check-value.js"), (await transform(checker, { loader: "ts", target: "es2022" })).code);

  const { main, testing } = entriesOf(one, ["node", "import", "default"]);
  const surface = [...main, ...testing].map((name, index) => `export * as entry${index} from "${name}";\n`);
  await writeFile(join(folder, "surface.ts"), surface.join(""));

  const examples = fences.map(({ line, code }) => ({ name: `line-${line}`, code: withImport(withChecks(code)) }));
  for (const { name, code } of examples) {
    await writeFile(join(folder, `${name}.ts`), code);
    await writeFile(join(folder, `${name}.js`), (await transform(code, { loader: "ts", target: "es2022" })).code);
  }
  const usesNode = examples.some(({ code }) => code.includes('"node:'));
  const files = ["surface.ts", ...examples.map(({ name }) => `${name}.ts`)];
  const problems = problemsOfTypes(folder, files, usesNode);
  if (fences.length === 0) problems.push("README.md has no example that runs");
  for (const { name } of examples) problems.push(...(await run(folder, name)));
  return problems;
}

const withImport = (code: string): string =>
  `import { checkValue } from "./check-value.js";\nvoid checkValue;\n${code}`;

async function run(folder: string, name: string): Promise<string[]> {
  try {
    await execute(process.execPath, [`${name}.js`], { cwd: folder, timeout: 120_000 });
    return [];
  } catch (error) {
    return [
      `README.md, ${name}: ${error instanceof Error && "stderr" in error ? String(error.stderr) : String(error)}`,
    ];
  }
}
