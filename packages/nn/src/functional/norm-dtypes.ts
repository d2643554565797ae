import { DTypeError, type Tensor } from "@kindling/core";
import { isFloat, scalarTypeName } from "@kindling/core/extend";

/**
 * Refuses what is no float, and parameters or statistics of another dtype than the input; those of halves may be `float32`.
 *
 * @param kernel PyTorch's name of the kernel, which its message has
 */
export function checkNormDtypes(
  op: string,
  kernel: string,
  { dtype }: Tensor,
  parameters: readonly (Tensor | null)[],
): void {
  if (!isFloat(dtype)) {
    const rule = `"${kernel}" not implemented for '${scalarTypeName(dtype)}'`;
    throw new DTypeError(op, rule, "", 'Convert first: x.to("float32").');
  }
  for (const parameter of parameters) {
    if (parameter === null || parameter.dtype === dtype) continue;
    const isSingle = parameter.dtype === "float32";
    if (isSingle && (dtype === "float16" || dtype === "bfloat16")) continue;
    throw new DTypeError(
      op,
      isSingle
        ? "mixed dtype (CPU): all inputs must share same datatype."
        : "mixed dtype (CPU): expect parameter to have scalar type of Float",
      `the input is ${dtype}, a parameter or a running statistic ${parameter.dtype}`,
      "Convert them: net.to(x.dtype).",
    );
  }
}
