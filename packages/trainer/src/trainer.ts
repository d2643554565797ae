import { ArgumentTypeError, type Device, type FileBytes, KindlingError, type Tensor, ValueError } from "@kindling/core";
import { checkOptions, describeValue, loadTogether, surplusArguments } from "@kindling/core/extend";
import type { CallbackOf, Hook } from "./callback.ts";
import { Epoch, evaluate } from "./epoch.ts";
import { History } from "./history.ts";
import { warnOfNonFinite } from "./non-finite.ts";
import type { Batches, Criterion, Learner, Model, Scheduler } from "./parts.ts";
import { type BatchMetric, type Evaluation, PassMetrics } from "./pass-metrics.ts";
import { callbackParts, callbackStates } from "./state/callback-states.ts";
import { readCheckpoint, writeCheckpoint, writeWeights } from "./state/checkpoint.ts";
import { type GeneratorStates, Generators } from "./state/generators.ts";
import type { State } from "./state/pack.ts";
import { readTrainerState, STATE_VERSION, type TrainerState, type UnfinishedEpoch } from "./state/trainer-state.ts";

/** Something that watches a training, or takes part in it. */
export type Callback = CallbackOf<Trainer>;

export interface TrainerOptions {
  readonly model: Model;
  /** The loss, a mean over the samples of a batch. */
  readonly criterion: Criterion;
  readonly optimizer: Learner;
  /** Where to train; the model is moved there. Default: where it is. */
  readonly device?: Device;
  /** One step after each epoch. */
  readonly scheduler?: Scheduler;
  /** Largest norm of all gradients together; larger ones are scaled down to it. */
  readonly clipGradNorm?: number;
  /** Metrics besides loss and accuracy, by name: `{ f1 }` becomes `trainF1` and `valF1` in the history. */
  readonly metrics?: Readonly<Record<string, BatchMetric>>;
  readonly callbacks?: readonly Callback[];
}

export interface FitOptions {
  /** Epochs in all: those of a loaded state count. */
  readonly epochs: number;
  /** Ends the training after the running step, keeping what was learned: `fit` returns as usual. */
  readonly signal?: AbortSignal;
}

/**
 * The supervised loop: for each epoch, a step of the optimizer for each batch, then a look at the validation data.
 *
 * ```ts
 * const trainer = new Trainer({ model, criterion: new CrossEntropyLoss(), optimizer, callbacks: [new ProgressBar()] });
 * const history = await trainer.fit(trainLoader, testLoader, { epochs: 3 });
 * ```
 *
 * Numbers are read back from the device once an epoch, not once a step. `stateDict` and `saveCheckpoint` hold all that
 * the rest of a training depends on, so that a resumed one goes on bit for bit.
 */
export class Trainer {
  readonly model: Model;
  readonly criterion: Criterion;
  readonly optimizer: Learner;
  readonly scheduler: Scheduler | null;
  readonly metrics: Readonly<Record<string, BatchMetric>>;
  readonly callbacks: readonly Callback[];
  readonly device: Device | null;
  readonly clipGradNorm: number | null;

  history = new History();
  /** How many epochs the running `fit` goes to. */
  epochs = 0;
  /** Set it to end the training after this epoch. */
  shouldStop = false;
  /** Whether the last `fit` was ended by its signal. */
  cancelled = false;
  /** The error thrown in the running `fit`. */
  exception: unknown = null;
  /** The loss of the last step, in `onTrainBatchEnd`. */
  loss: Tensor | null = null;
  /** The values of the last epoch, by the history's names: only those measured. */
  measured: Readonly<Record<string, number>> = {};
  /** How long the last epoch took, in this process; reading its numbers back is counted in. */
  seconds = { train: 0, val: 0 };
  /** How many batches the training loader has, where that is known. */
  batches: number | null = null;

  #fitting = false;
  /** Whether a loss that is not finite was warned of. */
  #warned = false;
  #running: Epoch | null = null;
  #unfinished: UnfinishedEpoch | null = null;
  #generators = new Generators();
  /** Generators of a loaded state, for the loaders of the next `fit`. */
  #loaded: GeneratorStates | null = null;

