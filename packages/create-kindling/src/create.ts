import { resolve } from "node:path";
import type { AgentName } from "package-manager-detector";
import { ask, type Terminal } from "./ask.ts";
import { CreateError } from "./create-error.ts";
import { nextSteps } from "./next-steps.ts";
import { EXAMPLE, type Options, readOptions, USAGE } from "./options.ts";
import { type ScaffoldOptions, scaffold } from "./scaffold.ts";
import { listOfTemplates, type TemplateName, templateNamed } from "./templates.ts";
import { VERSION } from "./version.ts";

/** What the command is run in. */
export interface Surroundings {
  readonly cwd: string;
  /** Where to ask; null where nobody can answer. */
  readonly terminal: Terminal | null;
  /** Whose commands the next steps are written in. */
  readonly agent: AgentName;
  print(text: string): void;
}

/**
 * The command `create-kindling`. Gives false where the questions were called off.
 *
 * @throws CreateError when no project can be made
 */
export async function create(args: readonly string[], { cwd, terminal, agent, print }: Surroundings): Promise<boolean> {
  const options = readOptions(args);
  if (options.help || options.version) {
    print(options.help ? USAGE : VERSION);
    return true;
  }
  const answers = terminal === null ? withoutAsking(options, cwd) : await ask(options, cwd, terminal);
  if (answers === null) return false;
  const { folder, name, files } = await scaffold(answers);
  const steps = nextSteps(cwd, folder, templateNamed(answers.template), agent);
  print(`\nCreated ${name} from ${answers.template}: ${files.length} files in ${folder}\n`);
  print(`Next:\n\n${steps.map((step) => `  ${step}`).join("\n")}\n`);
  return true;
}

function withoutAsking({ folder, template, name, overwrite }: Options, cwd: string): ScaffoldOptions {
  if (folder === undefined || template === undefined) {
    const missing = [...(folder === undefined ? ["a folder"] : []), ...(template === undefined ? ["--template"] : [])];
    throw new CreateError(
      `Missing: ${missing.join(" and ")}. There is no terminal to ask in.`,
      `For example: ${EXAMPLE}\nTemplates:\n${listOfTemplates()}`,
    );
  }
  return { folder: resolve(cwd, folder), template: template as TemplateName, name, overwrite };
}
