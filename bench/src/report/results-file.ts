import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchFolder } from "../run/commands.ts";

const FILE = join(benchFolder, "RESULTS.md");
const HEAD = "# Results\n\nWritten by `npm run bench -- <name> --write`; compare within a run, not between runs.\n";

/** Puts the text of one benchmark into `RESULTS.md`, in place of what was there of it. */
export function writeResults(name: string, text: string): void {
  const [head = HEAD, ...parts] = (existsSync(FILE) ? readFileSync(FILE, "utf8") : HEAD).split(/^(?=## )/m);
  const others = parts.filter((part) => part.split("\n", 1)[0] !== `## ${name}`);
  const sections = [...others.map((part) => part.trimEnd()), `## ${name}\n\n${text.trim()}`].sort();
  writeFileSync(FILE, `${[head.trimEnd(), ...sections].join("\n\n")}\n`);
}
