import type { Write } from "../callback.ts";
import { CsvLogger } from "../callbacks/csv-logger.ts";
import { EarlyStopping } from "../callbacks/early-stopping.ts";
import { ModelCheckpoint } from "../callbacks/model-checkpoint.ts";
import { ProgressBar } from "../callbacks/progress-bar.ts";
import { TerminateOnNaN } from "../callbacks/terminate-on-nan.ts";
import type { Callback } from "../trainer.ts";

/** Every callback of this package, as the laws try it. */
export const callbackCases: Readonly<Record<string, (write: Write) => Callback>> = {
  CsvLogger: (write) => new CsvLogger({ write }),
  EarlyStopping: () => new EarlyStopping({ monitor: "trainAcc", mode: "max", patience: 1 }),
  ModelCheckpoint: (write) => new ModelCheckpoint({ write }),
  ProgressBar: () => new ProgressBar({ file: null }),
  TerminateOnNaN: () => new TerminateOnNaN(),
};
