import { basename, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { cancel, confirm, isCancel, select, text } from "@clack/prompts";
import type { Options } from "./options.ts";
import { packageNameOf, problemOfName } from "./package-name.ts";
import type { ScaffoldOptions } from "./scaffold.ts";
import { contentsOf, listOf } from "./target-folder.ts";
import { type TemplateName, templates } from "./templates.ts";

/** The terminal to ask in. Default: the program's own. */
export interface Terminal {
  readonly input?: Readable;
  readonly output?: Writable;
}

const DEFAULT_FOLDER = "kindling-app";

/** Somebody pressed Escape or Ctrl-C, or does not want the folder to be written into. */
class Cancelled extends Error {}

/** Asks for all that the command line left open; null where it is called off. */
export async function ask(options: Options, cwd: string, terminal: Terminal = {}): Promise<ScaffoldOptions | null> {
  try {
    const folder = options.folder ?? (await askFolder(terminal));
    const path = resolve(cwd, folder);
    const overwrite = options.overwrite || (await askToOverwrite(path, terminal));
    const name = options.name ?? (await askName(basename(path), terminal));
    const template = (options.template as TemplateName | undefined) ?? (await askTemplate(terminal));
    return { folder: path, name, template, overwrite };
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    cancel("Nothing was created.", terminal);
    return null;
  }
}

async function askFolder(terminal: Terminal): Promise<string> {
  const answer = await text({
    message: "Folder of the new project:",
    placeholder: DEFAULT_FOLDER,
    defaultValue: DEFAULT_FOLDER,
    ...terminal,
  });
  return given(answer);
}

async function askToOverwrite(path: string, terminal: Terminal): Promise<boolean> {
  const contents = await contentsOf(path);
  if (contents.length === 0) return false;
  const message = `The folder is not empty: it holds ${listOf(contents)}. Replace files of the same name, and keep the others?`;
  if (!given(await confirm({ message, initialValue: false, ...terminal }))) throw new Cancelled();
  return true;
}

/** Asks only where npm would refuse the folder's own name. */
async function askName(folderName: string, terminal: Terminal): Promise<string> {
  if (problemOfName(folderName) === null) return folderName;
  const suggestion = packageNameOf(folderName);
  const answer = await text({
    message: "Name of the package:",
    placeholder: suggestion,
    defaultValue: suggestion,
    validate: (name) => (name ? (problemOfName(name) ?? undefined) : undefined),
    ...terminal,
  });
  return given(answer);
}

async function askTemplate(terminal: Terminal): Promise<TemplateName> {
  const options = templates.map(({ name, description }) => ({ value: name, label: name, hint: description }));
  return given(await select({ message: "Template:", options, ...terminal }));
}

function given<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Cancelled();
  return answer as Exclude<T, symbol>;
}
