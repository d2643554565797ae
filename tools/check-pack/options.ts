import { parseArgs } from "node:util";

/** `pnpm packages [nn ...] [--covering] [--full] [--only "vite 8"] [--list] [--faults] [--report file.json]`. */
export interface Options {
  /** Packages by their full names; all where none is named. */
  readonly packages: readonly string[];
  /** Instead of the short form, what CI runs after it. */
  readonly covering: boolean;
  /** Every cell. */
  readonly full: boolean;
  /** Words of the names of cells: only cells whose name contains one of these run. */
  readonly only: readonly string[];
  readonly list: boolean;
  /** Instead of the cells, the faults of `faults.ts`: each is put into a package, and its cell must fail. */
  readonly faults: boolean;
  readonly report: string | undefined;
}

export function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    // pnpm hands on the `--` that npm takes away.
    args: args.filter((arg) => arg !== "--"),
    allowPositionals: true,
    options: {
      covering: { type: "boolean", default: false },
      full: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      list: { type: "boolean", default: false },
      faults: { type: "boolean", default: false },
      report: { type: "string" },
    },
  });
  const { covering, full, only, list, faults, report } = values;
  return { packages: positionals.map(fullName), covering, full, only, list, faults, report };
}

function fullName(name: string): string {
  return name.startsWith("@kindling/") || name.startsWith("create-") ? name : `@kindling/${name}`;
}
