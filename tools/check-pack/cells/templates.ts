import type { Cell, Surroundings } from "../cell.ts";
import { type Around, checkProject, checkTypes, NEEDED, TEMPLATES } from "../templates/checks.ts";

const COMMAND = "create-kindling";

/** The projects that `npm create kindling` makes: all of them compiled in the short form, and each used in CI. */
export function templateCells(): Cell[] {
  return [
    {
      ...cell("npm create kindling: every template, compiled", checkTypes),
      tier: "short",
    },
    ...TEMPLATES.map((template) => ({
      ...cell(`npm create kindling: ${template}, installed, tested, built and used`, (around) =>
        checkProject(template, around),
      ),
      browser: template.startsWith("vite"),
    })),
  ];
}

function cell(name: string, check: (around: Around) => Promise<string[]>): Cell {
  return {
    name,
    packages: [COMMAND],
    needs: NEEDED,
    tier: "covering",
    async run({ packed, registry, folder }: Surroundings): Promise<string[]> {
      const version = packed.get(COMMAND)?.manifest.version;
      if (version === undefined) return [`${COMMAND} was not packed`];
      return check({ registry, version, folder: await folder(name) });
    },
  };
}
