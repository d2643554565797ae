import { checkFileName, checkOptions, surplusArguments } from "@kindling/core/extend";
import type { Write } from "../callback.ts";
import type { Callback, Trainer } from "../trainer.ts";

export interface CsvLoggerOptions {
  readonly write: Write;
  /** A plain name, without folders: those are for `write` to choose. Default: `history.csv`. */
  readonly filename?: string;
}

/** Writes the history as CSV after every epoch, all of it: a resumed training leaves the file of an unbroken one. */
export class CsvLogger implements Callback {
  readonly name = "CsvLogger";
  readonly #write: Write;
  readonly #filename: string;

  constructor(options: CsvLoggerOptions) {
    if (arguments.length > 1) throw surplusArguments("new CsvLogger(options)", arguments.length);
    checkOptions("CsvLogger", options, ["write", "filename"], "CsvLogger.__init__()");
    const { write, filename = "history.csv" } = options;
    checkFileName("CsvLogger", "filename", filename);
    this.#write = write;
    this.#filename = filename;
  }

  onEpochEnd(trainer: Trainer): void | Promise<void> {
    return this.#write(this.#filename, new TextEncoder().encode(trainer.history.toCsv()));
  }
}
