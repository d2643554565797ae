import { cpu, type Device, DeviceError } from "@kindling/core";
import { checkOptions, surplusArguments, warn } from "@kindling/core/extend";
import { AbsentDeviceError, messageOf } from "./absent-device.ts";
import { type Adapter, adapters, type DeviceOptions } from "./adapters.ts";
import { prove } from "./prove.ts";
import { within } from "./within.ts";

/** PyTorch's names of GPUs. */
const GPU = /^(?:cuda|gpu|mps|xpu|hip|rocm)(?::\d+)?$/i;
const GPUS =
  " A GPU is webgpu or webgl in a page, and webgpu or (NVIDIA's) tensorflow in Node; auto takes the fastest one that starts.";

/** Devices by name. One that can be lost says so, and is started anew. */
const loaded = new Map<string, Promise<Device>>([["cpu", Promise.resolve(cpu)]]);

/**
 * The device of this name, started on first use: `cpu`, `onnx`, `wasm`, `webgpu`, ..., or `auto` for the fastest one that starts and computes rightly.
 * A warning gives the reason for each that is installed and passed over.
 *
 * @example const device = await device("wasm")
 * @throws DeviceError for a name that is unknown, or a backend whose package is missing or does not start.
 */
export async function device(name: string, options: DeviceOptions = {}): Promise<Device> {
  if (arguments.length > 2) throw surplusArguments("device(name, options?)", arguments.length);
  checkOptions("device", options, ["wasmPaths", "threads"]);
  if (name === "auto") return fastest(options);
  const known = loaded.get(name);
  if (known !== undefined && (await known).isLost !== true) return known;
  const adapter = adapters.find((candidate) => candidate.name === name);
  if (adapter === undefined) {
    const names = ["auto", "cpu", ...adapters.map((candidate) => candidate.name)];
    throw new DeviceError(
      "device",
      `unknown device '${name}'`,
      "",
      `Known are ${names.join(", ")}.${GPU.test(name) ? GPUS : ""}`,
    );
  }
  const starting = adapter.load(options);
  loaded.set(name, starting);
  try {
    return await starting;
  } catch (error) {
    loaded.delete(name);
    throw unavailable(adapter, error);
  }
}

/** Seconds in which a device must have started and computed something, or `auto` passes it over. */
const PATIENCE = 20;

/**
 * The first of the adapters, best first, that starts and computes rightly; `cpu` where none does. One that was built for a GPU comes before
 * the others, and in its own place again where it finds none.
 */
async function fastest(options: DeviceOptions): Promise<Device> {
  const failed = new Set<Adapter>();
  const ahead = await builtForGpu();
  for (const [i, adapter] of [...ahead, ...adapters].entries()) {
    if (failed.has(adapter)) continue;
    try {
      const found = await within(PATIENCE, `the ${adapter.name} device did not start`, proved(adapter, options));
      if (i >= ahead.length || found.facts?.gpu === true) return found;
    } catch (error) {
      failed.add(adapter);
      // The next one, and at last cpu. A package that is not installed is no news.
      if (!(error instanceof AbsentDeviceError))
        warn(`device("auto") goes on without ${adapter.name}. ${messageOf(error)}`);
    }
  }
  return cpu;
}

async function builtForGpu(): Promise<Adapter[]> {
  const answers = await Promise.all(adapters.map(({ isBuiltForGpu }) => isBuiltForGpu?.()));
  return adapters.filter((_, i) => answers[i] === true);
}

async function proved(adapter: Adapter, options: DeviceOptions): Promise<Device> {
  const found = await device(adapter.name, options);
  if (found.isSlow === true) {
    throw new DeviceError("device", `the ${adapter.name} device is slow here`, found.detail ?? "");
  }
  await prove(found);
  return found;
}

function unavailable({ name }: Adapter, cause: unknown): DeviceError {
  // It says itself why it did not start.
  if (cause instanceof DeviceError) return cause;
  const error = new DeviceError("device", `the ${name} device did not start`, messageOf(cause));
  error.cause = cause;
  return error;
}
