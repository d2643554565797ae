import { isFloat } from "../base/dtype.ts";
import { AutogradError } from "../base/errors.ts";
import { isTensor, Tensor } from "./tensor.ts";

const ROLE = Symbol.for("kindling.role");

/** A tensor that a module owns: a parameter, which training changes, or a buffer, which it does not. */
export type Role = "parameter" | "buffer" | "transient buffer";

interface WithRole {
  [ROLE]?: Role;
}

/** Takes a tensor out of every scope: whoever calls this frees it, or keeps it. */
export function detachFromScope<V extends Tensor>(tensor: V): V {
  tensor.owner?.remove(tensor);
  tensor.storage.memory?.keep();
  return tensor;
}

function withRole(source: Tensor, role: Role): Tensor {
  source.check(role);
  const out = new Tensor(role, source.shape, source.dtype, source.device, source.content().fork());
  (out as WithRole)[ROLE] = role;
  // The module frees it.
  out.storage.memory?.own();
  return out;
}

/** A leaf with the elements of `source` that asks for a gradient and belongs to no scope: the stuff of `nn.Parameter`. */
export function asParameter(source: Tensor, requiresGrad = true): Tensor {
  if (requiresGrad && !isFloat(source.dtype)) {
    throw new AutogradError(
      "Parameter",
      "Only Tensors of floating point and complex dtype can require gradients",
      `the dtype is ${source.dtype}`,
      "Use a Buffer, or requiresGrad: false.",
    );
  }
  return withRole(source, "parameter").requiresGrad_(requiresGrad);
}

/** A tensor with the elements of `source` that a module carries along; `persistent` ones are in its state dict. */
export function asBuffer(source: Tensor, persistent = true): Tensor {
  return withRole(source, persistent ? "buffer" : "transient buffer");
}

function roleOf(value: unknown): Role | undefined {
  return isTensor(value) ? (value as WithRole)[ROLE] : undefined;
}

export function isParameter(value: unknown): value is Tensor {
  return roleOf(value) === "parameter";
}

export function isBuffer(value: unknown): value is Tensor {
  return roleOf(value) === "buffer" || roleOf(value) === "transient buffer";
}

export function isPersistentBuffer(value: unknown): value is Tensor {
  return roleOf(value) === "buffer";
}