  constructor(options: TrainerOptions) {
    if (arguments.length > 1) throw surplusArguments("new Trainer(options)", arguments.length);
    const epochs = Object.keys(options ?? {}).find((key) => /epochs$/i.test(key));
    if (epochs !== undefined) {
      throw new ValueError(
        "Trainer",
        `Trainer.__init__() got an unexpected keyword argument '${epochs}'`,
        "",
        "The number of epochs is an option of fit: trainer.fit(trainLoader, valLoader, { epochs: 3 }).",
      );
    }
    checkOptions("Trainer", options, OPTIONS, "Trainer.__init__()");
    checkParts(options);
    this.model = options.model;
    this.criterion = options.criterion;
    this.optimizer = options.optimizer;
    this.scheduler = options.scheduler ?? null;
    this.metrics = options.metrics ?? {};
    this.callbacks = options.callbacks ?? [];
    this.clipGradNorm = options.clipGradNorm ?? null;
    if ("loss" in this.metrics || "acc" in this.metrics) {
      throw new ValueError("Trainer", "a metric cannot be called loss or acc", "", "These two are always measured.");
    }
    if (options.device !== undefined) this.model.to(options.device);
    const [parameter] = this.model.parameters();
    this.device = options.device ?? parameter?.device ?? null;
  }

