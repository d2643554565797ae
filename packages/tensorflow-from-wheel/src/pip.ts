import { join } from "node:path";
import { FromWheelError } from "./from-wheel-error.ts";
import { lastLines, type Ran, run } from "./run.ts";

/** A Python with a pip: the one that was named, or one made of it in `scratch` where it has none of its own. */
export async function pythonWithPip(python: string, scratch: string): Promise<string> {
  const found = await run(python, ["-m", "pip", "--version"]);
  if (found.missing) {
    throw new FromWheelError(
      `There is no Python: ${python} was not found.`,
      "Install Python 3 with pip (Debian: apt install python3 python3-venv), or name another one: --python COMMAND",
    );
  }
  if (found.code === 0) return python;
  const environment = join(scratch, "python");
  const made = await run(python, ["-m", "venv", environment]);
  if (made.code === 0) return join(environment, "bin", "python");
  throw new FromWheelError(
    `${python} has no pip, and can make no environment that has one: ${lastLines(made.stdout + made.stderr, 1)}`,
    "Install one of them (Debian: apt install python3-pip, or python3-venv), or name another Python: --python COMMAND",
  );
}

/** What pip's failure means for who wanted `requirement`. */
export function pipFailure(requirement: string, { stdout, stderr }: Pick<Ran, "stdout" | "stderr">): FromWheelError {
  const said = stderr + stdout;
  if (/No space left on device|Errno 28/.test(said)) {
    return new FromWheelError("The disk is full.", "Make room and run this again.");
  }
  const offered = /from versions: ([^)]+)\)/.exec(said)?.[1];
  if (/No matching distribution found/.test(said)) {
    const newest = offered === undefined || offered === "none" ? undefined : offered.split(", ").slice(-8).join(", ");
    return new FromWheelError(
      `pip finds no ${requirement} for this machine.`,
      newest === undefined
        ? "Its index has no version at all: is it reachable (pip config list)?"
        : `Choose another with --version. It offers ${newest}.`,
    );
  }
  return new FromWheelError(
    `pip could not fetch ${requirement}:\n${lastLines(said)}`,
    "It is your own pip, with your own settings: once this works by hand, so does this tool.",
  );
}
