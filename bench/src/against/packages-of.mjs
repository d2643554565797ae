// Preloaded (`--import packages-of.mjs?folder=...`): what a benchmark's program imports of Kindling comes from another checkout.
import { register } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = new URL(import.meta.url).searchParams.get("folder");

register(new URL("./resolve-packages.mjs", import.meta.url), {
  data: {
    ours: new URL("../", import.meta.url).href,
    theirs: pathToFileURL(join(folder, "bench", "src", "main.ts")).href,
  },
});
