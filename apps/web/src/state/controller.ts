import type { News } from "../protocol/messages.ts";
import { WorkerClient, WorkerDied, WorkerError } from "../protocol/worker-client.ts";
import { newRun, type Run, withPoint } from "../runs/run.ts";
import { deleteRun, loadRun, loadRuns } from "../runs/run-store.ts";
import type { Settings } from "../settings/settings.ts";
import type { Values } from "../text/text.ts";
import { type Notice, type PageState, selectedRun } from "./page-state.ts";
import type { Store } from "./store.ts";

/** A training that dies so often without a step in between is given up. */
const MOST_RETRIES = 3;

/** Milliseconds after which a worker that was told to stop, and does not answer, is ended. */
const PATIENCE = 10_000;

/** Does what the page is asked for: tells the worker, and puts what the worker tells into the store. */
export class Controller {
  readonly #store: Store<PageState>;
  readonly #makeWorker: () => Worker;
  #client: WorkerClient | null = null;
  /** The run whose network the worker has. */
  #opened: string | null = null;
  #retries = 0;
  #isClassifying = false;
  #isStopping = false;

  constructor(store: Store<PageState>, makeWorker: () => Worker) {
    this.#store = store;
    this.#makeWorker = makeWorker;
  }

  /** Offers what is kept. */
  async restore(): Promise<void> {
    try {
      const runs = await loadRuns();
      const last = runs.at(-1);
      if (last === undefined) return;
      this.#store.update({ runs, shown: new Set([last.id]) });
      this.select(last.id);
      if (last.status === "idle") {
        const values = { number: last.number, epochs: last.rows.length, all: last.settings.epochs };
        this.#notify({ tone: "info", key: "keptRun", values });
      }
    } catch (error) {
      this.#notify({ tone: "warning", key: "notKept", values: reason(error) });
    }
  }

  /** Begins a run with the present settings. */
  async start({ stepOnly = false } = {}): Promise<void> {
    const { runs, settings, shown } = this.#store.state;
    const number = Math.max(0, ...runs.map((run) => run.number)) + 1;
    const run = newRun(newId(), number, settings);
    this.#store.update({ runs: [...runs, run], shown: new Set([...shown, run.id]), selected: run.id });
    await this.#train(run, stepOnly);
  }

  /** Goes on with a run that is kept; one that is done gets `more` epochs. */
  async goOn(id: string, more = 0): Promise<void> {
    const known = this.#run(id);
    if (known === null) return;
    const run: Run = {
      ...known,
      settings: { ...known.settings, epochs: known.settings.epochs + more },
      status: "idle",
    };
    this.#replace(run);
    this.#store.update(({ shown }) => ({ selected: id, shown: new Set([...shown, id]) }));
    await this.#train(run, false);
  }

  async pause(): Promise<void> {
    await this.#client?.ask("pause").catch(ignore);
  }

  async resume(): Promise<void> {
    this.#setPhase("train");
    await this.#client?.ask("go").catch(ignore);
  }

