import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Surroundings } from "./cell.ts";
import { writeProgram } from "./program.ts";

const execute = promisify(execFile);

/** The numbers of the same programs in this Node, unbundled, by device. */
export async function lossesInNode(
  program: "linear" | "train",
  around: Surroundings,
): Promise<Readonly<Record<string, readonly number[]>>> {
  const all = await around.shared("losses in Node", async () => {
    const project = await around.folder("losses in Node");
    await around.consumers.make(project, ["@kindling/kindling", "@kindling/core"], "wasm");
    for (const name of ["train", "losses"]) await writeProgram(project, name, "mjs");
    const { stdout } = await execute(process.execPath, ["losses.mjs"], { cwd: project, timeout: 120_000 });
    return JSON.parse(stdout);
  });
  return all[program];
}
