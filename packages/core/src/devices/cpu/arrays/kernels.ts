import type { BasicKernel } from "../../../device/kernels.ts";
import type { ArrayKernel } from "./elements.ts";
import { movement } from "./movement.ts";
import { pointwise } from "./pointwise.ts";
import { products } from "./products.ts";
import { reductions } from "./reductions.ts";

/** Every kernel in plain JavaScript, over arrays of any dtype: for those that TensorFlow.js does not have. One that is missing does not compile. */
export const arrayKernels: { readonly [K in BasicKernel]: ArrayKernel<K> } = {
  ...pointwise,
  ...reductions,
  ...movement,
  ...products,
};
