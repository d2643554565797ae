import type { Terminal } from "./terminal.ts";

/** A page has no terminal: bars report to `onUpdate`, and what is written goes to the console. */
export const terminal: Terminal = {
  stderr: null,
  stdout: { write: (text) => console.log(text.replace(/\n$/, "")) },
  unicode: true,
  env: () => undefined,
};
