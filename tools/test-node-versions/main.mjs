import { root } from "../setup/pnpm.mjs";
import { install } from "../setup/setup.mjs";
import { run, vitest } from "../test/steps.mjs";
import { nodeOf } from "./node-of.mjs";

/**
 * `pnpm test:node-versions [22 24 ...]`: what may differ from one Node to the next is tried on each that is named. The laws of all devices, and a
 * training by the command, whose digits must be PyTorch's. `npm test` is for the Node that runs it.
 */
const own = process.versions.node.split(".")[0];
const named = process.argv.slice(2);
const versions = named.length > 0 ? named : ["20", "22", "24"].filter((version) => version !== own);

install();
run(
  "test-node-versions",
  versions.flatMap((version) => {
    const command = [nodeOf(version), `${root}node_modules/vitest/vitest.mjs`];
    const digits = ["--project=node", "apps/node/src/cli.test.ts", "-t", "prints the digits that PyTorch prints"];
    return [
      { ...vitest(`laws on Node ${version}`, "--project=conformance", "--project=conformance on *"), command },
      { ...vitest(`kindling train on Node ${version}`, ...digits), command },
    ];
  }),
);