  /** The epoch that runs, from 1; between epochs, how many are done. */
  get epoch(): number {
    return this.history.length + (this.#running === null ? 0 : 1);
  }

  /** How many batches of the running epoch are trained on. */
  get batch(): number {
    return this.#running?.batches ?? this.#unfinished?.batches ?? 0;
  }

  /**
   * Trains until `epochs` are done, a callback sets `shouldStop`, or `signal` is aborted. A call after that goes on where
   * this one ended, in the middle of an epoch if need be. Without `valLoader` nothing is validated.
   */
  async fit(trainLoader: Batches, valLoader: Batches | null, options: FitOptions): Promise<History> {
    if (arguments.length > 3) throw surplusArguments("Trainer.fit(trainLoader, valLoader, options)", arguments.length);
    if (options !== undefined) checkOptions("Trainer.fit", options, ["epochs", "signal"], "fit()");
    checkBatches("Trainer.fit", "trainLoader", trainLoader);
    valLoader ??= null;
    if (valLoader !== null && options !== undefined) checkBatches("Trainer.fit", "valLoader", valLoader);
    if (options === undefined) {
      throw new ValueError(
        "Trainer.fit",
        "fit() missing 1 required argument: 'options'",
        "",
        "Write trainer.fit(trainLoader, valLoader, { epochs: 3 }), with null where nothing is validated.",
      );
    }
    const { epochs, signal } = options;
    if (!Number.isInteger(epochs) || epochs < 0) {
      throw new ValueError("Trainer.fit", "epochs must be an integer, 0 or more", String(epochs));
    }
    if (this.#fitting) {
      throw new KindlingError("Trainer.fit", "fit is running already", "", "Await it, or make another trainer.");
    }
    const generators = new Generators(trainLoader, valLoader);
    if (this.#loaded !== null) generators.set(this.#loaded);
    this.#fitting = true;
    this.#generators = generators;
    this.#loaded = null;
    this.epochs = epochs;
    this.batches = lengthOf(trainLoader);
    this.cancelled = false;
    try {
      await this.#call("onFitStart");
      while (this.history.length < epochs && !this.shouldStop && !this.cancelled) {
        if (signal?.aborted === true) this.cancelled = true;
        else await this.#runEpoch(trainLoader, valLoader, signal);
      }
      await this.#call("onFitEnd");
    } catch (error) {
      this.exception = error;
      await this.#call("onException");
      throw error;
    } finally {
      this.#running?.dispose();
      this.#running = null;
      this.#fitting = false;
    }
    return this.history;
  }

  /** A pass over `loader` that does not learn. Null when `signal` has ended it before the last batch. */
  evaluate(loader: Batches): Promise<Evaluation>;
  evaluate(loader: Batches, options: { readonly signal: AbortSignal }): Promise<Evaluation | null>;
  evaluate(loader: Batches, options: { readonly signal?: AbortSignal } = {}): Promise<Evaluation | null> {
    if (arguments.length > 2) throw surplusArguments("Trainer.evaluate(loader, options?)", arguments.length);
    checkBatches("Trainer.evaluate", "loader", loader);
    checkOptions("Trainer.evaluate", options, ["signal"], "evaluate()");
    const { signal } = options;
    return evaluate(this, loader, signal);
  }

  async #runEpoch(trainLoader: Batches, valLoader: Batches | null, signal: AbortSignal | undefined): Promise<void> {
    const epoch = new Epoch(this, this.#generators, this.#unfinished);
    this.#running = epoch;
    this.#unfinished = null;
    await this.#call("onEpochStart");
    const trained = await epoch.train(trainLoader, signal, (loss) => this.#afterStep(loss), !this.#warned);
    if (trained === null) return this.#leave(epoch);
    let validated: Evaluation | null = null;
    if (valLoader !== null) {
      await this.#call("onValidationStart");
      validated = await epoch.validate(valLoader, signal);
      if (validated === null) return this.#leave(epoch);
    }
    this.scheduler?.step();
    this.#record(trained, validated);
    this.seconds = epoch.seconds;
    this.#running = null;
    if (validated !== null) await this.#call("onValidationEnd");
    await this.#call("onEpochEnd");
    // Last: a progress bar has ended its line.
    if (!this.#warned) this.#warned = warnOfNonFinite(this, epoch.nonFiniteStep);
  }

  /** The epoch was ended by the signal: what is known of it is kept, to go on from. */
  async #leave(epoch: Epoch): Promise<void> {
    this.#unfinished = await epoch.leave();
    this.#running = null;
    this.cancelled = true;
  }

  #record(trained: Evaluation, validated: Evaluation | null): void {
    this.measured = { ...named("train", trained), ...(validated !== null && named("val", validated)) };
    const none = { trainLoss: Number.NaN, trainAcc: Number.NaN, valLoss: Number.NaN, valAcc: Number.NaN };
    this.history.push({ epoch: this.history.length + 1, ...none, ...this.measured });
  }

  #afterStep(loss: Tensor): void | Promise<void> {
    if (!this.callbacks.some((callback) => callback.onTrainBatchEnd)) return;
    this.loss = loss;
    return this.#call("onTrainBatchEnd").then(() => {
      this.loss = null;
    });
  }

  async #call(hook: Hook): Promise<void> {
    for (const callback of this.callbacks) await callback[hook]?.(this);
  }

  /**
   * All that the rest of the training depends on: model, optimizer, scheduler, generators, callbacks, history, and the
   * place in an epoch that was left. Reads the sums of a running epoch from the device.
   */
  async stateDict(): Promise<TrainerState> {
    if (arguments.length > 0) throw surplusArguments("Trainer.stateDict()", arguments.length);
    const unfinished = this.#running === null ? this.#unfinished : await this.#running.leave();
    return {
      version: STATE_VERSION,
      epoch: this.history.length,
      shouldStop: this.shouldStop,
      history: this.history.toCsv(),
      model: this.model.stateDict(),
      optimizer: this.optimizer.stateDict() as State,
      scheduler: (this.scheduler?.stateDict() as State) ?? null,
      generators: this.#loaded ?? this.#generators.get(),
      callbacks: callbackStates(this.callbacks),
      unfinished,
    };
  }

  /**
   * Takes over the state of a trainer made the same way. Generators are put back when `fit` begins, so that whatever is
   * drawn until then makes no difference.
   *
   * @throws ValueError naming the key that is missing or wrong, in whichever part: the trainer and all its parts are then as they were
   */
  loadStateDict(state: TrainerState): void {
    if (arguments.length > 1) throw surplusArguments("Trainer.loadStateDict(state)", arguments.length);
    this.#load(readTrainerState("Trainer.loadStateDict", state));
  }

  #load(state: TrainerState): void {
    if (this.#running === null) checkMetrics(this.metrics, state.unfinished);
    const { model, optimizer, scheduler } = this;
    loadTogether("Trainer.loadStateDict", [
      { key: "model", holder: model, state: state.model },
      { key: "optimizer", holder: optimizer, state: state.optimizer },
      ...(scheduler === null || state.scheduler === null
        ? []
        : [{ key: "scheduler", holder: scheduler, state: state.scheduler }]),
      ...callbackParts(this.callbacks, state.callbacks),
    ]);
    // The steps of an epoch that was left in its validation are done: the scheduler's is due, and no reason for a warning.
    if (state.unfinished !== null && optimizer.stepCount === 0) optimizer.stepCount = state.unfinished.batches;
    this.history = History.fromCsv(state.history);
    this.shouldStop = state.shouldStop;
    this.#loaded = state.generators;
    this.#unfinished = state.unfinished;
  }

  /** The state as the bytes of one safetensors file. */
  async saveCheckpoint(): Promise<FileBytes> {
    if (arguments.length > 0) throw surplusArguments("Trainer.saveCheckpoint()", arguments.length);
    return writeCheckpoint(await this.stateDict());
  }

  /**
   * Goes on from what `saveCheckpoint` has given.
   *
   * @throws SafetensorError, ValueError for a file that is damaged or of another training; nothing is changed then
   */
  loadCheckpoint(bytes: Uint8Array): void {
    if (arguments.length > 1) throw surplusArguments("Trainer.loadCheckpoint(bytes)", arguments.length);
    this.#load(readCheckpoint(bytes));
  }

  /** The weights alone, as the bytes of a safetensors file that PyTorch opens too. */
  saveWeights(metadata: Readonly<Record<string, string>> = {}): Promise<FileBytes> {
    if (arguments.length > 1) throw surplusArguments("Trainer.saveWeights(metadata?)", arguments.length);
    return writeWeights(this.model, metadata);
  }
}

