import { WorkerDied, WorkerError } from "../protocol/worker-client.ts";
import type { Run } from "../runs/run.ts";
import { loadRun } from "../runs/run-store.ts";
import { failure, reasonOf } from "./notices.ts";
import type { PageState } from "./page-state.ts";
import type { RunList } from "./run-list.ts";
import type { Store } from "./store.ts";
import type { Workshop } from "./workshop.ts";

/** A training that dies so often without a step in between is given up. */
const MOST_RETRIES = 3;

/** Milliseconds after which a worker that was told to stop, and does not answer, is ended. */
const PATIENCE = 10_000;

/** How a training came out: `nothing` is one that has not begun, and is no run. */
export type Outcome = "ended" | "broken" | "nothing";

/** One training from the page's side: to its end, through deaths of worker and device. */
export class Training {
  readonly #store: Store<PageState>;
  readonly #workshop: Workshop;
  readonly #runs: RunList;
  #retries = 0;
  #isStopping = false;

  constructor(store: Store<PageState>, workshop: Workshop, runs: RunList) {
    this.#store = store;
    this.#workshop = workshop;
    this.#runs = runs;
  }

  async train(run: Run, stepOnly: boolean): Promise<Outcome> {
    this.#retries = 0;
    this.#isStopping = false;
    this.#store.update({ notice: null });
    try {
      for (let asked = run; ; ) {
        try {
          await this.#ask(asked, stepOnly);
          return "ended";
        } catch (error) {
          const hadBegun = this.#store.state.activity?.progress !== null;
          if (this.#isStopping || !this.#mayRetry(error, hadBegun)) {
            return this.#runs.find(run.id)?.device === null ? "nothing" : "broken";
          }
          asked = (await loadRun(run.id).catch(() => undefined)) ?? asked;
          this.#runs.replace(asked);
        }
      }
    } finally {
      this.#store.update({ activity: null, download: null });
    }
  }

  /** Ends it after the running step. */
  async stop(): Promise<void> {
    const { present } = this.#workshop;
    const { activity } = this.#store.state;
    if (present === null || activity === null) return;
    this.#isStopping = true;
    const timer = setTimeout(() => present.kill("it did not answer"), PATIENCE);
    await present.ask("stop").catch(() => {});
    clearTimeout(timer);
    // While something is fetched there is no training yet that could stop.
    if (activity.progress === null) present.kill("stopped");
  }

  /** It makes steps: what went wrong before is forgiven. */
  forgive(): void {
    this.#retries = 0;
  }

  async #ask(run: Run, stepOnly: boolean): Promise<void> {
    const activity = { runId: run.id, phase: "data", progress: null } as const;
    this.#store.update({ activity, look: null, layer: null, probabilities: null });
    const { worker } = this.#workshop;
    this.#workshop.opened = run.id;
    await worker.ask("train", { run, stepOnly });
  }

  /** Whether to begin anew, with a worker of its own, after what went wrong; tells it in any case. */
  #mayRetry(error: unknown, hadBegun: boolean): boolean {
    this.#workshop.opened = null;
    const isDeath = error instanceof WorkerDied || (error instanceof WorkerError && error.name === "DeviceError");
    if (!isDeath || !hadBegun) {
      this.#store.update({ notice: failure(error) });
      return false;
    }
    this.#workshop.kill("its device is gone");
    this.#retries += 1;
    const isOver = this.#retries > MOST_RETRIES;
    const values = { reason: reasonOf(error) };
    this.#store.update({
      notice: isOver ? { tone: "error", key: "gaveUp", values } : { tone: "warning", key: "workerDied", values },
    });
    return !isOver;
  }
}
