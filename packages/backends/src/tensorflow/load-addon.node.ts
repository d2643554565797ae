import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { DeviceError } from "@kindling/core";
import { AbsentDeviceError } from "../absent-device.ts";
import { findCutShort } from "../native/cut-short.node.ts";
import type { Binding } from "./binding.ts";
import { type FoundAddon, findAddons } from "./find-addon.node.ts";

export interface LoadedAddon {
  readonly binding: Binding;
  readonly packageName: string;
  /** Threads that one op may take. */
  readonly threads: number;
}

/** What builds the addon on a current libtensorflow. */
const TOOL = "npx @kindling/tensorflow-from-wheel";

const THREADS = ["TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"] as const;

let loaded: string | undefined;

/**
 * Loads the native addon of `@tensorflow/tfjs-node`, and nothing else of the package: its JavaScript would make itself the active backend
 * of tfjs, replace kernels of other backends with copies, and call functions of `util` that Node 23 has dropped.
 *
 * @throws DeviceError when none is installed, built or loads.
 */
export function loadAddon(threads?: number, found: readonly FoundAddon[] = findAddons()): LoadedAddon {
  if (found.length === 0) {
    throw new AbsentDeviceError(
      "device",
      "the tensorflow device needs the package @tensorflow/tfjs-node@4.22.0",
      "it is not installed",
      `npm install @tensorflow/tfjs-node@4.22.0 (with --ignore-scripts where that fails), then ${TOOL}`,
    );
  }
  const failures: string[] = [];
  for (const { packageName, folder, file } of found) {
    if (file === undefined) {
      failures.push(`${packageName} is installed, but its addon (tfjs_binding.node) was never built`);
      continue;
    }
    // libtensorflow lies in `deps/lib`.
    const cut = findCutShort(dirname(file)) ?? findCutShort(join(folder, "deps", "lib"));
    if (cut !== undefined) {
      failures.push(`the library ${cut} is cut short`);
      continue;
    }
    try {
      return { binding: open(file, threads), packageName, threads: threads ?? threadsOfEnvironment() };
    } catch (error) {
      if (error instanceof DeviceError) throw error;
      failures.push(`the addon of ${packageName} does not load (${firstLine(error)})`);
    }
  }
  throw new DeviceError("tensorflow", failures.join("; "), "", `Build it on a current libtensorflow: ${TOOL}.`);
}

/** libtensorflow reads the environment once, when it is loaded. What the user has set there stays. */
function open(file: string, threads: number | undefined): Binding {
  const { env } = process;
  if (threads !== undefined && loaded !== undefined) {
    throw new DeviceError(
      "tensorflow",
      "threads are counted off when libtensorflow is loaded",
      "it is loaded already",
      "Ask for the tensorflow device once, with its threads.",
    );
  }
  env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  // cuDNN's pooling passes over NaN otherwise.
  env.TF_ENABLE_MAXPOOL_NANPROP ??= "1";
  const before = THREADS.map((name) => env[name]);
  if (threads !== undefined) for (const name of THREADS) env[name] = String(threads);
  try {
    const binding = createRequire(import.meta.url)(file) as Binding;
    loaded = file;
    return binding;
  } finally {
    THREADS.forEach((name, i) => {
      if (before[i] === undefined) delete env[name];
      else env[name] = before[i];
    });
  }
}

function threadsOfEnvironment(): number {
  const set = Number(process.env.TF_NUM_INTRAOP_THREADS);
  return set > 0 ? set : availableParallelism();
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] as string;
}
