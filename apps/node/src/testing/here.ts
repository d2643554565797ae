import process from "node:process";
import { vi } from "vitest";
import { exitCodeOf } from "../exit-code.ts";
import { makeProgram } from "../program.ts";
import { terminal } from "../terminal.ts";

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `kindling ...args` in this process: quicker than one of its own, and as good where none has to die. */
export async function kindlingHere(...args: string[]): Promise<Said> {
  const said = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      said[name] += String(text);
      return true;
    }),
  );
  let code = 0;
  try {
    await makeProgram((given) => {
      code = given;
    }).parseAsync(["node", "kindling", ...args]);
  } catch (error) {
    code = exitCodeOf(error, terminal);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return { code, ...said };
}
