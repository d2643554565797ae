import { reasonOf } from "../protocol/reason.ts";
import type { DamagedRun } from "../runs/read-run.ts";
import { newId, newRun, type Run, trainedFrom } from "../runs/run.ts";
import { isTrained } from "../runs/run-lock.ts";
import { deleteRun, loadRuns } from "../runs/run-store.ts";
import { refuseLarge } from "../settings/limits.ts";
import type { Settings } from "../settings/settings.ts";
import { Classifier } from "./classifier.ts";
import { hearNews, setPhase } from "./news.ts";
import { failure } from "./notices.ts";
import { type PageState, selectedRun } from "./page-state.ts";
import { RunList } from "./run-list.ts";
import type { Store } from "./store.ts";
import { Training } from "./training.ts";
import { Workshop } from "./workshop.ts";

/** Does what the page is asked for. */
export class Controller {
  readonly #store: Store<PageState>;
  readonly #runs: RunList;
  readonly #workshop: Workshop;
  readonly #training: Training;
  readonly #classifier: Classifier;
  /** The run whose network could not be loaded, and why: it is not tried again with every stroke. */
  #refused: { readonly id: string; readonly error: unknown } | null = null;

  constructor(store: Store<PageState>, makeWorker: () => Worker) {
    this.#store = store;
    this.#runs = new RunList(store);
    const hear = hearNews({ store, runs: this.#runs, onLearned: () => void this.#classifier.classify() });
    this.#workshop = new Workshop(makeWorker, (news) => {
      if (news.kind === "progress" && news.progress.batch > 1) this.#training.forgive();
      hear(news);
    });
    this.#training = new Training(store, this.#workshop, this.#runs);
    this.#classifier = new Classifier(store, this.#workshop);
  }

  /** Offers what is kept. */
  async restore(): Promise<void> {
    try {
      const { runs, damaged } = await loadRuns();
      const last = runs.at(-1);
      this.#store.update({ runs, damaged, shown: new Set(last === undefined ? [] : [last.id]) });
      if (last === undefined) return;
      this.select(last.id);
      if (last.status === "idle") {
        const values = { number: last.number, epochs: last.rows.length, all: last.settings.epochs };
        this.#store.update({ notice: { tone: "info", key: "keptRun", values } });
      }
    } catch (error) {
      this.#store.update({ notice: { tone: "warning", key: "notRestored", values: { reason: reasonOf(error) } } });
    }
  }

  /** Takes over what other tabs have trained or deleted meanwhile. A run that only this tab has stays. */
  async refresh(): Promise<void> {
    const kept = await loadRuns().catch(() => null);
    if (kept !== null) this.#runs.takeOver(kept, this.#store.state.activity?.runId ?? null);
  }

  /** Begins a run with the present settings. */
  async start({ stepOnly = false } = {}): Promise<void> {
    await this.#begin(newRun(newId(), this.#runs.nextNumber, this.#store.state.settings), stepOnly);
  }

  /** Begins a run with the present settings and the network of a file. */
  async startFrom(uploaded: Run): Promise<void> {
    await this.#begin(trainedFrom(uploaded, this.#runs.nextNumber, this.#store.state.settings), false);
  }

