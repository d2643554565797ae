import type { Packed } from "../packed.ts";
import type { Registry } from "../registry.ts";
import { type Around, checkProject, checkTypes, NEEDED, TEMPLATES } from "../templates/checks.ts";

/** What these cells need of what all cells share. */
interface Surroundings {
  readonly packed: ReadonlyMap<string, Packed>;
  readonly registry: Registry;
  folder(name: string): Promise<string>;
}

const COMMAND = "create-kindling";

/** The projects that `npm create kindling` makes: all of them compiled in the short form, and each used in the full one. */
export function templateCells() {
  return [
    cell("npm create kindling: every template, compiled", true, checkTypes),
    ...TEMPLATES.map((template) =>
      cell(`npm create kindling: ${template}, installed, tested, built and used`, false, (around) =>
        checkProject(template, around),
      ),
    ),
  ];
}

function cell(name: string, short: boolean, check: (around: Around) => Promise<string[]>) {
  return {
    name,
    packages: [COMMAND],
    needs: NEEDED,
    short,
    async run({ packed, registry, folder }: Surroundings): Promise<string[]> {
      const version = packed.get(COMMAND)?.manifest.version;
      if (version === undefined) return [`${COMMAND} was not packed`];
      return check({ registry, version, folder: await folder(name) });
    },
  };
}
