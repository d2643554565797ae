import { spawn } from "node:child_process";
import { join } from "node:path";
import { environment } from "./environment.ts";

/** Seconds until the server must listen. */
const PATIENCE = 60;

/** Runs the development server of the Vite in `modules` while `use` runs, in `project`, whose vite.config.js it reads. */
export async function withDevServer<T>(project: string, modules: string, use: (url: string) => Promise<T>): Promise<T> {
  const args = [join(modules, "vite/bin/vite.js"), "--host", "127.0.0.1"];
  const server = spawn(process.execPath, args, { cwd: project, env: environment({ NO_COLOR: "1" }) });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = "";
      const hear = (chunk: Buffer) => {
        said += chunk;
        const [address] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
        if (address !== undefined) resolve(address);
      };
      server.stdout.on("data", hear);
      server.stderr.on("data", hear);
      server.on("exit", (code) => reject(new Error(`vite ended with ${code}: ${said}`)));
      setTimeout(() => reject(new Error(`vite does not listen after ${PATIENCE} s: ${said}`)), PATIENCE * 1000).unref();
    });
    return await use(url);
  } finally {
    server.kill();
  }
}
