import { noGrad, scope, type Tensor } from "@kindling/core";
import type { RemovableHandle } from "../hooks.ts";
import type { Module } from "../module.ts";
import { ownModules } from "../registry.ts";
import { LayerInfo } from "./layer-info.ts";

/** Runs `net` on `inputs` and lists the calls of its modules in the order in which they happen. */
export function collectCalls(net: Module, inputs: readonly Tensor[], batchDim: number | undefined): LayerInfo[] {
  const calls: LayerInfo[] = [];
  const latest = new Map<Module, LayerInfo>();
  const hooks = new Map<Module, RemovableHandle[]>();
  const removeHooks = (module: Module): void => {
    for (const hook of hooks.get(module) ?? []) hook.remove();
  };
  visit(net, (varName, module, depth, parent) => {
    const planned = new LayerInfo(varName, module, depth, parent);
    latest.set(module, planned);
    // A module in two places is shown in the last one.
    removeHooks(module);
    hooks.set(module, [
      module.registerForwardPreHook(() => {
        const info = new LayerInfo(varName, module, depth, parent);
        info.countParameters();
        info.isRecursive = calls.some((call) => call.module === module);
        calls.push(info);
        latest.set(module, info);
      }),
      module.registerForwardHook((_, args, output) => {
        latest.get(module)?.finish(args, output, batchDim);
      }),
    ]);
    return planned;
  });
  try {
    noGrad(() =>
      scope(() => {
        net(...inputs);
      }),
    );
  } catch (error) {
    throw new FailedRun(
      calls.filter((call) => call.executed),
      error,
    );
  } finally {
    for (const module of hooks.keys()) removeHooks(module);
  }
  addContainers(calls);
  return number(calls);
}

/** Lists the modules without running them. */
export function collectModules(net: Module): LayerInfo[] {
  const layers: LayerInfo[] = [];
  visit(net, (varName, module, depth, parent) => {
    const info = new LayerInfo(varName, module, depth, parent);
    info.countParameters();
    info.isRecursive = layers.some((layer) => layer.module === module);
    layers.push(info);
    return new LayerInfo(varName, module, depth, parent);
  });
  return number(layers);
}

/** The error of a forward pass, and how far it came. */
export class FailedRun extends Error {
  readonly executed: readonly LayerInfo[];

  constructor(executed: readonly LayerInfo[], cause: unknown) {
    super("forward failed", { cause });
    this.executed = executed;
  }
}

type Visitor = (varName: string, module: Module, depth: number, parent: LayerInfo | null) => LayerInfo;

function visit(net: Module, visitor: Visitor): void {
  const walk = (varName: string, module: Module, depth: number, parent: LayerInfo | null): void => {
    const info = visitor(varName, module, depth, parent);
    for (const [name, child] of ownModules(module)) walk(name, child, depth + 1, info);
  };
  walk(net.constructor.name, net, 0, null);
}

/** Enters the containers that hold a called module but are not called themselves, as a ModuleList. */
function addContainers(calls: LayerInfo[]): void {
  const known = new Set(calls.map(({ module }) => module));
  const open = new Map<number, LayerInfo>();
  // An insertion moves the rest, which is then visited again, as in torchinfo.
  for (let i = 0; i < calls.length; i++) {
    const call = calls[i] as LayerInfo;
    const ancestors = new Map<number, LayerInfo>();
    for (let parent = call.parent; parent !== null && parent.depth > 0; parent = parent.parent) {
      ancestors.set(parent.depth, parent);
    }
    let inserted = 0;
    for (let depth = 1; depth < call.depth; depth++) {
      const ancestor = ancestors.get(depth) as LayerInfo;
      if (open.get(depth)?.module === ancestor.module || ancestor === calls[i + inserted - 1]) continue;
      ancestor.countParameters();
      if (known.has(ancestor.module)) ancestor.isRecursive = true;
      calls.splice(i + inserted, 0, ancestor);
      known.add(ancestor.module);
      open.set(depth, ancestor);
      inserted += 1;
    }
    open.set(call.depth, call);
    let deeper = call.depth + 1;
    while (open.delete(deeper)) deeper += 1;
  }
}

/** Numbers the layers of each depth, and finds what stands below each. */
function number(layers: LayerInfo[]): LayerInfo[] {
  const counts = new Map<number, number>();
  layers.forEach((layer, i) => {
    const index = (counts.get(layer.depth) ?? 0) + 1;
    counts.set(layer.depth, index);
    layer.depthIndex = index;
    const end = layers.findIndex((other, j) => j > i && other.depth <= layer.depth);
    layer.children = layers.slice(i + 1, end < 0 ? undefined : end);
  });
  return layers;
}
