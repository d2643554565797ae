import { KindlingError } from "@kindling/core";

/** Files of the data set are missing or damaged, and downloading was not asked for. */
export class DatasetNotFoundError extends KindlingError {
  override readonly name = "DatasetNotFoundError";
}

/** What each mirror answered, in the order of trying. */
export interface Attempt {
  readonly mirror: string;
  readonly reason: string;
}

/** No mirror has given the file. The message is torchvision's: each mirror with its reason. */
export class DownloadError extends KindlingError {
  override readonly name = "DownloadError";
  readonly file: string;
  readonly attempts: readonly Attempt[];

  constructor(op: string, file: string, attempts: readonly Attempt[], folder: string) {
    const tried = attempts.map(({ mirror, reason }) => `Tried ${mirror}, got:\n${reason}\n`).join("");
    const wayOut = `Check the network, add a mirror with the option \`mirrors\` (a folder is file:///...), or put the file into ${folder}.`;
    super(op, `Error downloading ${file}:\n${tried}${wayOut}`);
    this.file = file;
    this.attempts = attempts;
  }
}

/** The place where files are kept cannot be read from or written to: a full or read-only disk, say. */
export class StoreError extends KindlingError {
  override readonly name = "StoreError";
}
