import type { Device } from "@kindling/core";
import { productSpeed } from "./product-speed.ts";
import { stepSpeed } from "./step-speed.ts";

/** How fast a device is, roughly. */
export interface Speed {
  /** Billions of floating-point operations a second in a product of square matrices, two for each multiplication and addition. */
  readonly gflops: number;
  /** Rows and columns of those matrices: the fastest of the sizes that there was time for. */
  readonly size: number;
  /** Milliseconds of a training step of a 784-128-10 network with 64 images. */
  readonly stepMs: number;
}

export interface SpeedOptions {
  /** How long it may take, in seconds; a device whose first kernels take longer exceeds it. Default: 2. */
  readonly seconds?: number;
  /** The clock, in milliseconds. Default: `performance.now`. */
  readonly now?: () => number;
}

/** Measures a device for about two seconds: half of them products, half of them training steps. */
export async function measureSpeed(device: Device, options: SpeedOptions = {}): Promise<Speed> {
  const { seconds = 2, now = () => performance.now() } = options;
  const half = (seconds / 2) * 1000;
  const product = await productSpeed(device, half, now);
  return { ...product, stepMs: await stepSpeed(device, half, now) };
}
