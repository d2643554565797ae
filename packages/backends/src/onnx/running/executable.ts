import type { FileArray } from "@kindling/core/extend";
import type { Executable } from "../../lazy/compiler.ts";
import type { LazyBuffer } from "../../lazy/lazy-buffer.ts";
import type { NamedTensors, RuntimeSession, RuntimeTensor } from "../runtime/runtime.ts";
import type { Lowered } from "./lower.ts";

/** A compiled graph, and how it is fed. */
export class OnnxExecutable implements Executable {
  readonly session: RuntimeSession | Promise<RuntimeSession>;
  /** About how much memory its intermediates take. */
  readonly bytes: number;
  readonly #feeds: Lowered["feeds"];
  readonly #results: Lowered["results"];
  /** Runs that have begun, or wait for others, and have not ended. */
  #users = 0;
  #isUnwanted = false;

  constructor(session: RuntimeSession | Promise<RuntimeSession>, { feeds, results }: Lowered, bytes: number) {
    this.session = session;
    this.#feeds = feeds;
    this.#results = results;
    this.bytes = bytes;
  }

  use(): void {
    this.#users += 1;
  }

  release(): void {
    this.#users -= 1;
    if (this.#isUnwanted) this.dispose();
  }

  /** Gives the session back, as soon as nobody runs it. */
  dispose(): void {
    this.#isUnwanted = true;
    if (this.#users > 0) return;
    const { session } = this;
    if (session instanceof Promise) void session.then((done) => done.dispose()).catch(() => {});
    else session.dispose();
  }

  get ready(): unknown {
    return this.session;
  }

  run(given: readonly LazyBuffer[], roots: readonly LazyBuffer[], memory: readonly FileArray[]): void | Promise<void> {
    const { session } = this;
    const compute = (compiled: RuntimeSession): void | Promise<void> =>
      compiled.run(this.#feedsOf(given), this.#resultsOf(roots, memory));
    return session instanceof Promise ? session.then(compute) : compute(session);
  }

  /** What is given, under its names in the graph. */
  #feedsOf(given: readonly LazyBuffer[]): NamedTensors {
    const named: NamedTensors = {};
    for (let i = 0; i < given.length; i++) {
      const name = this.#feeds[i];
      if (name === null || name === undefined) continue;
      const buffer = given[i] as LazyBuffer;
      named[name] = tensorOf(buffer, buffer.value as FileArray);
    }
    return named;
  }

  /** Memory for what is asked for, under its names in the graph. */
  #resultsOf(roots: readonly LazyBuffer[], memory: readonly FileArray[]): NamedTensors {
    const named: NamedTensors = {};
    for (let i = 0; i < roots.length; i++) {
      named[this.#results[i] as string] = tensorOf(roots[i] as LazyBuffer, memory[i] as FileArray);
    }
    return named;
  }
}

function tensorOf({ dtype, shape }: LazyBuffer, data: FileArray): RuntimeTensor {
  return { type: dtype, data, dims: shape, location: "cpu" };
}
