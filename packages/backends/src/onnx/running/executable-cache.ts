import { numel } from "@kindling/core/extend";
import type { Compiler } from "../../lazy/compiler.ts";
import type { LazyBuffer } from "../../lazy/lazy-buffer.ts";
import type { Subgraph } from "../../lazy/subgraph.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { runtimeError } from "../runtime/runtime-error.ts";
import { OnnxExecutable } from "./executable.ts";
import { lower } from "./lower.ts";

/** Graphs that differ in nothing but single numbers: a learning rate, a count. */
interface Family {
  /** Which of what is given has changed from one time to the next, and is fed; other numbers are part of the graph. */
  readonly varying: Set<number>;
  /** The numbers it was first met with. */
  readonly numbers: readonly (number | null)[];
}

export interface PlanCacheOptions {
  /** Graphs kept at most. Default: 512. */
  readonly most?: number;
  /** Bytes that their intermediates may take at most. Default: 2 GiB. */
  readonly mostBytes?: number;
}

/** Threads help graphs that compute at least this many elements in all. */
const FEW_ELEMENTS = 50_000;

/** Compiled graphs. The one that was not used for longest goes first. */
export class ExecutableCache implements Compiler {
  /** How many graphs were compiled. */
  compiled = 0;
  readonly #runtime: Runtime;
  readonly #most: number;
  readonly #mostBytes: number;
  readonly #families = new Map<string, Family>();
  readonly #executables = new Map<string, OnnxExecutable>();
  #bytes = 0;

  constructor(runtime: Runtime, { most = 512, mostBytes = 2 ** 31 }: PlanCacheOptions = {}) {
    this.#runtime = runtime;
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  get isSync(): boolean {
    return this.#runtime.isSync;
  }

  errorOf(error: unknown): Error {
    return runtimeError(error);
  }

  get size(): number {
    return this.#executables.size;
  }

  /** The graph of this subgraph. A number that is not what it was last time is fed from then on. */
  executableFor(subgraph: Subgraph): OnnxExecutable {
    const family = this.#familyOf(subgraph);
    const { varying } = family;
    const isFixed = (buffer: LazyBuffer, i: number): boolean => buffer.scalar !== null && !varying.has(i);
    const { given } = subgraph;
    given.forEach((buffer, i) => {
      if (isFixed(buffer, i) && !Object.is(buffer.scalar, family.numbers[i])) varying.add(i);
    });
    const key = `${subgraph.text}${given.map((buffer, i) => (isFixed(buffer, i) ? buffer.scalar : ""))}`;
    let executable = this.#executables.get(key);
    if (executable === undefined) {
      executable = this.#compile(subgraph, isFixed);
      // One that does not compile is tried anew.
      const made = executable;
      if (made.session instanceof Promise) made.session.catch(() => this.#drop(key, made));
    }
    // The newest stands last.
    this.#executables.delete(key);
    this.#executables.set(key, executable);
    this.#evict();
    return executable;
  }

  #familyOf({ text, given }: Subgraph): Family {
    let family = this.#families.get(text);
    if (family === undefined) {
      family = { varying: new Set(), numbers: given.map(({ scalar }) => scalar) };
      if (this.#families.size > 4 * this.#most) this.#families.clear();
      this.#families.set(text, family);
    }
    return family;
  }

  #compile(subgraph: Subgraph, isFixed: (buffer: LazyBuffer, i: number) => boolean): OnnxExecutable {
    const fixed = new Set(subgraph.given.filter(isFixed));
    const lowered = lower(subgraph, (buffer) => fixed.has(buffer));
    const elements = subgraph.nodes.reduce(
      (sum, { signature }) => sum + signature.outs.reduce((all, { shape }) => all + numel(shape), 0),
      0,
    );
    const threads = elements < FEW_ELEMENTS ? 1 : this.#runtime.threads;
    this.compiled += 1;
    const executable = new OnnxExecutable(this.#runtime.compile(lowered.model, threads), lowered, elements * 4);
    this.#bytes += executable.bytes;
    return executable;
  }

  #evict(): void {
    for (const [key, executable] of this.#executables) {
      if (this.#executables.size <= 1 || (this.#executables.size <= this.#most && this.#bytes <= this.#mostBytes))
        return;
      this.#drop(key, executable);
      executable.dispose();
    }
  }

  #drop(key: string, executable: OnnxExecutable): void {
    if (this.#executables.get(key) !== executable) return;
    this.#executables.delete(key);
    this.#bytes -= executable.bytes;
  }
}
