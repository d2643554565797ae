// torch.nn.utils. What clips gradients is in the package's index too.
export { clipGradNorm_, clipGradValue_ } from "../clip-grad.ts";
export { parametersToVector, vectorToParameters } from "./parameters-vector.ts";
