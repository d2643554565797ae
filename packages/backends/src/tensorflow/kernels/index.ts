import { images } from "./images.ts";
import { indexing } from "./indexing.ts";
import type { Kernel } from "./kernel.ts";
import { movement } from "./movement.ts";
import { pointwise } from "./pointwise.ts";
import { products } from "./product.ts";
import { reduction } from "./reduction.ts";

/** Every kernel of the device, by its tfjs name. */
export const kernels: ReadonlyMap<string, Kernel> = new Map(
  Object.entries({ ...images, ...indexing, ...movement, ...pointwise, ...products, ...reduction }),
);
