import { parseArgs } from "node:util";

/** What a contestant written in TypeScript is told. */
export interface ContestantOptions {
  readonly root: string;
  readonly device: string;
  readonly epochs: number;
  /** Of those devices that can be told; all cores where it is not given. */
  readonly threads?: number;
}

export function contestantOptions(): ContestantOptions {
  // tsx turns source maps on, and with them every look at a stack is dear; programs as people run them have none.
  process.setSourceMapsEnabled(false);
  const { values } = parseArgs({
    options: {
      root: { type: "string", default: "data" },
      device: { type: "string", default: "wasm" },
      epochs: { type: "string", default: "1" },
      threads: { type: "string" },
    },
  });
  const { threads, ...others } = values;
  return { ...others, epochs: Number(values.epochs), ...(threads !== undefined && { threads: Number(threads) }) };
}

/** The same as arguments. */
export function contestantArgs({ root, device, epochs, threads }: ContestantOptions): string[] {
  const counted = threads === undefined ? [] : ["--threads", String(threads)];
  return ["--root", root, "--device", device, "--epochs", String(epochs), ...counted];
}
