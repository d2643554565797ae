import { parseArgs } from "node:util";
import { CreateError } from "./create-error.ts";
import { listOfTemplates, templateNamed, templates } from "./templates.ts";

/** What the command line says; what it does not say is asked for, in a terminal. */
export interface Options {
  readonly folder?: string | undefined;
  readonly template?: string | undefined;
  readonly name?: string | undefined;
  readonly overwrite: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

export const EXAMPLE = "npm create kindling@latest my-app -- --template vite-train";

export const USAGE = `Usage: npm create kindling@latest [folder] -- [options]

Makes a new project in the folder. Without a folder or a template it asks, in a terminal.

  -t, --template NAME   the kind of project (below)
      --name NAME       the package's name (default: the folder's)
      --overwrite       write into a folder that is not empty: files of the same name are replaced, others stay
  -v, --version         print the version
  -h, --help            print this text

Templates:
${listOfTemplates()}
`;

/** @throws CreateError for an unknown option, a template that does not exist, or a second folder */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parsed(args);
  const [folder, second] = positionals;
  if (second !== undefined) {
    // npm takes options that come before `--` for its own, and hands on their values alone.
    const isTemplate = templates.some(({ name }) => name === second);
    throw new CreateError(
      `One folder at a time: got ${positionals.map((each) => `'${each}'`).join(", ")}.`,
      isTemplate ? `npm needs -- before the options: npm create kindling ${folder} -- --template ${second}` : USAGE,
    );
  }
  if (folder?.trim() === "") throw new CreateError("The folder's name is empty.", `For example: ${EXAMPLE}`);
  if (values.template !== undefined) templateNamed(values.template);
  const { template, name, overwrite = false, help = false, version = false } = values;
  return { folder, template, name, overwrite, help, version };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        template: { type: "string", short: "t" },
        name: { type: "string" },
        overwrite: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "v" },
      },
    });
  } catch (error) {
    throw new CreateError(error instanceof Error ? error.message : String(error), USAGE, { cause: error });
  }
}
