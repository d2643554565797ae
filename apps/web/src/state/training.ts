import { reasonOf } from "../protocol/reason.ts";
import { WorkerDied, WorkerError } from "../protocol/worker-client.ts";
import type { Run } from "../runs/run.ts";
import { loadRun } from "../runs/run-store.ts";
import { failure } from "./notices.ts";
import type { PageState } from "./page-state.ts";
import type { RunList } from "./run-list.ts";
import type { Store } from "./store.ts";
import type { Workshop } from "./workshop.ts";

/** A training whose worker dies this many times without a step in between is given up. */
const MOST_RETRIES = 3;

/**
 * Milliseconds that a training gets to finish its step and to be kept when it is stopped. A step of a large network on a large batch takes
 * longer than anybody wants to wait: its worker is ended then, and the run is what was last kept, at most a few seconds or one step ago.
 */
const PATIENCE = 4000;

/** How a training came out: `nothing` is one that has not begun, and is no run. */
export type Outcome = "ended" | "broken" | "nothing";

/** One training from the page's side: to its end, through deaths of worker and device. */
export class Training {
  readonly #store: Store<PageState>;
  readonly #workshop: Workshop;
  readonly #runs: RunList;
  #retries = 0;
  #isStopping = false;
  #deadline: ReturnType<typeof setTimeout> | undefined;

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
          const isOver = this.#isStopping || !this.#mayRetry(error, hadBegun);
          if (isOver && this.#runs.find(run.id)?.device === null) return "nothing";
          asked = (await loadRun(run.id).catch(() => undefined)) ?? asked;
          if (!isOver || this.#isStopping) this.#runs.replace(asked);
          if (isOver) return "broken";
        }
      }
    } finally {
      clearTimeout(this.#deadline);
      this.#store.update({ activity: null, download: null });
    }
  }

  /** Ends it after the running step, or in the middle of it when that takes too long. */
  async stop(): Promise<void> {
    const { present } = this.#workshop;
    const { activity } = this.#store.state;
    if (present === null || activity === null || this.#isStopping) return;
    this.#isStopping = true;
    this.#store.update({ activity: { ...activity, asked: "stop" } });
    if (activity.progress === null) {
      // While something is fetched there is no training yet that could stop.
      present.kill("stopped");
      return;
    }
    this.#deadline = setTimeout(() => present.kill("its step takes too long"), PATIENCE);
    await present.ask("stop").catch(() => {});
  }

  /** It makes steps: what went wrong before is forgiven. */
  forgive(): void {
    this.#retries = 0;
  }

  async #ask(run: Run, stepOnly: boolean): Promise<void> {
    const activity = { runId: run.id, phase: "data", progress: null, asked: null } as const;
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
