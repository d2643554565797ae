import { resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { build, createServer, preview } from "vite";
import { siteConfig } from "./config.ts";

const usage = `usage: build | dev | serve [--out FOLDER] [--port N] [--host ADDRESS] [--open]

  build   makes the site in apps/web/dist, for any static host
  dev     serves the sources, and reloads what changes
  serve   serves the site that was built`;

/** \`pnpm --filter @kindling/web build\`, \`dev\` and \`serve\`. */
async function main(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    allowPositionals: true,
    options: { out: { type: "string" }, port: { type: "string" }, host: { type: "string" }, open: { type: "boolean" } },
  });
  const [command] = positionals;
  if (command !== "build" && command !== "dev" && command !== "serve") throw new Error(usage);
  const { KINDLING_DATA: data, KINDLING_FASHION_MIRROR: fashionMirror } = process.env;
  const { INIT_CWD = "." } = process.env;
  const outDir = values.out === undefined ? {} : { outDir: resolve(INIT_CWD, values.out) };
  const config = await siteConfig(command === "build" ? "build" : "serve", { data, fashionMirror });
  if (command === "build") {
    // Whoever starts it: a test runner has another one, and Vite believes it.
    process.env.NODE_ENV = "production";
    await build({ ...config, logLevel: "warn", build: { ...config.build, ...outDir } });
    return;
  }
  const how = {
    ...(values.port !== undefined && { port: Number(values.port), strictPort: true }),
    ...(values.host !== undefined && { host: values.host }),
    ...(values.open !== undefined && { open: values.open }),
  };
  if (command === "dev") {
    const server = await createServer({ ...config, server: { ...config.server, ...how } });
    await server.listen();
    server.printUrls();
  } else {
    const server = await preview({
      ...config,
      build: { ...config.build, ...outDir },
      preview: { ...config.preview, ...how },
    });
    server.printUrls();
  }
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
