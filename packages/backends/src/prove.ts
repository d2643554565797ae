import { type Device, DeviceError, scope, tensor } from "@kindling/core";

const proven = new WeakSet<Device>();

/**
 * Computes something with a known answer, once for each device: `sum(relu(x @ x))` of whole numbers, which every device gives exactly.
 *
 * @throws DeviceError where another number comes out.
 */
export async function prove(device: Device): Promise<void> {
  if (proven.has(device)) return;
  const sum = scope(() => {
    const x = tensor([
      [1, 2],
      [3, -4],
    ]).to(device);
    return x.matmul(x).relu().sum(); // [[7, -6], [-9, 22]]
  });
  try {
    const got = await sum.item();
    if (got !== 29)
      throw new DeviceError("device", `the ${device.name} device computes wrongly`, `${got} instead of 29`);
  } finally {
    sum.dispose();
  }
  proven.add(device);
}
