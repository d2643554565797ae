import { spawn } from "node:child_process";
import { join } from "node:path";
import { rootFolder } from "../run/commands.ts";

const program = join(rootFolder, "apps", "web", "site", "main.ts");
const command = ["--import", import.meta.resolve("tsx"), "--conditions=@kindling/source", program];

/** Builds the page into a folder. */
export function buildSite(folder: string): Promise<void> {
  const child = spawn(process.execPath, [...command, "build", "--out", folder], { stdio: ["ignore", "ignore", 2] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`the page could not be built (${code})`))));
  });
}

/** Serves what was built, on a port that is free. */
export function serveSite(folder: string): Promise<{ readonly url: string; close(): unknown }> {
  const child = spawn(process.execPath, [...command, "serve", "--out", folder, "--port", "0"], {
    stdio: ["ignore", "pipe", 2],
  });
  return new Promise((resolve, reject) => {
    let said = "";
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`the page could not be served (${code})`)));
    child.stdout?.on("data", (text) => {
      said += text;
      const [, url] = /(http:\/\/localhost:\d+\/)/.exec(said) ?? [];
      if (url !== undefined) resolve({ url, close: () => child.kill() });
    });
  });
}
