import { shared } from "../base/global.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";
import type { Device } from "../device/device.ts";
import { checkDevice } from "../device/device-argument.ts";
import { cpu } from "../devices/cpu/cpu.ts";

const chosen = shared<{ device: Device | null }>("defaultDevice", () => ({ device: null }));

/**
 * Where functions that make tensors put them unless they get a `device`: `setDefaultDevice(await device("auto"))`. Random numbers are the same
 * on every device. `fromBuffer` stays on the cpu.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.set_default_device.html
 * @example setDefaultDevice(cpu); zeros([2]).device.name // "cpu"
 */
export function setDefaultDevice(device: Device): void {
  if (arguments.length > 1) throw surplusArguments("setDefaultDevice(device)", arguments.length);
  checkDevice("setDefaultDevice", device);
  chosen.device = device;
}

/**
 * The device that {@link setDefaultDevice} has set; at first the cpu.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.get_default_device.html
 * @example getDefaultDevice().name // "cpu"
 */
export function getDefaultDevice(): Device {
  if (arguments.length > 0) throw surplusArguments("getDefaultDevice()", arguments.length);
  return chosen.device ?? cpu;
}
