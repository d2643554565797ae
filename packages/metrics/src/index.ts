export { Accuracy, type AccuracyOptions } from "./accuracy.ts";
export { ConfusionMatrix, type ConfusionMatrixOptions } from "./confusion-matrix.ts";
export { ConfusionTable, type Normalize } from "./confusion-table.ts";
export { Mean } from "./mean.ts";
export type { Metric, MetricState } from "./metric.ts";
