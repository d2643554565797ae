import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type Absent, type Command, isAbsent, type Sample } from "./contestant.ts";

/**
 * Runs a contestant to its end and collects its samples; `onSample` hears of each as it comes. What it writes to stderr is
 * shown only when it fails. One that lacks a package is absent, and one that says so itself.
 *
 * @throws Error when it ends with another exit code than 0
 */
export async function runContestant(
  [program, ...args]: Command,
  onSample: (sample: Sample) => void = () => {},
): Promise<Sample[] | Absent> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | string>((resolve) => {
    child.on("error", ({ message }) => resolve(message));
    child.on("close", (code, signal) => resolve(code ?? signal ?? "no exit code"));
  });
  let complaints = "";
  child.stderr.on("data", (text) => {
    complaints += text;
  });
  const samples: Sample[] = [];
  let absent: Absent | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith("{")) continue;
    const told = JSON.parse(line) as Sample | Absent;
    if (isAbsent(told)) {
      absent = told;
      continue;
    }
    const sample = told;
    samples.push(sample);
    onSample(sample);
  }
  const why = await ended;
  if (why === 0) return absent ?? samples;
  const missing = /Cannot find package '([^']+)'/.exec(complaints)?.[1];
  if (missing !== undefined) return { absent: `the package ${missing} is not installed: pnpm install` };
  throw new Error(`${[program, ...args].join(" ")} ended with ${why}\n${complaints.slice(-2000)}`);
}
