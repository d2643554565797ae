import { type Tensor, tensor } from "@kindling/core";
import { isFloat } from "@kindling/core/extend";
import { Embedding, Linear, type Module, ModuleList } from "../index.ts";
import layers from "../layers/layers.golden.json" with { type: "json" };
import losses from "../losses/losses.golden.json" with { type: "json" };
import { makeLayer, makeLoss } from "./from-rows.ts";
import { fromGolden } from "./golden.ts";
import type { ModuleCase } from "./module-laws.ts";

/** A list does nothing by itself: here its owner calls its elements in turn. */
class Chain extends ModuleList {
  constructor() {
    super([new Linear(4, 3), new Linear(3, 2)]);
  }

  override forward(x: Tensor): Tensor {
    for (const module of this) x = module(x);
    return x;
  }
}

/** Embedding's gradient is not the slope, by definition, for rows that these leave out, count or shorten. */
const NO_SLOPE = /paddingIdx|scaleGradByFreq|maxNorm/;

/** A golden row as the laws try it. Of rows of the same form the laws try the first. */
interface Row {
  readonly name: string;
  readonly form: string;
  make(): Module;
  inputs(): Tensor[];
}

const words = (): Tensor[] => [tensor([2, 0], { dtype: "int32" })];

const byHand: readonly Row[] = [
  { name: "ModuleList", form: "", make: () => new Chain(), inputs: () => [tensor([[0.5, -1.25, 2, 0.75]])] },
  { name: "Embedding", form: "1", make: () => new Embedding(4, 3, { paddingIdx: 3 }), inputs: words },
  { name: "Embedding", form: "2", make: () => new Embedding(4, 3, { scaleGradByFreq: true }), inputs: words },
];

const ofLayers: readonly Row[] = layers.cases
  .filter(({ layer, output }) => !NO_SLOPE.test(layer) && hasNumbers(output))
  .map(({ layer, input }) => ({
    name: /^(?:new )?(\w+)/.exec(layer)?.[1] ?? layer,
    form: layer,
    make: () => makeLayer(layer),
    inputs: () => [offZero(fromGolden(input))],
  }));

const ofLosses: readonly Row[] = losses.cases
  .filter(({ output }) => hasNumbers(output))
  .map(({ loss, options, input, target }) => ({
    name: loss,
    form: JSON.stringify([Object.keys(options), "reduction" in options ? options.reduction : null, target.dtype]),
    make: () => makeLoss(loss, options),
    inputs: () => [fromGolden(input), fromGolden(target)],
  }));

/**
 * One example or more of every module of this package: what the laws are tried on. They are the calls that PyTorch was asked about
 * (`tools/golden/subjects`): each layer in each of its forms, each loss with each set of options; by hand only what
 * no row can say.
 */
export const moduleCases: Readonly<Record<string, readonly ModuleCase[]>> = casesOf([
  ...byHand,
  ...ofLayers,
  ...ofLosses,
]);

function casesOf(rows: readonly Row[]): Record<string, ModuleCase[]> {
  const cases: Record<string, ModuleCase[]> = {};
  const seen = new Set<string>();
  for (const { name, form, make, inputs } of rows) {
    if (seen.has(`${name} ${form}`)) continue;
    seen.add(`${name} ${form}`);
    cases[name] ??= [];
    cases[name].push({ make, inputs });
  }
  return cases;
}

function hasNumbers({ data }: { readonly data: readonly unknown[] }): boolean {
  return data.length > 0 && data.every((value) => typeof value === "number" || value === "-0");
}

/** Away from 0, where many layers have a kink: no slope can be measured there. */
function offZero(x: Tensor): Tensor {
  return isFloat(x.dtype) ? x.add(x.lt(0).to("float32").mul(-0.025).add(0.0125)) : x;
}
