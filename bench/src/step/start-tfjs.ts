import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import { registerGradients } from "../mnist/tfjs-gradients.ts";

/** The package of each backend, and whose dependency it is: the versions that Kindling's devices are made of. */
const PACKAGES: Readonly<Record<string, readonly [name: string, of: string]>> = {
  cpu: ["@tensorflow/tfjs-backend-cpu", "@kindling/core"],
  wasm: ["@tensorflow/tfjs-backend-wasm", "@kindling/backends"],
  webgpu: ["@tensorflow/tfjs-backend-webgpu", "@kindling/backends"],
  tensorflow: ["@tensorflow/tfjs-node", "@kindling/backends"],
};

/** A GPU for Node. */
const DAWN = "webgpu";

/**
 * Makes the TensorFlow.js backend of this name the active one, with gradients registered.
 *
 * @throws Error where it is not installed, or does not start
 */
export async function startTfjs(name: string): Promise<void> {
  const [packageName, owner] = PACKAGES[name] ?? [];
  if (packageName === undefined) throw new Error(`the tfjs backend ${name} is not looked for here`);
  await registerGradients();
  const require = createRequire(import.meta.resolve(`${owner}/package.json`));
  if (name === "webgpu") nameGpu(require(DAWN));
  require(packageName);
  if (!(await tf.setBackend(name))) throw new Error(`the tfjs backend ${name} did not start`);
  await tf.ready();
}

/** Gives Node what the backend expects of a page. */
function nameGpu({ create, globals }: { create(flags: string[]): object; readonly globals: object }): void {
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, "navigator", { value: { gpu: create([]) }, configurable: true });
}
