#!/usr/bin/env node
import process from "node:process";
import { buildFromWheel } from "./build.ts";
import { FromWheelError } from "./from-wheel-error.ts";
import { parseOptions, USAGE } from "./options.ts";

const say = (line: string): void => console.error(`tensorflow-from-wheel: ${line}`);

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
  } else {
    const { version, gpu, log } = await buildFromWheel({ ...options, cwd: process.cwd(), report: say });
    say(`TensorFlow ${version} computes, ${gpu ? "on a GPU" : "on the CPU"}.`);
    if (options.gpu && !gpu) say(`It found no GPU that it can use. It said:\n${log.trim()}`);
  }
} catch (error) {
  if (!(error instanceof FromWheelError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
