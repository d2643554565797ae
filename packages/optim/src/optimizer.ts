import { type Device, enableGrad, isTensor, noGrad, scope, type Tensor } from "@kindling/core";
import {
  checkOptions,
  detachFromScope,
  redirectPythonNames,
  refuseJson,
  resetGrad,
  surplusArguments,
} from "@kindling/core/extend";
import { formatOptimizer } from "./format-optimizer.ts";
import { isLive } from "./live-rate.ts";
import { readStateDict } from "./loading/read-state-dict.ts";
import { checkRules, type OptionRules } from "./option-rules.ts";
import {
  checkDisjoint,
  groupsOf,
  makeGroup,
  type ParamGroup,
  type ParamGroupInput,
  type Params,
} from "./param-group.ts";
import { groupsToWire, type OptimizerStateDict, stateToWire } from "./state-dict.ts";

const BRAND = Symbol.for("kindling.Optimizer");

/** The state of one parameter. */
export type ParameterState = Record<string, Tensor | number | undefined>;

/** Whether `value` is an optimizer, of this copy of the package or another. */
export function isOptimizer(value: unknown): value is Optimizer {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}

/**
 * The base of all optimizers. It walks groups and parameters; a subclass writes `init` and `update` for one parameter.
 * State is keyed by the parameter: one without a gradient is skipped and shifts nobody. A step records nothing, frees what
 * it made on the way, and keeps parameters the same objects.
 *
 * @see https://pytorch.org/docs/stable/optim.html#torch.optim.Optimizer
 */
export abstract class Optimizer<O extends object = object, S extends ParameterState = ParameterState> {
  /** Options of PyTorch's that mean nothing here; its state dicts and print form list them. */
  static readonly inert: Readonly<Record<string, boolean | null>> = {};
  /** Which values the options take: see `OptionRule`. Without a rule, those of the default's kind. */
  static readonly optionRules: OptionRules = {};
  /** Options that state dicts of older PyTorch versions lack, with the value that they had then. */
  static readonly olderDefaults: Readonly<Record<string, unknown>> = {};

  /** The options of groups that do not set their own. */
  readonly defaults: O;
  /** At least one: an optimizer of nothing is refused. */
  readonly paramGroups = [] as ParamGroup<O>[] as [ParamGroup<O>, ...ParamGroup<O>[]];
  /** The state of each parameter that has been updated. */
  readonly state = new Map<Tensor, S>();
  /** How often `step` was called. */
  stepCount = 0;

  constructor(params: Params<O>, defaults: O) {
    this.defaults = defaults;
    checkRules(new.target.name, defaults, new.target.optionRules);
    for (const group of groupsOf(this.constructor.name, params)) this.addParamGroup(group);
  }

  /**
   * The state of a parameter before its first update; tensors in it are kept for it. A loaded state must have the same entries:
   * numbers, and tensors of these shapes (asked of zeros in the parameter's place). Set to undefined what only a later update makes: a tensor of the parameter's shape.
   */
  protected abstract init(parameter: Tensor, group: ParamGroup<O>): S;

  /** Changes one parameter in place by its gradient, and its state. */
  protected abstract update(parameter: Tensor, grad: Tensor, state: S, group: ParamGroup<O>): void;

  /** Adds parameters, with options of their own: `{ params: net.head.parameters(), lr: 0.1 }`. */
  addParamGroup(input: ParamGroupInput<O>): void {
    if (arguments.length > 1) throw surplusArguments("Optimizer.addParamGroup(input)", arguments.length);
    const op = this.constructor.name;
    const group = makeGroup(op, input, this.defaults);
    checkRules(op, group, (this.constructor as typeof Optimizer).optionRules);
    checkDisjoint(op, group, this.paramGroups);
    this.paramGroups.push(group);
  }

  /** Updates every parameter that has a gradient. `closure`, where given, computes the loss anew first; its value is given back. */
  step(): undefined;
  step<R>(closure: () => R): R;
  step<R>(closure?: () => R): R | undefined {
    if (arguments.length > 1) throw surplusArguments("Optimizer.step(closure?)", arguments.length);
    const loss = closure === undefined ? undefined : enableGrad(closure);
    const devices = new Set<Device>();
    noGrad(() => {
      for (const group of this.paramGroups) {
        for (const parameter of group.params) {
          if (parameter.grad === null) continue;
          devices.add(parameter.device);
          this.#updateOne(parameter, parameter.grad, group);
        }
      }
    });
    for (const device of devices) device.mark?.();
    this.stepCount += 1;
    return loss;
  }

