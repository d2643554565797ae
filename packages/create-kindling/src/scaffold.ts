import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CreateError } from "./create-error.ts";
import { packageNameOf, problemOfName } from "./package-name.ts";
import { contentsOf, listOf } from "./target-folder.ts";
import { type TemplateName, templateNamed } from "./templates.ts";
import { VERSION } from "./version.ts";

export interface ScaffoldOptions {
  readonly template: TemplateName;
  /** Where the project goes; it is made if it does not exist. */
  readonly folder: string;
  /** The package's name. Default: the folder's, in a form that npm takes. */
  readonly name?: string | undefined;
  /** Whether to write into a folder that is not empty. Files of the same name are replaced, others stay. Default: false. */
  readonly overwrite?: boolean | undefined;
}

export interface Scaffolded {
  /** The absolute path of the project. */
  readonly folder: string;
  readonly name: string;
  /** The files that were written, relative to the folder, with forward slashes. */
  readonly files: readonly string[];
}

const TEMPLATES = fileURLToPath(new URL("../templates/", import.meta.url));

/** Build outputs, present only where somebody works on the templates themselves. */
const NEVER_COPIED: readonly string[] = ["node_modules", "dist"];

/** What is different in every project: the template's own name, and the version of Kindling. */
const FILLED_IN: readonly string[] = ["package.json", "README.md"];

/**
 * Makes a new project from a template. Nothing is installed and nothing is fetched.
 *
 * @throws CreateError when there is no such template, npm refuses the name, or the folder is not empty; nothing is written then
 */
export async function scaffold(options: ScaffoldOptions): Promise<Scaffolded> {
  const template = templateNamed(options.template);
  const folder = resolve(options.folder);
  const name = options.name ?? packageNameOf(basename(folder));
  const problem = problemOfName(name);
  if (problem !== null) {
    throw new CreateError(
      `npm does not take '${name}' as a package's name: ${problem}.`,
      "Give another: --name my-app",
    );
  }
  const contents = await contentsOf(folder);
  if (contents.length > 0 && !options.overwrite) {
    throw new CreateError(
      `${folder} is not empty: it holds ${listOf(contents)}.`,
      "Choose another folder, or pass --overwrite: files of the same name are replaced, others stay.",
    );
  }
  const source = join(TEMPLATES, template.name);
  const files = await filesOf(source);
  const { name: templateName } = JSON.parse(await readFile(join(source, "package.json"), "utf8")) as { name: string };
  const fill = (text: string): string =>
    text.replaceAll(templateName, () => name).replaceAll("workspace:^", `^${VERSION}`);
  for (const file of files) await place(source, folder, file, fill);
  return { folder, name, files: files.map(shipped) };
}

/** Every file of a template, relative, with forward slashes. */
async function filesOf(root: string, folder = ""): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    if (NEVER_COPIED.includes(entry.name)) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    files.push(...(entry.isDirectory() ? await filesOf(root, path) : [path]));
  }
  return files.sort();
}

async function place(source: string, folder: string, file: string, fill: (text: string) => string): Promise<void> {
  const target = join(folder, shipped(file));
  try {
    await mkdir(dirname(target), { recursive: true });
    if (FILLED_IN.includes(file)) await writeFile(target, fill(await readFile(join(source, file), "utf8")));
    else await copyFile(join(source, file), target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CreateError(`${target} cannot be written (${code}).`, "Choose another folder.", { cause: error });
  }
}

/** The name in the project: npm packs no `.gitignore`, so a template has `_gitignore`. */
function shipped(file: string): string {
  return file.replace(/(^|\/)_gitignore$/, "$1.gitignore");
}
