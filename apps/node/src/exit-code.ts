import process from "node:process";
import { CommanderError } from "commander";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Says what went wrong, in one line where it can be, and gives the exit code: 2 where the command was misused, 1 otherwise. */
export function exitCodeOf(error: unknown, { note }: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0; // --help
    if (error.code === "commander.help") return 2; // printed in the place of a command
  }
  const message = error instanceof Error ? error.message : String(error);
  note(`kindling: ${message.replace(/^error: /, "").replace(/\n\(Did you mean/, " (Did you mean")}`);
  if (process.env.DEBUG && error instanceof Error) note(error.stack ?? "");
  return error instanceof CommanderError || error instanceof UsageError ? 2 : 1;
}
