import type { Shape } from "@kindling/core";
import { formatFixed } from "@kindling/core/extend";
import { grouped } from "./grouped.ts";
import type { LayerInfo } from "./layer-info.ts";

const TITLES = {
  kernel_size: "Kernel Shape",
  input_size: "Input Shape",
  output_size: "Output Shape",
  num_params: "Param #",
  params_percent: "Param %",
  mult_adds: "Mult-Adds",
  trainable: "Trainable",
} as const;

/** The columns of a summary, by torchinfo's names. */
export type SummaryColumn = keyof typeof TITLES;

/** The parts of a row besides the layer's class. */
export type SummaryRowSetting = "ascii_only" | "depth" | "hide_recursive_layers" | "var_names";

export const SUMMARY_COLUMNS = Object.keys(TITLES) as SummaryColumn[];
export const SUMMARY_ROW_SETTINGS: readonly SummaryRowSetting[] = [
  "ascii_only",
  "depth",
  "hide_recursive_layers",
  "var_names",
];

export interface TableOptions {
  readonly columns: readonly SummaryColumn[];
  readonly columnWidth: number;
  readonly depth: number;
  readonly rows: readonly SummaryRowSetting[];
  readonly showParameters: boolean;
}

/** The rows of layers as text, and how wide they are. */
export class Table {
  readonly width: number;
  readonly #options: TableOptions;
  readonly #nameWidth: number;
  readonly #layers: readonly LayerInfo[];

  constructor(layers: readonly LayerInfo[], options: TableOptions) {
    this.#layers = layers;
    this.#options = options;
    const longest = Math.max(0, ...layers.map((layer) => this.#name(layer).length + layer.depth * 5 + 1));
    this.#nameWidth = longest >= 40 ? Math.ceil(longest / 5) * 5 : 40;
    this.width = this.#nameWidth + options.columns.length * options.columnWidth;
  }

  header(): string {
    const { rows } = this.#options;
    const extra = (rows.includes("var_names") ? " (var_name)" : "") + (rows.includes("depth") ? ":depth-idx" : "");
    return this.#row(`Layer (type${extra})`, TITLES);
  }

  body(totalParams: number): string {
    const { depth, rows } = this.#options;
    const hidesRecursive = rows.includes("hide_recursive_layers");
    return this.#layers
      .filter((layer) => layer.depth <= depth && !(hidesRecursive && layer.isRecursive))
      .map((layer) => this.#layer(layer, totalParams))
      .join("");
  }

  #layer(layer: LayerInfo, totalParams: number): string {
    const atLimit = layer.depth === this.#options.depth;
    const row = this.#row(this.#indent(layer.depth) + this.#name(layer), {
      kernel_size: layer.kernelSize || "--",
      input_size: shapeText(layer.inputSize),
      output_size: shapeText(layer.outputSize),
      num_params: paramsText(layer, atLimit),
      params_percent: percentText(layer, atLimit, totalParams),
      mult_adds: multAddsText(layer, atLimit),
      trainable: layer.trainable,
    });
    if (!this.#options.showParameters) return row;
    const last = layer.parameterRows.length - 1;
    const inner = layer.parameterRows.map(({ name, kernelSize, count }, i) =>
      this.#row(this.#indent(layer.depth + 1) + name, {
        kernel_size: kernelSize,
        num_params: `${i === last ? "└─" : "├─"}${count}`,
      }),
    );
    return row + inner.join("");
  }

  #name(layer: LayerInfo): string {
    const { rows } = this.#options;
    const variable = rows.includes("var_names") && layer.varName !== "" ? ` (${layer.varName})` : "";
    const depth = rows.includes("depth") && layer.depth > 0 ? `: ${layer.depth}-${layer.depthIndex}` : "";
    return layer.className + variable + depth;
  }

  #indent(depth: number): string {
    if (depth === 0) return "";
    const ascii = this.#options.rows.includes("ascii_only");
    if (depth === 1) return ascii ? "+ " : "├─";
    return (ascii ? "|    " : "│    ").repeat(depth - 1) + (ascii ? "+ " : "└─");
  }

  #row(name: string, values: Partial<Readonly<Record<SummaryColumn, string>>>): string {
    const { columns, columnWidth } = this.#options;
    const cells = columns.map((column) => (values[column] ?? "").padEnd(columnWidth));
    return `${[name.padEnd(this.#nameWidth), ...cells].join(" ").trimEnd()}\n`;
  }
}

function shapeText(shape: Shape): string {
  return shape.length === 0 ? "--" : `[${shape.join(", ")}]`;
}

function paramsText(layer: LayerInfo, atLimit: boolean): string {
  if (layer.params === 0) return "--";
  if (layer.isRecursive) return "(recursive)";
  if (!atLimit && !layer.isLeaf) return layer.leftoverParams > 0 ? grouped(layer.leftoverParams) : "--";
  return layer.trainableParams > 0 ? grouped(layer.params) : `(${grouped(layer.params)})`;
}

function percentText(layer: LayerInfo, atLimit: boolean, totalParams: number): string {
  if (totalParams === 0) return "     --";
  if (layer.isRecursive) return "(recursive)";
  const params = atLimit || layer.isLeaf ? layer.params : layer.leftoverParams;
  return params === 0 ? "     --" : `${formatFixed((params / totalParams) * 100, 2)}%`.padStart(7);
}

function multAddsText(layer: LayerInfo, atLimit: boolean): string {
  if (layer.multAdds <= 0) return "--";
  if (layer.isLeaf) return grouped(layer.multAdds);
  if (!atLimit) return "--";
  const below = layer.children.filter(({ isLeaf }) => isLeaf);
  return grouped(below.reduce((total, { multAdds }) => total + multAdds, 0));
}
