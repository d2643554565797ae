import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { fencesOf, withChecks } from "../../docs/fences.ts";
import { messageOf } from "../cell.ts";
import { entriesOf, type Packed, root } from "../packed.ts";
import { problemsOfTypes } from "./types.ts";

const execute = promisify(execFile);

/** Type-checks the README's examples and everything that `one` exports, then runs the examples. */
export async function tryExamples(one: Packed, folder: string): Promise<string[]> {
  const checker = await readFile(join(root, "tools/docs/check-value.ts"), "utf8");
  await writeFile(join(folder, "check-value.ts"), checker);
  await writeFile(join(folder, "check-value.js"), await asJavaScript(checker));

  const { main, testing } = entriesOf(one, ["node", "import", "default"]);
  const surface = [...main, ...testing].map((name, index) => `export * as entry${index} from "${name}";\n`);
  await writeFile(join(folder, "surface.ts"), surface.join(""));

  const examples = fencesOf(one.readme).map(({ line, code }) => ({
    name: `line-${line}`,
    code: withImport(withChecks(code)),
  }));
  for (const { name, code } of examples) {
    await writeFile(join(folder, `${name}.ts`), code);
    await writeFile(join(folder, `${name}.js`), await asJavaScript(code));
  }
  const usesNode = examples.some(({ code }) => code.includes('"node:'));
  const files = ["surface.ts", ...examples.map(({ name }) => `${name}.ts`)];
  const problems = await problemsOfTypes(folder, files, usesNode);
  // A package that is only a command has nothing to import.
  if (examples.length === 0 && main.length > 0) problems.push("README.md has no example that runs");
  for (const { name } of examples) problems.push(...(await run(folder, name)));
  return problems;
}

const asJavaScript = async (code: string): Promise<string> =>
  (await transform(code, { loader: "ts", target: "es2022" })).code;

const withImport = (code: string): string =>
  `import { checkValue } from "./check-value.js";\nvoid checkValue;\n${code}`;

async function run(folder: string, name: string): Promise<string[]> {
  try {
    await execute(process.execPath, [`${name}.js`], { cwd: folder, timeout: 120_000 });
    return [];
  } catch (error) {
    return [`README.md, ${name}: ${messageOf(error)}`];
  }
}
