import { formatFixed, surplusArguments } from "@kindling/core/extend";
import { grouped } from "./grouped.ts";
import type { LayerInfo } from "./layer-info.ts";
import { Table, type TableOptions } from "./table.ts";

/** The result of `summary`; its `toString()` is torchinfo's table. */
export class ModelStatistics {
  /** The calls of modules, or the modules where nothing was run. */
  readonly layers: readonly LayerInfo[];
  readonly totalParams: number = 0;
  readonly trainableParams: number = 0;
  readonly totalMultAdds: number = 0;
  readonly inputBytes: number;
  /** Outputs of layers with parameters, forward and backward. */
  readonly outputBytes: number = 0;
  readonly paramBytes: number = 0;
  readonly #hasInput: boolean;
  readonly #options: TableOptions;

  constructor(layers: readonly LayerInfo[], inputBytes: number | undefined, options: TableOptions) {
    if (arguments.length > 3)
      throw surplusArguments("new ModelStatistics(layers, inputBytes, options)", arguments.length);
    this.layers = layers;
    this.inputBytes = inputBytes ?? 0;
    this.#hasInput = inputBytes !== undefined;
    this.#options = options;
    for (const layer of layers) {
      if (layer.isLeaf) {
        this.totalMultAdds += layer.multAdds;
        if (layer.params > 0) this.outputBytes += layer.outputBytes * 2;
      }
      if (layer.isRecursive) continue;
      if (layer.isLeaf) this.paramBytes += layer.paramBytes;
      this.totalParams += Math.max(layer.isLeaf ? layer.params : layer.leftoverParams, 0);
      this.trainableParams += Math.max(layer.isLeaf ? layer.trainableParams : layer.leftoverTrainableParams, 0);
    }
  }

  toString(): string {
    const table = new Table(this.layers, this.#options);
    const divider = "=".repeat(table.width);
    const lines = [
      divider,
      `${table.header()}${divider}`,
      `${table.body(this.totalParams)}${divider}`,
      `Total params: ${grouped(this.totalParams)}`,
      `Trainable params: ${grouped(this.trainableParams)}`,
      `Non-trainable params: ${grouped(this.totalParams - this.trainableParams)}`,
    ];
    if (this.#hasInput) {
      lines.push(
        `Total mult-adds ${scaled(this.totalMultAdds)}`,
        divider,
        `Input size (MB): ${megabytes(this.inputBytes)}`,
        `Forward/backward pass size (MB): ${megabytes(this.outputBytes)}`,
        `Params size (MB): ${megabytes(this.paramBytes)}`,
        `Estimated Total Size (MB): ${megabytes(this.inputBytes + this.outputBytes + this.paramBytes)}`,
      );
    }
    return [...lines, divider].join("\n");
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

function megabytes(bytes: number): string {
  return formatFixed(bytes / 1e6, 2);
}

function scaled(count: number): string {
  const [unit, size] = count >= 1e12 ? ["T", 1e12] : count >= 1e9 ? ["G", 1e9] : ["M", 1e6];
  const value = count / size;
  const [whole = "", ...decimals] = formatFixed(value, Number.isInteger(value) ? 0 : 2).split(".");
  return `(${unit}): ${[grouped(Number(whole)), ...decimals].join(".")}`;
}
