import { type FileArray, numel } from "@kindling/core/extend";
import type { BufferPool } from "./buffer-pool.ts";
import type { Compiler, Executable } from "./compiler.ts";
import type { Attempt, Attempts } from "./failure.ts";
import type { LazyBuffer } from "./lazy-buffer.ts";
import type { Lifetimes } from "./lifetimes.ts";
import type { Subgraph } from "./subgraph.ts";

/** A graph, and what it is compiled to or why it cannot be. */
export interface Prepared {
  readonly subgraph: Subgraph;
  readonly executable?: Executable;
  readonly error?: Error;
}

/** Has graphs compiled and run, and the results take their places. */
export class Runner {
  readonly #compiler: Compiler;
  readonly #pool: BufferPool;
  readonly #lifetimes: Lifetimes;

  constructor(compiler: Compiler, pool: BufferPool, lifetimes: Lifetimes) {
    this.#compiler = compiler;
    this.#pool = pool;
    this.#lifetimes = lifetimes;
  }

  /** Runs what is asked for by a synchronous compiler. */
  now<R>(attempts: Attempts<R>): R {
    let step = attempts.next();
    while (step.done !== true) step = attempts.next(this.#tryNow(step.value));
    return step.value;
  }

  /** Runs what is asked for, one after the other; `first` is what was prepared already. */
  async later<R>(attempts: Attempts<R>, first?: Prepared): Promise<R> {
    let step = attempts.next();
    while (step.done !== true) {
      const { subgraph, settles } = step.value;
      const isFirst = subgraph === first?.subgraph;
      const prepared = isFirst ? first : this.prepare(subgraph);
      const error = await this.#tryLater(prepared, settles);
      if (!isFirst) prepared.executable?.release();
      step = attempts.next(error);
    }
    return step.value;
  }

  /** Begins to compile a graph, and holds what comes of it until it is released. */
  prepare(subgraph: Subgraph): Prepared {
    try {
      const executable = this.#compiler.executableFor(subgraph);
      executable.use();
      return { subgraph, executable };
    } catch (error) {
      return { subgraph, error: this.#compiler.errorOf(error) };
    }
  }

  #tryNow({ subgraph, settles }: Attempt): Error | null {
    const { given, roots } = subgraph;
    try {
      const executable = this.#compiler.executableFor(subgraph);
      const memory = this.#memoryFor(roots);
      executable.run(given, roots, memory);
      if (settles) this.#settle(roots, memory);
      return null;
    } catch (error) {
      return this.#compiler.errorOf(error);
    }
  }

  async #tryLater({ subgraph, executable, error }: Prepared, settles: boolean): Promise<Error | null> {
    if (executable === undefined) return error ?? null;
    const { given, roots } = subgraph;
    try {
      await executable.ready;
      const memory = this.#memoryFor(roots);
      await executable.run(given, roots, memory);
      if (settles) this.#settle(roots, memory);
      return null;
    } catch (cause) {
      return this.#compiler.errorOf(cause);
    }
  }

  #memoryFor(roots: readonly LazyBuffer[]): FileArray[] {
    return roots.map(({ dtype, shape }) => this.#pool.take(dtype, numel(shape)));
  }

  #settle(roots: readonly LazyBuffer[], memory: readonly FileArray[]): void {
    roots.forEach((root, i) => {
      this.#lifetimes.settle(root, memory[i] as FileArray);
    });
  }
}
