import { engine, findBackend, findBackendFactory, type KernelBackend } from "@tensorflow/tfjs-core";
import { DeviceError } from "../../base/errors.ts";
import { surplusArguments } from "../../base/surplus-arguments.ts";
import type { Device } from "../../device/device.ts";
import { TfjsDevice } from "./device.ts";

const adopted = new Map<string, TfjsDevice>();

/**
 * A backend that the program has registered with TensorFlow.js itself, as a device.
 *
 * @throws DeviceError when no backend of that name is registered or its start fails.
 */
export async function deviceFromTfjs(name: string): Promise<Device> {
  if (arguments.length > 1) throw surplusArguments("deviceFromTfjs(name)", arguments.length);
  const known = adopted.get(name);
  if (known !== undefined) return known;
  const device = new TfjsDevice(name, await startBackend(name), name, { readsSync: name !== "webgpu" });
  adopted.set(name, device);
  return device;
}

/** Starts a registered backend without making it the active one: other backends' ops go on meanwhile. */
async function startBackend(name: string): Promise<KernelBackend> {
  const { registry } = engine();
  const running = Object.hasOwn(registry, name) ? registry[name] : undefined;
  if (running !== undefined) return running;
  const factory = engine().backendNames().includes(name) ? findBackendFactory(name) : undefined;
  if (factory === undefined || factory === null) {
    throw new DeviceError(
      "deviceFromTfjs",
      `no tfjs backend '${name}' is registered`,
      `registered: ${engine().backendNames().join(", ") || "none"}`,
      `Import it first, e.g. import "@tensorflow/tfjs-backend-${name}".`,
    );
  }
  const backend = await factory();
  registry[name] = backend;
  return findBackend(name) ?? backend;
}
