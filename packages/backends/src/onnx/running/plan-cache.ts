import { numel } from "@kindling/core/extend";
import type { Piece } from "../recording/piece.ts";
import type { Request } from "../recording/request.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { lower } from "./lower.ts";
import { Plan } from "./plan.ts";

/** Graphs that differ in nothing but single numbers: a learning rate, a count. */
interface Family {
  /** Which of what is given has changed from one time to the next, and is fed; other numbers are part of the graph. */
  readonly varying: Set<number>;
  /** The numbers it was first met with. */
  readonly numbers: readonly (number | null)[];
}

export interface PlanCacheOptions {
  /** So many graphs are kept. Default: 512. */
  readonly most?: number;
  /** So many bytes may their intermediates take. Default: 2 GiB. */
  readonly mostBytes?: number;
}

/** From so many elements on, computed by a graph in all, threads help. */
const FEW_ELEMENTS = 50_000;

/** Compiled graphs. The one that was not used for longest goes first. */
export class PlanCache {
  /** How many graphs were compiled. */
  compiled = 0;
  readonly #runtime: Runtime;
  readonly #most: number;
  readonly #mostBytes: number;
  readonly #families = new Map<string, Family>();
  readonly #plans = new Map<string, Plan>();
  #bytes = 0;

  constructor(runtime: Runtime, { most = 512, mostBytes = 2 ** 31 }: PlanCacheOptions = {}) {
    this.#runtime = runtime;
    this.#most = most;
    this.#mostBytes = mostBytes;
  }

  get size(): number {
    return this.#plans.size;
  }

  /** The graph of this request. A number that is not what it was last time is fed from then on. */
  planFor(request: Request): Plan {
    const family = this.#familyOf(request);
    const { varying } = family;
    const isFixed = (piece: Piece, i: number): boolean => piece.scalar !== null && !varying.has(i);
    const { given } = request;
    given.forEach((piece, i) => {
      if (isFixed(piece, i) && !Object.is(piece.scalar, family.numbers[i])) varying.add(i);
    });
    const key = `${request.text}${given.map((piece, i) => (isFixed(piece, i) ? piece.scalar : ""))}`;
    let plan = this.#plans.get(key);
    if (plan === undefined) {
      plan = this.#compile(request, isFixed);
      // One that does not compile is tried anew.
      const made = plan;
      if (made.session instanceof Promise) made.session.catch(() => this.#drop(key, made));
    }
    // The newest stands last.
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    this.#evict();
    return plan;
  }

  #familyOf({ text, given }: Request): Family {
    let family = this.#families.get(text);
    if (family === undefined) {
      family = { varying: new Set(), numbers: given.map(({ scalar }) => scalar) };
      if (this.#families.size > 4 * this.#most) this.#families.clear();
      this.#families.set(text, family);
    }
    return family;
  }

  #compile(request: Request, isFixed: (piece: Piece, i: number) => boolean): Plan {
    const fixed = new Set(request.given.filter(isFixed));
    const lowered = lower(request, (piece) => fixed.has(piece));
    const elements = request.recipes.reduce(
      (sum, { signature }) => sum + signature.outs.reduce((all, { shape }) => all + numel(shape), 0),
      0,
    );
    const threads = elements < FEW_ELEMENTS ? 1 : this.#runtime.threads;
    this.compiled += 1;
    const plan = new Plan(this.#runtime.compile(lowered.model, threads), lowered, elements * 4);
    this.#bytes += plan.bytes;
    return plan;
  }

  #evict(): void {
    for (const [key, plan] of this.#plans) {
      if (this.#plans.size <= 1 || (this.#plans.size <= this.#most && this.#bytes <= this.#mostBytes)) return;
      this.#drop(key, plan);
      plan.dispose();
    }
  }

  #drop(key: string, plan: Plan): void {
    if (this.#plans.get(key) !== plan) return;
    this.#plans.delete(key);
    this.#bytes -= plan.bytes;
  }
}
