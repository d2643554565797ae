import { type DType, isTensor, KindlingError, type Shape, type Tensor, ValueError, zeros } from "@kindling/core";
import {
  bytesPerElement,
  checkList,
  checkOptions,
  describeValue,
  numel,
  surplusArguments,
} from "@kindling/core/extend";
import { isModule, type Module } from "../module.ts";
import { collectCalls, collectModules, FailedRun } from "./collect-layers.ts";

import { ModelStatistics } from "./model-statistics.ts";
import { SUMMARY_COLUMNS, SUMMARY_ROW_SETTINGS, type SummaryColumn, type SummaryRowSetting } from "./table.ts";

export interface SummaryOptions {
  /** The inputs themselves, instead of their size. */
  readonly inputData?: Tensor | readonly Tensor[];
  /** Where `inputSize` lacks the batch: a dimension of size 1 is put there. Default: the size is complete. */
  readonly batchDim?: number;
  /** Default: `["output_size", "num_params"]`; without an input only the latter. */
  readonly colNames?: readonly SummaryColumn[];
  /** Default: 25. */
  readonly colWidth?: number;
  /** How deep to show layers in layers. Default: 3. */
  readonly depth?: number;
  /** The dtypes of the inputs made for `inputSize`. Default: float32. */
  readonly dtypes?: readonly DType[];
  /** The mode in which the forward pass runs; the net's own is restored. Default: `"eval"`. */
  readonly mode?: "train" | "eval";
  /** Default: `["depth"]`. */
  readonly rowSettings?: readonly SummaryRowSetting[];
  /** 0 returns the summary, 1 prints it too, 2 with single parameters. Default: 0, torchinfo's in a notebook. */
  readonly verbose?: 0 | 1 | 2;
}

const OPTIONS = "inputData batchDim colNames colWidth depth dtypes mode rowSettings verbose".split(" ");

/**
 * The layers of a network, their output sizes and parameter counts: the table that torchinfo 1.8 prints.
 * `inputSize` is the complete size of the input (one list a tensor where there are several): the network is run once, on zeros, without
 * drawing random numbers. Without it the network is not run.
 *
 * ```ts
 * console.log(String(summary(net, [64, 784])));
 * ```
 *
 * @throws KindlingError `Failed to run torchinfo. ...`, with the error of the forward pass as its cause
 * @see https://github.com/TylerYep/torchinfo
 */
export function summary(
  net: Module,
  inputSize?: Shape | readonly Shape[] | null,
  options: SummaryOptions = {},
): ModelStatistics {
  if (arguments.length > 3) throw surplusArguments("summary(net, inputSize?, options?)", arguments.length);
  checkOptions("summary", options, OPTIONS);
  const { batchDim, colWidth = 25, depth = 3, rowSettings = ["depth"], verbose = 0 } = options;
  if (!isModule(net)) {
    throw new ValueError(
      "summary",
      "summary() takes a Module",
      `got ${describeValue(net)}`,
      "Write summary(net, [1, 784]).",
    );
  }
  const inputs = inputsOf(net, inputSize ?? undefined, options);
  const columns = options.colNames ?? (inputs === undefined ? ["num_params"] : ["output_size", "num_params"]);
  checkNames("RowSettings", rowSettings, SUMMARY_ROW_SETTINGS);
  checkNames("ColumnSettings", columns, SUMMARY_COLUMNS);
  checkColumns(columns, colWidth, verbose, inputs !== undefined);
  const layers = inputs === undefined ? collectModules(net) : run(net, inputs, batchDim, options.mode ?? "eval");
  const inputBytes = inputs?.reduce((total, { shape, dtype }) => total + numel(shape) * bytesPerElement(dtype), 0);
  if (options.inputData === undefined) for (const input of inputs ?? []) input.dispose();
  const table = { columns, columnWidth: colWidth, depth, rows: rowSettings, showParameters: verbose === 2 };
  const statistics = new ModelStatistics(layers, inputBytes, table);
  if (verbose > 0) console.log(statistics.toString());
  return statistics;
}

