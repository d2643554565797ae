import { ArgumentTypeError, cat, DeviceError, isTensor, noGrad, ShapeError, scope, type Tensor } from "@kindling/core";
import { formatShape, pythonType, surplusArguments } from "@kindling/core/extend";
import { parameterList } from "../parameter-list.ts";

/**
 * All parameters as one vector, one after the other, each row by row. Differentiable. Shapes: parameters of any, the result `[n]` where n
 * is the number of their elements.
 *
 * ```ts
 * const vector = nn.utils.parametersToVector(net.parameters());
 * ```
 *
 * @throws DeviceError where they are on several devices
 * @see https://pytorch.org/docs/stable/generated/torch.nn.utils.parameters_to_vector.html
 */
export function parametersToVector(parameters: Tensor | Iterable<Tensor>): Tensor {
  if (arguments.length > 1) throw surplusArguments("parametersToVector(parameters)", arguments.length);
  const list = parameterList("parametersToVector", parameters);
  checkOneDevice("parametersToVector", list);
  return cat(list.map((parameter) => parameter.reshape([-1])));
}

/**
 * Copies the elements of a vector into the parameters, in the order of `parametersToVector`. What is left of the vector is not used, as in
 * PyTorch; a vector that is too short changes nothing. In PyTorch the parameters share memory with the vector afterwards, here not.
 *
 * ```ts
 * nn.utils.vectorToParameters(vector.mul(0.5), net.parameters());
 * ```
 *
 * @throws ShapeError `shape '[2, 3]' is invalid for input of size 4`
 * @see https://pytorch.org/docs/stable/generated/torch.nn.utils.vector_to_parameters.html
 */
export function vectorToParameters(vector: Tensor, parameters: Tensor | Iterable<Tensor>): void {
  if (arguments.length > 2) throw surplusArguments("vectorToParameters(vector, parameters)", arguments.length);
  const op = "vectorToParameters";
  if (!isTensor(vector)) {
    const rule = `expected torch.Tensor, but got: ${pythonType(vector)}`;
    throw new ArgumentTypeError(
      op,
      rule,
      "",
      "Pass nn.utils.parametersToVector(net.parameters()), or a tensor of that shape.",
    );
  }
  const list = parameterList(op, parameters);
  checkOneDevice(op, list);
  if (vector.ndim !== 1) {
    throw new ShapeError(
      op,
      "the vector must have one dimension",
      `its shape is ${formatShape(vector.shape)}`,
      "Flatten it: t.flatten().",
    );
  }
  const parts: { readonly to: Tensor; readonly from: number }[] = [];
  let used = 0;
  for (const to of list) {
    const left = Math.min(to.numel(), vector.numel() - used);
    if (left < to.numel()) {
      const rule = `shape '${formatShape(to.shape)}' is invalid for input of size ${left}`;
      throw new ShapeError(op, rule, `the vector has ${vector.numel()} elements`, "The parameters have more.");
    }
    parts.push({ to, from: used });
    used += to.numel();
  }
  noGrad(() =>
    scope(() => {
      for (const { to, from } of parts) {
        to.copy_(vector.narrow(0, from, to.numel()).reshape(to.shape).to(to.device));
      }
    }),
  );
}

function checkOneDevice(op: string, parameters: readonly Tensor[]): void {
  const [first] = parameters;
  const other = parameters.find(({ device }) => device !== first?.device);
  if (first === undefined || other === undefined) return;
  const rule = "Found two parameters on different devices, this is currently not supported";
  throw new DeviceError(
    op,
    rule,
    `${first.device.name} and ${other.device.name}`,
    "Move the module to one: net.to(device).",
  );
}
