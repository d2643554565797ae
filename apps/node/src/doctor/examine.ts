import { availability, device as openDevice } from "@kindling/backends";
import { measureSpeed, selfTest } from "@kindling/backends/doctor";
import type { Finding } from "./device-report.ts";

/** Examines a device in this process: whether it starts, whether it computes rightly, and unless `quick` how fast. */
export async function* examine(
  name: string,
  { quick = false }: { readonly quick?: boolean } = {},
): AsyncGenerator<Finding> {
  const found = await availability(name);
  yield found;
  if (!found.available) return;
  const device = await openDevice(name);
  const tested = await selfTest(device);
  yield { selfTest: tested };
  if (tested.ok && !quick) yield { speed: await measureSpeed(device) };
}