  #updateOne(parameter: Tensor, grad: Tensor, group: ParamGroup<O>): void {
    scope(() => {
      const state = this.state.get(parameter) ?? this.init(parameter, group);
      const before = tensorsOf(state);
      this.update(parameter, grad, state, group);
      const after = tensorsOf(state);
      for (const tensor of after) detachFromScope(tensor);
      for (const tensor of before) if (!after.includes(tensor)) tensor.dispose();
      if (Object.values(state).some((value) => value !== undefined)) this.state.set(parameter, state);
    });
  }

  /** Forgets the gradients; `setToNone: false` fills them with zeros instead, and then a step is taken by them. */
  zeroGrad(options: { readonly setToNone?: boolean } = {}): void {
    if (arguments.length > 1) throw surplusArguments("Optimizer.zeroGrad(options?)", arguments.length);
    checkOptions("zeroGrad", options, ["setToNone"]);
    const { setToNone = true } = options;
    for (const { params } of this.paramGroups) for (const parameter of params) resetGrad(parameter, setToNone);
  }

  /** State and options in the form that PyTorch saves: parameters are numbers, running over all groups. */
  stateDict(): OptimizerStateDict {
    if (arguments.length > 0) throw surplusArguments("Optimizer.stateDict()", arguments.length);
    const { inert } = this.constructor as typeof Optimizer;
    return { state: stateToWire(this.paramGroups, this.state), param_groups: groupsToWire(this.paramGroups, inert) };
  }

  /**
   * Takes over state and options that `stateDict` gave, here or in PyTorch, for parameters in the same order.
   *
   * @throws ValueError naming the key that is missing or wrong (`state.0.exp_avg`); the optimizer is then as it was.
   */
  loadStateDict(stateDict: OptimizerStateDict): void {
    if (arguments.length > 1) throw surplusArguments("Optimizer.loadStateDict(stateDict)", arguments.length);
    const { inert, optionRules: rules, olderDefaults } = this.constructor as typeof Optimizer;
    const { options, state } = readStateDict(`${this.constructor.name}.loadStateDict`, stateDict, {
      groups: this.paramGroups,
      defaults: this.defaults,
      rules,
      inert,
      olderDefaults,
      init: (parameter, group) => this.init(parameter, group as ParamGroup<O>),
    });
    this.#disposeState();
    for (const [parameter, own] of state) this.state.set(parameter, own as S);
    this.paramGroups.forEach((group, i) => {
      // As in PyTorch, nothing is left of a group but its parameters and their names.
      const stays = (name: string): boolean => name === "params" || name === "paramNames" || isLive(group, name);
      for (const name of Object.keys(group)) if (!stays(name)) delete group[name];
      Object.assign(group, options[i]);
    });
  }

  /** Gives back the memory of the state. Parameters are the network's. */
  dispose(): void {
    if (arguments.length > 0) throw surplusArguments("Optimizer.dispose()", arguments.length);
    this.#disposeState();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #disposeState(): void {
    for (const state of this.state.values()) for (const tensor of tensorsOf(state)) tensor.dispose();
    this.state.clear();
  }

  /** @throws ArgumentTypeError always: its state is what `stateDict` gives. */
  toJSON(): never {
    return refuseJson(this, "JSON.stringify(optimizer.stateDict())");
  }

  /** PyTorch's print form of an optimizer. */
  toString(): string {
    const { inert } = this.constructor as typeof Optimizer;
    return formatOptimizer(this.constructor.name, groupsToWire(this.paramGroups, inert));
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

Object.defineProperty(Optimizer.prototype, BRAND, { value: true });
redirectPythonNames(Optimizer.prototype, "Optimizer", {}, { param_groups: "optimizer.paramGroups" });

function tensorsOf(state: ParameterState): Tensor[] {
  return Object.values(state).filter(isTensor);
}
