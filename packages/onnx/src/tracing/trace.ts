import { type DType, isTensor, noGrad, type Shape, scope, type Tensor, ValueError, zeros } from "@kindling/core";
import type { Operand } from "@kindling/core/device";
import { watchOps } from "@kindling/core/extend";
import { type Traced, type TracedCall, TracingDevice } from "./tracing-device.ts";

/** The part of `nn.Module` that the export needs. */
export interface Exportable {
  (...inputs: Tensor[]): unknown;
  namedParameters(): Iterable<[string, Tensor]>;
  namedBuffers(): Iterable<[string, Tensor]>;
  modules(): Iterable<{ training: boolean }>;
}

/** A forward pass, call by call. */
export interface Trace {
  readonly inputs: readonly Traced[];
  /** As they are to be read: a view has another shape than what it is a view of. */
  readonly outputs: readonly Operand[];
  readonly calls: readonly TracedCall[];
  /** The names of the ops that have run on the tracing device, in order. */
  readonly ops: readonly string[];
}

/** The elements of parameters and buffers, read from wherever they are. */
export type Elements = ReadonlyMap<Tensor, Tensor>;

/** Records `forward` on inputs of these shapes. Parameters stand on the tracing device meanwhile; nothing of the network is changed. */
export function trace(
  net: Exportable,
  elements: Elements,
  inputs: readonly { readonly shape: Shape; readonly dtype: DType }[],
): Trace {
  const device = new TracingDevice();
  const ops: string[] = [];
  const stop = watchOps((op, at) => {
    if (at === device) ops.push(op);
  });
  const recorded = (): Trace =>
    scope(() =>
      noGrad(() =>
        evaluating(net, () => {
          const given = inputs.map(({ shape, dtype }) => onDevice(zeros(shape, { dtype }), device));
          // Now: forward may change an input in place.
          const handles = given.map((input) => handleOf(input, device));
          const state = [...net.namedParameters(), ...net.namedBuffers()];
          const results = lending(state, elements, device, () => net(...given));
          const outputs = outputsOf(results).map((output) => {
            const { shape, dtype } = output;
            return { handle: handleOf(output, device), shape, dtype };
          });
          return { inputs: handles, outputs, calls: device.calls, ops };
        }),
      ),
    );
  try {
    return recorded();
  } finally {
    stop();
  }
}

function onDevice(tensor: Tensor, device: TracingDevice): Tensor {
  const moved = tensor.to(device);
  // Nobody may look into it: what is computed from it then would be a constant.
  moved.operand();
  moved.storage.host = null;
  return moved;
}

/** In eval mode, and afterwards each module in the one that it was in. */
function evaluating<R>(net: Exportable, fn: () => R): R {
  const modules = [...net.modules()].map((module) => [module, module.training] as const);
  for (const [module] of modules) module.training = false;
  try {
    return fn();
  } finally {
    for (const [module, training] of modules) module.training = training;
  }
}

/** With the state on `device`, under its names, while `fn` runs. */
function lending<R>(
  state: readonly (readonly [string, Tensor])[],
  elements: Elements,
  device: TracingDevice,
  fn: () => R,
): R {
  const before = state.map(([, tensor]) => [tensor, tensor.storage, tensor.device] as const);
  try {
    for (const [name, tensor] of state) {
      const lent = onDevice(elements.get(tensor) as Tensor, device);
      handleOf(lent, device).name = name;
      tensor.storage = lent.storage;
      tensor.device = device;
    }
    return fn();
  } finally {
    for (const [tensor, storage, own] of before) {
      tensor.storage = storage;
      tensor.device = own;
    }
  }
}

function handleOf(tensor: Tensor, device: TracingDevice): Traced {
  if (tensor.device !== device) {
    throw new ValueError(
      "exportOnnx",
      "what forward gives was not computed from its input",
      `it is on ${tensor.device.name}`,
    );
  }
  return tensor.operand().handle as Traced;
}

function outputsOf(results: unknown): readonly Tensor[] {
  const list = Array.isArray(results) ? results : [results];
  if (list.length > 0 && list.every(isTensor)) return list;
  throw new ValueError("exportOnnx", "forward must give a tensor, or a list of tensors", `got ${typeof results}`);
}
