import process from "node:process";
import { CommanderError } from "commander";
import { makeProgram } from "./program.ts";
import { endWithReader, exit, terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

endWithReader();
let code = 0;
try {
  await makeProgram((given) => {
    code = given;
  }).parseAsync(process.argv);
} catch (error) {
  code = report(error);
}
await exit(code);

/** Says what went wrong, in one line where it can be, and gives the exit code: 2 where the command was misused, 1 otherwise. */
function report(error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0; // --help
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CommanderError && error.code === "commander.help") return 2; // printed instead of a command
  terminal.note(`kindling: ${message.replace(/^error: /, "").replace(/\n\(Did you mean/, " (Did you mean")}`);
  if (process.env.DEBUG && error instanceof Error) terminal.note(error.stack ?? "");
  return error instanceof CommanderError || error instanceof UsageError ? 2 : 1;
}