  /** Goes on with a run that is kept; one that is done gets `more` epochs. */
  async goOn(id: string, more = 0): Promise<void> {
    // Another tab may have trained it since, or deleted it.
    await this.refresh();
    const known = this.#runs.find(id);
    if (known === null) return;
    const settings = { ...known.settings, epochs: known.settings.epochs + more };
    const run: Run = { ...known, settings, status: "idle" };
    this.#runs.replace(run);
    this.#store.update(({ shown }) => ({ selected: id, shown: new Set([...shown, id]) }));
    await this.#train(run, false);
    // Nothing came of it: it is as it was.
    if (this.#runs.find(id) === run) this.#runs.replace(known);
  }

  async pause(): Promise<void> {
    this.#store.update(({ activity }) => ({ activity: activity && { ...activity, asked: "pause" } }));
    await this.#workshop.present?.ask("pause").catch(ignore);
  }

  async resume(): Promise<void> {
    setPhase(this.#store, "train");
    await this.#workshop.present?.ask("go").catch(ignore);
  }

  async step(): Promise<void> {
    if (this.#store.state.activity === null) await this.start({ stepOnly: true });
    else await this.#workshop.present?.ask("step").catch(ignore);
  }

  async stop(): Promise<void> {
    await this.#training.stop();
  }

  /** Looks into a run: its numbers are here, its network the worker loads. */
  select(id: string): void {
    this.#refused = null;
    this.#store.update({ selected: id, look: null, layer: null, probabilities: null });
    if (this.#store.state.activity === null) void this.#open();
  }

  toggleShown(id: string): void {
    this.#store.update(({ shown }) => ({
      shown: new Set(shown.has(id) ? [...shown].filter((other) => other !== id) : [...shown, id]),
    }));
  }

  async remove(id: string): Promise<void> {
    if (await isTrained(id)) {
      this.#store.update({ notice: { tone: "warning", key: "isElsewhere" } });
      return;
    }
    try {
      await deleteRun(id);
    } catch (error) {
      // One that the browser does not keep is only in the list.
      if (!this.#runs.isUnsaved(id)) return void this.#fail(error);
    }
    this.#forget(id);
  }

  /** Deletes what is kept as a run and cannot be read. */
  async removeDamaged(damaged: DamagedRun): Promise<void> {
    try {
      await deleteRun(damaged.key);
      this.#runs.removeDamaged(damaged);
    } catch (error) {
      this.#fail(error);
    }
  }

  change(settings: Settings): void {
    this.#store.update({ settings });
  }

  /** A new drawing, or none. A worker that has died since it looked at the last one is replaced. */
  draw(drawing: Uint8Array | null): void {
    this.#classifier.draw(drawing);
    if (drawing !== null) void this.#open();
  }

  /** Test images by their positions, where the worker has them. */
  async images(positions: readonly number[]): Promise<Uint8Array | null> {
    return (await this.#workshop.present?.ask("images", { positions }).catch(() => null)) ?? null;
  }

  /** The weights of the selected run, as the command writes them. */
  async weights(): Promise<Uint8Array | null> {
    const run = selectedRun(this.#store.state);
    if (run === null) return null;
    await this.#open();
    // Another network may be loaded still.
    if (this.#refused?.id === run.id) return this.#fail(this.#refused.error);
    return this.#workshop.worker.ask("weights", { runId: run.id }).catch((error) => this.#fail(error));
  }

  /** The epochs of a run, as the command writes them. */
  async history({ rows }: Run): Promise<string | null> {
    return this.#workshop.worker.ask("history", { rows }).catch((error) => this.#fail(error));
  }

  async upload(chosen: File): Promise<void> {
    const file = chosen.name;
    const asked = newRun(newId(), this.#runs.nextNumber, this.#store.state.settings, file);
    try {
      refuseLarge(chosen.size);
      const bytes = new Uint8Array(await chosen.arrayBuffer());
      const run = await this.#workshop.worker.ask("upload", { run: asked, bytes });
      this.#workshop.opened = run.id;
      this.#store.update({ look: null, download: null });
      this.#runs.add(run);
      const acc = `${(100 * (run.rows[0]?.valAcc ?? Number.NaN)).toFixed(2)}%`;
      this.#store.update({ notice: { tone: "info", key: "uploaded", values: { file, acc } } });
      void this.#classifier.classify();
    } catch (error) {
      this.#fail(error);
    }
  }

  dismiss(): void {
    this.#store.update({ notice: null });
  }

  async #begin(run: Run, stepOnly: boolean): Promise<void> {
    this.#runs.add(run);
    await this.#train(run, stepOnly);
  }

  async #train(run: Run, stepOnly: boolean): Promise<void> {
    const outcome = await this.#training.train(run, stepOnly);
    if (outcome === "nothing") {
      await deleteRun(run.id).catch(ignore);
      this.#forget(run.id);
    }
    void this.#classifier.classify();
  }

  /** Lets the worker load the network of the selected run, if it has another one. */
  async #open(): Promise<void> {
    const run = selectedRun(this.#store.state);
    if (run === null || run.id === this.#workshop.opened || run.id === this.#refused?.id) return;
    if (this.#store.state.activity !== null) return;
    const { worker } = this.#workshop;
    this.#workshop.opened = run.id;
    try {
      await worker.ask("open", { run });
      this.#store.update({ download: null });
      void this.#classifier.classify();
    } catch (error) {
      // The numbers are there all the same; whoever asks for the weights, or trains on, is told what is wrong.
      if (this.#workshop.opened !== run.id) return; // another one was asked for since
      this.#workshop.opened = null;
      this.#refused = { id: run.id, error };
    }
  }

  #forget(id: string): void {
    this.#runs.remove(id);
    if (this.#workshop.opened === id) this.#workshop.opened = null;
  }

  #fail(error: unknown): null {
    this.#store.update({ notice: failure(error) });
    return null;
  }
}

/** A worker that dies is told of by whoever waits for the training. */
function ignore(): void {}
