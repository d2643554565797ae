import { basename, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { benchFolder } from "../run/commands.ts";
import { type Contestant, isAbsent } from "../run/contestant.ts";
import type { Checkout } from "./checkout.ts";

const programs = join(benchFolder, "src") + sep;

/** The same program with the packages of `checkout`; null for a peer, whose packages are its own. Kindling's programs are called `kindling*.ts`. */
export function twinOf({ name, label, command }: Contestant, checkout: Checkout): Contestant | null {
  if (isAbsent(command)) return null;
  const at = command.findIndex((part) => part.startsWith(programs));
  if (at < 1 || !basename(command[at] as string).startsWith("kindling")) return null;
  const preload = pathToFileURL(join(programs, "against", "packages-of.mjs"));
  preload.searchParams.set("folder", checkout.folder);
  const [program, ...args] = command;
  return {
    name: `${name}@${checkout.name}`,
    label: `${label}, ${checkout.name}`,
    command: [program, ...args.slice(0, at - 1), "--import", preload.href, ...args.slice(at - 1)],
  };
}
