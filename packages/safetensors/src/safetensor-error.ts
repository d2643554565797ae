import { KindlingError } from "@kindling/core";

/** A file that is no valid safetensors file, or a tensor that cannot be read from it. Python's class of the same name. */
export class SafetensorError extends KindlingError {
  override readonly name = "SafetensorError";

  constructor(rule: string, got = "", wayOut = "The file is damaged, or no safetensors file: get it again.") {
    super("safetensors", rule, got, wayOut);
  }
}

/** Text of the file as a message may quote it: a hostile header can be megabytes of name. */
export function quoted(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
