import { parseArgs } from "node:util";
import { FromWheelError } from "./from-wheel-error.ts";

/** The version of TensorFlow that this was tried with. */
export const DEFAULT_VERSION = "2.21.0";

export interface FromWheelOptions {
  /** CUDA's libraries too: `tensorflow[and-cuda]`. */
  readonly gpu: boolean;
  /** The Python whose pip fetches the wheel. */
  readonly python: string;
  /** TensorFlow's version. */
  readonly version: string;
}

export const USAGE = `Usage: npx @kindling/tensorflow-from-wheel [options]

Builds the addon of the installed @tensorflow/tfjs-node (or -gpu) on the libtensorflow of TensorFlow's Python wheel.

  --gpu              with CUDA's libraries (tensorflow[and-cuda]), for NVIDIA GPUs on Linux
  --python COMMAND   the Python whose pip fetches the wheel (default: python3)
  --version VERSION  TensorFlow's version (default: ${DEFAULT_VERSION})
  --help             this text
`;

/** The options of a command line; null where it asks for help. */
export function parseOptions(args: readonly string[]): FromWheelOptions | null {
  const { help = false, gpu = false, python = "python3", version = DEFAULT_VERSION } = read(args);
  if (help) return null;
  if (!/^\d+\.\d+(\.\d+)?(rc\d+)?$/.test(version)) {
    throw new FromWheelError(`--version ${version} is not a version of TensorFlow.`, `One is ${DEFAULT_VERSION}.`);
  }
  return { gpu, python, version };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        gpu: { type: "boolean" },
        help: { type: "boolean" },
        python: { type: "string" },
        version: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new FromWheelError(error instanceof Error ? error.message : String(error), USAGE, { cause: error });
  }
}