function run(net: Module, inputs: readonly Tensor[], batchDim: number | undefined, mode: "train" | "eval") {
  const modes = [...net.modules()].map((module) => [module, module.training] as const);
  net.train(mode === "train");
  try {
    return collectCalls(net, inputs, batchDim);
  } catch (error) {
    if (!(error instanceof FailedRun)) throw error;
    const executed = error.executed.map(({ className, depth }) => `${className}: ${depth}`).join(", ");
    const reason = error.cause instanceof Error ? error.cause.message : String(error.cause);
    const failure = new KindlingError(
      "summary",
      `Failed to run torchinfo. See above stack traces for more details. Executed layers up to: [${executed}]`,
      "",
      `The forward pass says: ${reason} The input size includes the batch: [64, 784].`,
    );
    throw Object.assign(failure, { cause: error.cause });
  } finally {
    for (const [module, training] of modes) module.training = training;
  }
}

function inputsOf(
  net: Module,
  inputSize: Shape | readonly Shape[] | undefined,
  options: SummaryOptions,
): readonly Tensor[] | undefined {
  const { inputData, batchDim, dtypes = [] } = options;
  if (inputData !== undefined) {
    if (inputSize !== undefined) {
      throw new ValueError(
        "summary",
        "Only one of (input_data, input_size) should be specified.",
        "",
        "Omit inputSize.",
      );
    }
    return isTensor(inputData) ? [inputData] : (inputData as readonly Tensor[]);
  }
  if (inputSize === undefined) return undefined;
  const wayOut =
    "Give the size of the input, with the batch: [64, 784]. What is not asked for is null: summary(net, null, { depth: 1 }).";
  checkList("summary", inputSize, { name: "input_size", position: 2, wayOut });
  const sizes = (typeof inputSize[0] === "number" ? [inputSize] : inputSize) as readonly Shape[];
  if (sizes.length === 0 || sizes.some((size) => !(size.length > 0) || size.some((n) => !(n > 0)))) {
    throw new ValueError(
      "summary",
      "Input_data is invalid, or negative size found in input_data.",
      `got [${sizes.map((size) => `[${size.join(", ")}]`).join(", ")}]`,
      "Sizes are positive: [64, 784].",
    );
  }
  const [parameter] = net.parameters();
  return sizes.map((size, i) => {
    const shape = batchDim === undefined ? size : [...size.slice(0, batchDim), 1, ...size.slice(batchDim)];
    return zeros(shape, {
      dtype: dtypes[i] ?? "float32",
      ...(parameter === undefined ? {} : { device: parameter.device }),
    });
  });
}

function checkNames(kind: string, names: readonly string[], known: readonly string[]): void {
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new ValueError("summary", `'${name}' is not a valid ${kind}`, "", `There are ${known.join(", ")}.`);
  }
}

function checkColumns(columns: readonly SummaryColumn[], colWidth: number, verbose: number, hasInput: boolean): void {
  if (!(colWidth > 0)) {
    throw new ValueError(
      "summary",
      `Column width must be greater than 0: col_width=${colWidth}`,
      "",
      "The default is 25.",
    );
  }
  if (![0, 1, 2].includes(verbose)) {
    throw new ValueError("summary", "Verbose must be either 0 (quiet), 1 (default), or 2 (verbose).", `got ${verbose}`);
  }
  const needInput = columns.filter((column) => ["input_size", "output_size", "mult_adds"].includes(column));
  if (hasInput || needInput.length === 0) return;
  const list = needInput.map((column) => `'${column}'`).join(", ");
  throw new ValueError(
    "summary",
    `You must pass input_data or input_size in order to use columns: {${list}}`,
    "",
    "summary(net, [64, 784]).",
  );
}
