import { convolutions } from "./convolution.ts";
import { indexing } from "./indexing.ts";
import type { Kernel } from "./kernel.ts";
import { movement } from "./movement.ts";
import { pointwise } from "./pointwise.ts";
import { pooling } from "./pooling.ts";
import { products } from "./product.ts";
import { reduction } from "./reduction.ts";

/** Every kernel of the device, by its tfjs name. */
export const kernels: ReadonlyMap<string, Kernel> = new Map(
  Object.entries({ ...convolutions, ...indexing, ...movement, ...pointwise, ...pooling, ...products, ...reduction }),
);
