import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** Runs a program of the workspace as a process of its own, on source. */
export function runOnSource(program: string, ...args: string[]): Promise<void> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const file = join(import.meta.dirname, program);
  const child = spawn(process.execPath, ["--conditions=@kindling/source", "--import", tsx, file, ...args], {
    // No data set but the one that the site brings along.
    env: { ...process.env, KINDLING_DATA: join(tmpdir(), "kindling-no-data") },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (text) => {
    complaints += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}\n${complaints}`)),
    );
  });
}