/** Tries the metrics of an unfinished epoch, which are loaded when it goes on. Between epochs the trainer's own hold nothing. */
function checkMetrics(extra: Trainer["metrics"], unfinished: UnfinishedEpoch | null): void {
  if (unfinished === null || unfinished.trained !== null) return;
  const metrics = new PassMetrics(extra);
  try {
    metrics.loadStateDict(unfinished.metrics);
  } finally {
    metrics.reset();
  }
}

const OPTIONS = [
  "model",
  "criterion",
  "optimizer",
  "device",
  "scheduler",
  "clipGradNorm",
  "metrics",
  "callbacks",
] as const satisfies readonly (keyof TrainerOptions)[];

/** A missing part is named here, not by whatever trips over it at the first batch. */
function checkParts({ model, criterion, optimizer }: TrainerOptions): void {
  const has = (part: unknown, method: string): boolean =>
    typeof (part as Readonly<Record<string, unknown>> | undefined | null)?.[method] === "function";
  const parts: readonly (readonly [unknown, boolean, string])[] = [
    [model, typeof model === "function" && has(model, "parameters"), "model must be a Module"],
    [criterion, typeof criterion === "function", "criterion must be callable"],
    [optimizer, has(optimizer, "step"), "optimizer needs step()"],
  ];
  for (const [part, fits, rule] of parts) {
    if (fits) continue;
    const got = part === undefined ? "it is missing" : `got ${describeValue(part)}`;
    throw new ValueError("Trainer", rule, got, "Write new Trainer({ model, criterion, optimizer }).");
  }
}

/** Refuses what gives no batches. Arrays of batches do. */
function checkBatches(op: string, name: string, loader: unknown): void {
  const parts: Partial<Record<symbol, unknown>> = typeof loader === "object" && loader !== null ? loader : {};
  const gives = typeof parts[Symbol.asyncIterator] === "function" || typeof parts[Symbol.iterator] === "function";
  if (gives) return;
  const options = loader !== null && typeof loader === "object" && "epochs" in loader;
  throw new ArgumentTypeError(
    op,
    `${name} must give batches`,
    `got ${loader === undefined ? "nothing" : describeValue(loader)}`,
    options
      ? "Write trainer.fit(trainLoader, valLoader, { epochs: 3 }), with null where nothing is validated."
      : "Pass new DataLoader(dataset, { batchSize: 32 }).",
  );
}

/** How many batches there are; a stream may not know. */
function lengthOf(loader: Batches): number | null {
  try {
    return loader.length ?? null;
  } catch {
    return null;
  }
}

function named(prefix: string, values: Evaluation): Record<string, number> {
  const name = (key: string) => prefix + key.charAt(0).toUpperCase() + key.slice(1);
  const measured: Record<string, number> = {};
  for (const [key, value] of Object.entries(values)) if (value !== undefined) measured[name(key)] = value;
  return measured;
}
