import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";
import type { DeviceReport, Finding } from "./device-report.ts";

type Command = readonly [program: string, ...args: string[]];

/** The stages of an examination, and the time limit of each: a graphics card compiles its first kernels first. */
const STAGES = [
  { doing: "while starting", seconds: 30 },
  { doing: "in the self-test", seconds: 60 },
  { doing: "while measuring its speed", seconds: 60 },
] as const;

export interface ApartOptions {
  readonly quick?: boolean;
  /** What examines the device and prints its findings. Default: this program once more. */
  readonly command?: Command;
  /** Seconds for each stage, instead of the usual ones. */
  readonly limit?: number;
}

/**
 * Examines a device in a process of its own: one that hangs, or takes its process with it, does so alone. Never throws: that is
 * a finding too.
 */
export async function examineApart(name: string, options: ApartOptions = {}): Promise<DeviceReport> {
  const { quick = false, limit, command = thisProgram(name, quick) } = options;
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<string>((resolve) => {
    child.on("error", ({ message }) => resolve(message));
    child.on("close", (code, signal) => resolve(signal === null ? `exit code ${code}` : `${signal}`));
  });
  let complaints = "";
  child.stderr.on("data", (text) => {
    complaints = (complaints + text).slice(-4000);
  });

  const findings: Finding[] = [];
  const stage = (): (typeof STAGES)[number] => STAGES[Math.min(findings.length, STAGES.length - 1)] as never;
  const watch = watchdog(child, () => limit ?? stage().seconds);
  for await (const line of createInterface({ input: child.stdout })) {
    const finding = parse(line);
    if (finding === undefined) continue;
    findings.push(finding);
    watch.restart();
  }
  const how = await ended;
  watch.stop();
  const { doing, seconds } = stage();
  // Libraries have been seen to crash when their process ends: what was found out before is none the worse.
  const problem = isComplete(findings, quick)
    ? null
    : watch.bit
      ? `no answer within ${limit ?? seconds} s ${doing}`
      : `its process ended (${how}) ${doing}${lastLine(complaints)}`;
  return reportOf(name, findings, problem);
}

function isComplete(findings: readonly Finding[], quick: boolean): boolean {
  const { available, selfTest, speed } = reportOf("", findings, null);
  return (
    findings.length > 0 && (!available || selfTest?.ok === false || (selfTest !== null && (quick || speed !== null)))
  );
}

/** This program, asked to examine one device in its own process. */
function thisProgram(name: string, quick: boolean): Command {
  const flags = quick ? ["--quick"] : [];
  return [process.execPath, ...process.execArgv, process.argv[1] as string, "examine", name, ...flags];
}

/** Ends the process when nothing is heard of it for long. */
function watchdog(child: ChildProcess, seconds: () => number) {
  const watch = { bit: false, restart, stop: () => clearTimeout(timer) };
  let timer: ReturnType<typeof setTimeout> | undefined;
  function restart(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      watch.bit = true;
      child.kill("SIGKILL");
    }, seconds() * 1000);
  }
  restart();
  return watch;
}

/** A line of the examination; libraries print lines of their own between them. */
function parse(line: string): Finding | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Finding;
  } catch {
    return undefined;
  }
}

function lastLine(text: string): string {
  const last = text.trim().split("\n").at(-1) ?? "";
  return last === "" ? "" : `: ${last}`;
}

function reportOf(name: string, findings: readonly Finding[], problem: string | null): DeviceReport {
  const absent = { name, available: false, detail: problem ?? "no findings", facts: {} };
  const none = { selfTest: null, speed: null, problem };
  // Not by assignment: a finding is what another process has printed, and a key may be `__proto__`.
  const entries = [absent, none, ...findings].flatMap((part) => Object.entries(part));
  return Object.fromEntries(entries) as DeviceReport;
}
