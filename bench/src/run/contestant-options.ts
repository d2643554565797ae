import { parseArgs } from "node:util";

/** What a contestant written in TypeScript is told. */
export interface ContestantOptions {
  readonly root: string;
  readonly device: string;
  readonly epochs: number;
}

export function contestantOptions(): ContestantOptions {
  // tsx turns source maps on, and with them every look at a stack is dear; programs as people run them have none.
  process.setSourceMapsEnabled(false);
  const { values } = parseArgs({
    options: {
      root: { type: "string", default: "data" },
      device: { type: "string", default: "wasm" },
      epochs: { type: "string", default: "1" },
    },
  });
  return { ...values, epochs: Number(values.epochs) };
}

/** The same as arguments. */
export function contestantArgs({ root, device, epochs }: ContestantOptions): string[] {
  return ["--root", root, "--device", device, "--epochs", String(epochs)];
}
