import { spawn } from "node:child_process";
import process from "node:process";

export interface Ran {
  /** The exit code; null where the command was not found or was ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The command does not exist. */
  readonly missing: boolean;
}

/** Runs a command to its end. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      stdout += String(chunk);
    });
    child.stderr.on("data", (chunk) => {
      stderr += String(chunk);
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      resolve({ code: null, stdout, stderr: error.message, missing: error.code === "ENOENT" });
    });
    child.on("close", (code) => resolve({ code, stdout, stderr, missing: false }));
  });
}

/** The last lines that say something. */
export function lastLines(text: string, count = 12): string {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-count)
    .join("\n");
}
