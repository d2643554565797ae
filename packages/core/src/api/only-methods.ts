// Every function of these files is a method, and no function of the package: PyTorch has it as a method only.

export * from "../autograd/backward.ts";
export * from "../ops/advanced-index.ts";
export * from "../ops/filling.ts";
export * from "../ops/resizing.ts";
export * from "../ops/to.ts";
export * from "./new-like.ts";
