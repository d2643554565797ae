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

const found = new Map<string, string | Absent>();

/** A program of `python/` as a command, in the first Python that has the modules it needs. */
export function python(
  file: string,
  args: readonly string[],
  modules: readonly string[] = ["torch", "torchvision"],
): Command | Absent {
  const key = modules.join(" ");
  const interpreter = found.get(key) ?? findPython(modules);
  found.set(key, interpreter);
  return typeof interpreter === "string" ? [interpreter, join(benchFolder, "python", file), ...args] : interpreter;
}

function findPython(modules: readonly string[]): string | Absent {
  const candidates = [process.env.KINDLING_PYTHON, "python3", "python"].filter((name) => name !== undefined);
  for (const name of candidates) {
    const tried = spawnSync(name, ["-c", `import ${modules.join(", ")}`], { stdio: "ignore" });
    if (tried.status === 0) return name;
  }
  const path = (process.env.PATH ?? "").split(delimiter).length;
  return {
    absent: `no Python with ${modules.join(" and ")} (tried ${candidates.join(", ")} in ${path} folders of PATH): pip install ${modules.join(" ")}, or name one in KINDLING_PYTHON`,
  };
}