  async step(): Promise<void> {
    if (this.#store.state.activity === null) await this.start({ stepOnly: true });
    else await this.#client?.ask("step").catch(ignore);
  }

  async stop(): Promise<void> {
    const client = this.#client;
    const { activity } = this.#store.state;
    if (client === null || activity === null) return;
    this.#isStopping = true;
    const timer = setTimeout(() => client.kill("it did not answer"), PATIENCE);
    await client.ask("stop").catch(ignore);
    clearTimeout(timer);
    // While something is fetched there is no training yet that could stop.
    if (activity.progress === null) client.kill("stopped");
  }

  /** Looks into a run: its numbers are here, its network the worker loads. */
  select(id: string): void {
    this.#store.update({ selected: id, look: null, layer: null, probabilities: null });
    if (this.#store.state.activity === null) void this.#open();
  }

  toggleShown(id: string): void {
    this.#store.update(({ shown }) => ({
      shown: new Set(shown.has(id) ? [...shown].filter((other) => other !== id) : [...shown, id]),
    }));
  }

  async remove(id: string): Promise<void> {
    await deleteRun(id).catch(ignore);
    this.#store.update(({ runs, shown, selected }) => ({
      runs: runs.filter((run) => run.id !== id),
      shown: new Set([...shown].filter((other) => other !== id)),
      ...(selected === id && { selected: null, look: null, layer: null, probabilities: null }),
    }));
    if (this.#opened === id) this.#opened = null;
  }

  change(settings: Settings): void {
    this.#store.update({ settings });
  }

  /** A new drawing, or none: classified as soon as the one before is. */
  draw(drawing: Uint8Array | null): void {
    this.#store.update({ drawing, ...(drawing === null && { probabilities: null }) });
    void this.classify();
  }

  async classify(): Promise<void> {
    if (this.#isClassifying || this.#client === null || this.#opened === null) return;
    this.#isClassifying = true;
    try {
      for (let last: Uint8Array | null = null; ; ) {
        const { drawing } = this.#store.state;
        if (drawing === null || drawing === last) return;
        last = drawing;
        const classified = await this.#client.ask("classify", { image: drawing });
        if (this.#store.state.drawing !== null) {
          this.#store.update({ probabilities: classified?.probabilities ?? null });
        }
      }
    } catch {
      this.#store.update({ probabilities: null });
    } finally {
      this.#isClassifying = false;
    }
  }

  /** Test images by their positions, where the worker has them. */
  async images(positions: readonly number[]): Promise<Uint8Array | null> {
    return (await this.#client?.ask("images", { positions }).catch(() => null)) ?? null;
  }

  /** The weights of the selected run, as the command writes them. */
  async weights(): Promise<Uint8Array | null> {
    await this.#open();
    return (await this.#client?.ask("weights").catch((error) => this.#fail(error))) ?? null;
  }

  /** The epochs of a run, as the command writes them. */
  async history({ rows }: Run): Promise<string | null> {
    return this.#worker()
      .ask("history", { rows })
      .catch((error) => this.#fail(error));
  }

  async upload(file: string, bytes: Uint8Array): Promise<void> {
    const { runs, settings } = this.#store.state;
    const number = Math.max(0, ...runs.map((run) => run.number)) + 1;
    try {
      const run = await this.#worker().ask("upload", { run: newRun(newId(), number, settings, file), bytes });
      this.#opened = run.id;
      this.#store.update((state) => ({ runs: [...state.runs, run], selected: run.id, look: null, download: null }));
      const acc = run.rows[0]?.valAcc ?? Number.NaN;
      this.#notify({ tone: "info", key: "uploaded", values: { file, acc: `${(100 * acc).toFixed(2)} %` } });
      void this.classify();
    } catch (error) {
      this.#fail(error);
    }
  }

  dismiss(): void {
    this.#store.update({ notice: null });
  }

  /** Trains to the end, through deaths of worker and device. */
  async #train(run: Run, stepOnly: boolean): Promise<void> {
    this.#retries = 0;
    this.#isStopping = false;
    this.#store.update({ notice: null });
    let asked: Run = run;
    for (;;) {
      this.#store.update({
        activity: { runId: run.id, phase: "data", progress: null },
        look: null,
        layer: null,
        probabilities: null,
      });
      try {
        this.#opened = run.id;
        await this.#worker().ask("train", { run: asked, stepOnly });
        break;
      } catch (error) {
        const hadBegun = this.#store.state.activity?.progress !== null;
        if (this.#isStopping || !(await this.#mayRetry(error, hadBegun))) {
          // Nothing came of it: it is no run.
          if (this.#run(run.id)?.device === null) await this.remove(run.id);
          break;
        }
        asked = (await loadRun(run.id).catch(() => undefined)) ?? asked;
        this.#replace(asked);
      }
    }
    this.#store.update({ activity: null, download: null });
    void this.classify();
  }

  /** Whether to begin anew, with a worker of its own, after what went wrong; tells it in any case. */
  async #mayRetry(error: unknown, hadBegun: boolean): Promise<boolean> {
    this.#opened = null;
    const isDeath = error instanceof WorkerDied || (error instanceof WorkerError && error.name === "DeviceError");
    if (!isDeath || !hadBegun) {
      this.#fail(error);
      return false;
    }
    this.#client?.kill("its device is gone");
    this.#retries += 1;
    if (this.#retries > MOST_RETRIES) {
      this.#notify({ tone: "error", key: "gaveUp", values: reason(error) });
      return false;
    }
    this.#notify({ tone: "warning", key: "workerDied", values: reason(error) });
    return true;
  }

  /** Lets the worker load the network of the selected run, if it has another one. */
  async #open(): Promise<void> {
    const run = selectedRun(this.#store.state);
    if (run === null || this.#opened === run.id || this.#store.state.activity !== null) return;
    this.#opened = run.id;
    try {
      await this.#worker().ask("open", { run });
      this.#store.update({ download: null });
      void this.classify();
    } catch {
      // The numbers are there all the same; a training that goes on tells what is wrong.
      this.#opened = null;
    }
  }

  #worker(): WorkerClient {
    if (this.#client === null || this.#client.isDead) {
      this.#client = new WorkerClient(this.#makeWorker(), (news) => this.#hear(news));
    }
    return this.#client;
  }

  #hear(news: News): void {
    (this.#hearers[news.kind] as (news: News) => void)(news);
  }

  readonly #hearers: { readonly [K in News["kind"]]: (news: Extract<News, { readonly kind: K }>) => void } = {
    download: (download) => this.#store.update({ download }),
    phase: ({ phase }) => this.#setPhase(phase),
    sample: ({ sample }) => this.#store.update({ sample, download: null }),
    device: ({ name, detail }) => this.#store.update({ device: `${name}: ${detail}` }),
    progress: ({ progress }) => {
      if (progress.batch > 1) this.#retries = 0;
      this.#store.update(({ activity }) => ({
        activity: activity && { ...activity, phase: progress.phase, progress },
      }));
    },
    run: ({ run }) => {
      this.#replace(run);
      void this.classify();
    },
    point: ({ runId, point }) => this.#extend(runId, (run) => ({ curve: withPoint(run.curve, point) })),
    gradients: ({ runId, layers, point }) =>
      this.#extend(runId, (run) => ({ layers, gradients: withPoint(run.gradients, point) })),
    look: (look) => {
      this.#store.update({ look });
      // What is drawn, seen by a network that has learned since.
      void this.classify();
    },
    weights: ({ layer }) => this.#store.update({ layer }),
    unsaved: ({ message }) => this.#notify({ tone: "warning", key: "notKept", values: { reason: message } }),
  };

  #setPhase(phase: NonNullable<PageState["activity"]>["phase"]): void {
    this.#store.update(({ activity }) => ({ activity: activity && { ...activity, phase } }));
  }

  #run(id: string): Run | null {
    return this.#store.state.runs.find((run) => run.id === id) ?? null;
  }

  #replace(run: Run): void {
    this.#store.update(({ runs }) => ({ runs: runs.map((known) => (known.id === run.id ? run : known)) }));
  }

  #extend(id: string, change: (run: Run) => Partial<Run>): void {
    const run = this.#run(id);
    if (run !== null) this.#replace({ ...run, ...change(run) });
  }

  #notify(notice: Notice): void {
    this.#store.update({ notice });
  }

  #fail(error: unknown): null {
    const isData = error instanceof WorkerError && /^(Download|Store|DatasetNotFound)Error$/.test(error.name);
    this.#notify({ tone: "error", key: isData ? "dataFailed" : "failed", values: reason(error) });
    return null;
  }
}

function reason(error: unknown): Values {
  return { reason: error instanceof Error ? error.message : String(error) };
}

function newId(): string {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
}

/** A worker that dies is told of by whoever waits for the training. */
function ignore(): void {}
