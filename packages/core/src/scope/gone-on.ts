import type { CallSite } from "./call-site.ts";
import { depthWithin, type Frame, framesOf, isFurther, runningOf } from "./frames.ts";

/** Reads that are noted until one of them is looked at: those of a loop are at the same few places. */
const READS = 64;

/**
 * The code of a scope after its first read. The calls that led to it have left the stack: the function that goes on is the outermost. It is the
 * one that opened the block, or one that was seen to read for the scope; or one that the former awaits, where the engine shows that.
 */
export class GoneOn {
  readonly #isBlock: boolean;
  readonly #site: CallSite | null;
  #frames: readonly Frame[] | null = null;
  readonly #readers = new Set<string>();
  #reads: CallSite[] = [];

  /** @param opened taken in `scope`, when the block was opened or the function had returned its promise */
  constructor(isBlock: boolean, opened: CallSite | null) {
    this.#isBlock = isBlock;
    this.#site = opened;
  }

  /** The call in which the scope's code first ran: of a block, the function that opened it, and where; of `scope(fn)`, `scope` itself. */
  get #first(): readonly Frame[] {
    this.#frames ??= this.#site === null ? [] : framesOf(this.#site).slice(this.#isBlock ? 1 : 0);
    return this.#frames;
  }

  /** Code goes on that awaited what it read at `read`. */
  awaited(read: CallSite): void {
    if (this.#reads.length < READS && this.#reads.at(-1) !== read) this.#reads.push(read);
  }

  /** Whether `site` is in the scope's code. */
  holds(site: CallSite): boolean {
    const frames = framesOf(site);
    return this.#isOwn(frames) || (this.#learn() && this.#isOwn(frames));
  }

  #isOwn(frames: readonly Frame[]): boolean {
    const outermost = runningOf(frames).at(-1);
    if (outermost === undefined) return false;
    return this.#readers.has(outermost.fn) || frames.some((frame) => this.#opened(frame));
  }

  /** Whether `frame` is in the function that opened the block, further on. */
  #opened(frame: Frame): boolean {
    const [first] = this.#first;
    return this.#isBlock && first !== undefined && isFurther(first, frame);
  }

  /** Notes the functions of the reads since it was last called; says whether there is a new one. */
  #learn(): boolean {
    const reads = this.#reads;
    this.#reads = [];
    const before = this.#readers.size;
    for (const read of reads) {
      const frames = framesOf(read);
      // At first, the functions that the scope's own has called; later, all that is running.
      let depth = Math.max(depthWithin(this.#first, frames) - 1, 0);
      if (depth === 0 && this.#isOwn(frames)) depth = runningOf(frames).length;
      for (const frame of frames.slice(0, depth)) this.#readers.add(frame.fn);
    }
    // Its own function is known by where it is, too.
    if (this.#isBlock) this.#readers.delete(this.#first[0]?.fn ?? "");
    return this.#readers.size > before;
  }
}
