export type { Conversion, Overflow } from "./decode.ts";
export { type Contents, deserialize, type Entry } from "./deserialize.ts";
export type { FormatDType } from "./format-dtype.ts";
export { type Loaded, type LoadOptions, load, loadWithMetadata } from "./load.ts";
export { SafetensorError } from "./safetensor-error.ts";
export { type SaveOptions, save, saveSync } from "./save.ts";
export { serialize } from "./serialize.ts";
