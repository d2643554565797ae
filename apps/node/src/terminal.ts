import process from "node:process";

/** Where a command writes: what was asked for on stdout, everything else on stderr. */
export interface Terminal {
  /** A line of what was asked for. */
  print(text: string): void;
  /** A line beside it. */
  note(text: string): void;
}

export const terminal: Terminal = {
  print: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
};

/** Whether colours can be shown on stdout: https://no-color.org. */
export function hasColours(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return process.stdout.isTTY === true && TERM !== "dumb";
}

/**
 * Ends quietly, as by SIGPIPE, when whoever reads what we print has gone (`kindling train | head`), and with one line when it cannot
 * be written for another reason (a full disk).
 */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE" || error.code === "EIO") process.exit(141);
      if (stream !== process.stderr) process.stderr.write(`kindling: could not print: ${error.message}\n`);
      process.exit(1);
    });
  }
}

/** Ends the process once everything printed has been handed over. */
export async function exit(code: number): Promise<never> {
  const flushed = [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write("", resolve)));
  await Promise.all(flushed);
  process.exit(code);
}
