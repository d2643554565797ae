import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Absent, Command } from "./contestant.ts";

export const benchFolder = fileURLToPath(new URL("../..", import.meta.url));
export const rootFolder = fileURLToPath(new URL("../../..", import.meta.url));

/** A TypeScript file of this folder as a command. What it imports of Kindling is what was built, or with `source` the sources. */
export function node(file: string, args: readonly string[], { source }: { readonly source: boolean }): Command {
  const conditions = source ? ["--conditions=@kindling/source"] : [];
  const flags = ["--expose-gc", "--import", import.meta.resolve("tsx"), ...conditions];
  return [process.execPath, ...flags, join(benchFolder, "src", file), ...args];
}

let found: string | Absent | undefined;

/** A program of `python/` as a command, in the first Python that has torch and torchvision. */
export function python(file: string, args: readonly string[]): Command | Absent {
  found ??= findPython();
  return typeof found === "string" ? [found, join(benchFolder, "python", file), ...args] : found;
}

function findPython(): string | Absent {
  const candidates = [process.env.KINDLING_PYTHON, "python3", "python"].filter((name) => name !== undefined);
  for (const name of candidates) {
    const tried = spawnSync(name, ["-c", "import torch, torchvision"], { stdio: "ignore" });
    if (tried.status === 0) return name;
  }
  const path = (process.env.PATH ?? "").split(delimiter).length;
  return {
    absent: `no Python with torch and torchvision (tried ${candidates.join(", ")} in ${path} folders of PATH): pip install torch torchvision, or name one in KINDLING_PYTHON`,
  };
}
