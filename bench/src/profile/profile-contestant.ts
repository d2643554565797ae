import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { number, table } from "../report/table.ts";
import { type Contestant, isAbsent } from "../run/contestant.ts";
import { runContestant } from "../run/run-contestant.ts";
import { type CpuProfile, selfTimes } from "./self-times.ts";

const SHOWN = 25;

/**
 * Runs one contestant under Node's profiler; a table of the functions that it spent its time in.
 *
 * @throws Error for a contestant that is no program of Node's, or is absent
 */
export async function profileContestant({ label, command }: Contestant): Promise<string> {
  if (isAbsent(command)) throw new Error(command.absent);
  const [program, ...args] = command;
  if (program !== process.execPath) throw new Error(`${label} does not run on Node: --profile cannot look into it`);
  const folder = mkdtempSync(join(tmpdir(), "kindling-profile-"));
  try {
    const told = await runContestant([program, "--cpu-prof", `--cpu-prof-dir=${folder}`, ...args]);
    if (isAbsent(told)) throw new Error(told.absent);
    const profiles = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    // Worker threads leave one each: the program's own is the longest.
    const longest = profiles.sort((a, b) => b.length - a.length)[0] as string;
    const rows = selfTimes(JSON.parse(longest) as CpuProfile)
      .slice(0, SHOWN)
      .map(({ where, ms, share }) => [where, number(ms), `${(100 * share).toFixed(1)}%`]);
    return `${label}\n\n${table(["function", "self ms", "share"], rows)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
