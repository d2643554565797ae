import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Bench, BenchOptions } from "./bench.ts";
import { rootFolder } from "./run/commands.ts";

/** All that the command line says. */
export interface Options extends BenchOptions {
  /** Names of contestants; all where none is named. */
  readonly only: readonly string[];
  readonly write: boolean;
  /** Look into one contestant instead of comparing. */
  readonly profile: boolean;
  /** Another checkout, whose packages take turns with this one's. */
  readonly against?: string;
}

export const usage = (benches: readonly Bench[]): string => `npm run bench -- <name> [options]

${benches.map(({ name, about }) => `  ${name.padEnd(8)} ${about}`).join("\n")}

  --rounds N     run every contestant N times, in turn
  --epochs N     epochs of each run
  --only a,b     only these contestants; kindling-* is all that begin so
  --root FOLDER  where MNIST/raw/... lies, or is put (default: data)
  --device NAME  what Kindling runs on (default: wasm)
  --source       run Kindling's sources instead of what was built
  --write        keep the result in bench/RESULTS.md
  --profile      where the one contestant named by --only spends its time, instead
  --against DIR  compare with another checkout of this repository, instead of with peers`;

export function parse(bench: Bench, args: string[]): Options {
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    options: {
      rounds: { type: "string", default: String(bench.defaults.rounds) },
      epochs: { type: "string", default: String(bench.defaults.epochs) },
      only: { type: "string", default: "" },
      root: { type: "string", default: join(rootFolder, "data") },
      device: { type: "string", default: "wasm" },
      source: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      profile: { type: "boolean", default: false },
      against: { type: "string" },
    },
  });
  const { against, ...others } = values;
  if (against !== undefined && values.write)
    throw new Error("--write keeps the comparison with peers: omit it, or --against");
  const path = (folder: string): string => resolve(process.env.INIT_CWD ?? ".", folder);
  const only = values.only.split(",").filter((name) => name !== "");
  return {
    ...others,
    ...(against !== undefined && { against: path(against) }),
    root: path(values.root),
    only,
    rounds: count("rounds", values.rounds),
    epochs: count("epochs", values.epochs),
  };
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} wants a whole number above 0, not '${text}'`);
}
