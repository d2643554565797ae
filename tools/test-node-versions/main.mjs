import { root } from "../setup/pnpm.mjs";
import { install } from "../setup/setup.mjs";
import { run, vitest } from "../test/steps.mjs";
import { nodeOf } from "./node-of.mjs";

/**
 * `pnpm test:node-versions [22 24 ...]`: what may differ from one Node to the next is tried on each that is named. The laws of the devices that
 * Node's engine and its addons compute, those of one layer on webgpu, whose kernels are the same everywhere, and on the newest a training by
 * the command, whose digits must be PyTorch's. `npm test` is for the Node that runs it.
 */
const LAWS = "^the laws|^every device|on (cpu|onnx|wasm) |on webgpu modules Linear";
const DIGITS = [
  "--project=node",
  "apps/node/src/cli.test.ts",
  "-t",
  "prints the digits that PyTorch prints, and leaves what it learned, on wasm",
];

const own = process.versions.node.split(".")[0];
const named = process.argv.slice(2);
const versions = named.length > 0 ? named : ["20", "22", "24"].filter((version) => version !== own);

// The proofs of laws, such as finite differences, prove formulas: one Node is enough for these.
process.env.KINDLING_TIERS ??= "laws";
install();
run(
  "test-node-versions",
  versions.flatMap((version) => {
    const command = [nodeOf(version), `${root}node_modules/vitest/vitest.mjs`];
    const laws = vitest(`laws on Node ${version}`, "--project=conformance", "--project=conformance on *", "-t", LAWS);
    const training = vitest(`kindling train on Node ${version}`, ...DIGITS);
    return (version === versions.at(-1) ? [laws, training] : [laws]).map((step) => ({ ...step, command }));
  }),
);
