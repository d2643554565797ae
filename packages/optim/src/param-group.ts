import { isTensor, type Tensor, ValueError } from "@kindling/core";
import { isObject, pythonType, scalarTypeName, warn } from "@kindling/core/extend";
import { type Given, withLiveRate } from "./live-rate.ts";

/** A parameter, or a parameter with its name (`net.namedParameters()`). */
export type Param = Tensor | readonly [name: string, parameter: Tensor];

/** A group as it is given: parameters, and options that differ from the optimizer's. Further keys are kept. */
export type ParamGroupInput<O extends object> = { readonly params: Tensor | Iterable<Param> } & Given<O> &
  Readonly<Record<string, unknown>>;

/** The parameters to optimize, with or without names, or groups of them. */
export type Params<O extends object> = Iterable<Param> | Iterable<ParamGroupInput<O>>;

/** Parameters and the options that hold for them. */
export type ParamGroup<O extends object> = O & {
  params: Tensor[];
  paramNames?: string[];
  /** The learning rate before schedulers changed it. */
  initialLr?: number;
} & Record<string, unknown>;

/** The groups in what was given to an optimizer. */
export function groupsOf<O extends object>(op: string, params: Params<O>): ParamGroupInput<O>[] {
  if (isTensor(params) || !isObject(params) || !(Symbol.iterator in params)) {
    const rule = `params argument given to the optimizer should be an iterable of Tensors or dicts, but got ${typeName(params)}`;
    throw new ValueError(op, rule, "", "Pass net.parameters(), or [tensor].");
  }
  const list = [...params];
  const [first] = list;
  if (first === undefined) {
    throw new ValueError(
      op,
      "optimizer got an empty parameter list",
      "",
      "Layers are fields of a module, or stand in a ModuleList.",
    );
  }
  return isGroup(first)
    ? (list as ParamGroupInput<O>[])
    : [{ params: list as Param[] } as unknown as ParamGroupInput<O>];
}

/** A group with its defaults filled in, checked. */
export function makeGroup<O extends object>(op: string, input: ParamGroupInput<O>, defaults: O): ParamGroup<O> {
  if (!isGroup(input)) {
    throw new ValueError(
      op,
      `param_group must be a dict, but got <class '${typeName(input)}'>`,
      "",
      "Write { params: [...], lr: 0.1 }.",
    );
  }
  const given = isTensor(input.params) ? [input.params] : [...input.params];
  const params = given.map((param) => (isNamed(param) ? param[1] : (param as Tensor)));
  for (const param of params) checkParameter(op, param);
  if (new Set(params).size < params.length) {
    warn(
      "optimizer contains a parameter group with duplicate parameters; in future, this will cause an error; see github.com/pytorch/pytorch/issues/40967 for more information",
    );
  }
  const names = given.flatMap((param) => (isNamed(param) ? [param[0]] : []));
  if (names.length > 0 && names.length < given.length) {
    const rule = "all optimizer params should be with/without names. Some param names are missing";
    throw new ValueError(op, rule, "", "Pass net.namedParameters() or net.parameters().");
  }
  const group = withLiveRate<ParamGroup<O>>(op, input, defaults);
  Object.assign(group, { params });
  if (names.length > 0) group.paramNames = names;
  return group;
}

/** Throws where a new group does not go with those that are there. */
export function checkDisjoint<O extends object>(
  op: string,
  group: ParamGroup<O>,
  others: readonly ParamGroup<O>[],
): void {
  for (const other of others) {
    if ((other.paramNames === undefined) !== (group.paramNames === undefined)) {
      const kind = group.paramNames === undefined ? "without names" : "with names";
      const rule = `all optimizer param groups should be with/without names. cannot add param group ${kind} to the optimizer`;
      throw new ValueError(op, rule, "", "Use net.namedParameters() everywhere or nowhere.");
    }
    if (group.params.some((param) => other.params.includes(param))) {
      const rule = "some parameters appear in more than one parameter group";
      throw new ValueError(op, rule, "", "Omit them from one of the groups.");
    }
  }
}

function checkParameter(op: string, param: unknown): void {
  if (!isTensor(param)) {
    const rule = `optimizer can only optimize Tensors, but one of the params is ${typeName(param)}`;
    throw new ValueError(op, rule, "", "Pass net.parameters().");
  }
  if (param.isLeaf) return;
  throw new ValueError(
    op,
    "can't optimize a non-leaf Tensor",
    `it was made by ${param.gradFn?.name}`,
    "Optimize what it was computed from, or a detached copy: t.detach().clone().requiresGrad_().",
  );
}

function isGroup(value: unknown): value is ParamGroupInput<object> {
  return isObject(value) && "params" in value && !isTensor(value);
}

function isNamed(param: Param): param is readonly [string, Tensor] {
  return Array.isArray(param) && typeof param[0] === "string";
}

function typeName(value: unknown): string {
  if (isTensor(value)) return `torch.${scalarTypeName(value.dtype)}Tensor`;
  return !isObject(value) || Array.isArray(value) ? pythonType(value) : value.constructor.name;
}
