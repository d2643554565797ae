// For authors of data sets: indices as PyTorch reads them.

export { resolveIndex, resolveIndices } from "./dataset.ts";
