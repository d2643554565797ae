import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { benchFolder } from "../run/commands.ts";

/**
 * Registers the gradients of TensorFlow.js. tfjs-core has them, but only a bundler can import the file: Node finds none
 * of what that imports. The package that does it for Node, @tensorflow/tfjs, is 190 MB with what it needs.
 */
export async function registerGradients(): Promise<void> {
  const outfile = join(benchFolder, "node_modules", ".cache", "tfjs-gradients.cjs");
  const require = createRequire(import.meta.url);
  const entry = require.resolve("@tensorflow/tfjs-core/dist/register_all_gradients.js");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "cjs",
    platform: "node",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  require(outfile);
}
