export { type ExportOptions, exportOnnx } from "./exporting/export-onnx.ts";
export type { Exportable } from "./tracing/trace.ts";
