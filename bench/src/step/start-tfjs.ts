import { availability } from "@kindling/backends";
import * as tf from "@tensorflow/tfjs-core";
import { registerGradients } from "../mnist/tfjs-gradients.ts";

/**
 * Makes the TensorFlow.js backend of this name the active one, with gradients registered.
 *
 * @throws Error where it does not start
 */
export async function startTfjs(name: string): Promise<void> {
  await registerGradients();
  if (name === "wasm") await import("@tensorflow/tfjs-backend-wasm");
  // Loads the backend, and what it needs of Node, as Kindling does.
  else if (name !== "cpu") await availability(name);
  if (!(await tf.setBackend(name))) throw new Error(`the tfjs backend ${name} did not start`);
  await tf.ready();
}
