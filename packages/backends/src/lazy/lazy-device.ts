import type { Device, DType, Shape, TypedArray } from "@kindling/core";
import {
  type Attributes,
  type AttributesOf,
  type Handle,
  type InputsOf,
  isList,
  type KernelName,
  NamedDevice,
  type Operand,
  type Operands,
  type TensorSpec,
} from "@kindling/core/device";
import { allocateForFile, type FileArray, fromFileArray, numel, toFileArray } from "@kindling/core/extend";
import { BufferPool } from "./buffer-pool.ts";
import type { Compiler } from "./compiler.ts";
import { attempt, attemptWithout, restore, type Spoilt } from "./failure.ts";
import { type Failure, LazyBuffer } from "./lazy-buffer.ts";
import { Lifetimes } from "./lifetimes.ts";
import { Runner } from "./runner.ts";
import { signatureOf } from "./signature.ts";
import { type Subgraph, subgraphFor } from "./subgraph.ts";
import { Trace } from "./trace.ts";
import type { Recording, TraceProfile } from "./trace-profile.ts";

/** At most this many calls are recorded before they are computed. */
const LONGEST_TRACE = 2048;

/** Upper bound on recorded kernel calls whose results are still held and have not been read. */
const MOST_PENDING = 6144;

/** At most this many traces are recognised when they are recorded again. */
const MOST_PROFILES = 4096;

/**
 * Records what is asked of it and computes it when somebody reads: a whole training step becomes one graph, which a compiler makes an
 * executable of once, and which runs in one call. What compiles and runs is not known here.
 */
export abstract class LazyDevice extends NamedDevice implements Device {
  readonly #compiler: Compiler;
  readonly #pool = new BufferPool();
  readonly #lifetimes = new Lifetimes(this.#pool);
  readonly #runner: Runner;
  readonly #profiles = new Map<string, TraceProfile>();
  #trace = new Trace();
  /** Whether an optimizer step has ended since the last flush. */
  #isMarked = false;
  /** Where graphs run later: the end of the last one. */
  #queue: Promise<void> = Promise.resolve();
  /** How many calls the graphs that wait there compute: recorded, and asked for. */
  #queued = 0;
  declare downloadSync?: (handle: Handle) => TypedArray;

  constructor(compiler: Compiler) {
    super();
    this.#compiler = compiler;
    this.#runner = new Runner(compiler, this.#pool, this.#lifetimes);
    if (!compiler.isSync) return;
    this.downloadSync = (handle) => {
      const buffer = handle as LazyBuffer;
      if (buffer.isPending) this.#flush(buffer);
      return lend(buffer);
    };
  }

  upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    const buffer = this.uploadInto(shape, dtype, (memory) => write(data, dtype, memory));
    if (data.length === 1) (buffer as LazyBuffer).scalar = data[0] as number;
    return buffer;
  }

  /** Elements that `fill` writes, straight into the device's memory. */
  protected uploadInto(shape: Shape, dtype: DType, fill: (memory: FileArray) => void): Handle {
    const memory = this.#pool.take(dtype, numel(shape));
    fill(memory);
    return this.#given(memory, shape, dtype);
  }

  async download(handle: Handle): Promise<TypedArray> {
    const buffer = handle as LazyBuffer;
    if (buffer.isPending) this.#flush(buffer);
    // The program may give it back meanwhile: its memory must not go to another.
    this.#lifetimes.use(buffer);
    try {
      await buffer.underWay;
      const { failure } = buffer;
      if (failure === null) return lend(buffer);
      await this.#inTurn(() => this.#restoreLater(failure));
      throw failure.error;
    } finally {
      this.#lifetimes.release(buffer);
    }
  }

  run<K extends KernelName>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[] {
    return this.record(kernel, inputs, attrs, outs);
  }

  /** Records a call, also of a kernel that only the device and its compiler know. */
  protected record(kernel: string, inputs: Operands, attrs: Attributes, outs: readonly TensorSpec[]): Handle[] {
    const names = isList(inputs) ? null : Object.keys(inputs);
    const operands = isList(inputs) ? inputs : (Object.values(inputs) as Operand[]);
    const buffers = outs.map((out) => new LazyBuffer(out));
    if (outs.every(({ shape }) => numel(shape) === 0)) {
      for (const buffer of buffers) buffer.value = allocateForFile(buffer.dtype, 0);
      return buffers;
    }
    const given = new Array<LazyBuffer>(operands.length);
    for (let i = 0; i < operands.length; i++) given[i] = (operands[i] as Operand).handle as LazyBuffer;
    this.#trace.write(this.#lifetimes.record(signatureOf(kernel, names, operands, attrs, outs), given, buffers));
    if (this.#trace.buffers.length >= LONGEST_TRACE) this.#flushAll();
    else if (this.#isFull) this.#computeLeft();
    return buffers;
  }

  free(handle: Handle): void {
    this.#lifetimes.letGo(handle as LazyBuffer);
  }

  mark(): void {
    if (this.#isMarked) this.#flush();
    this.#isMarked = true;
  }

  keep(handle: Handle, instead?: Handle): void {
    const buffer = handle as LazyBuffer;
    const previous = instead as LazyBuffer | undefined;
    // A result that replaces another of the same trace is a temporary of this step.
    if (previous === undefined || previous.isState || !previous.isPending || previous.trace !== this.#trace) {
      buffer.isState = true;
      if (previous !== undefined) this.#lifetimes.remember(buffer, previous);
    }
  }

  /** Elements that the device is given, in memory of its own. */
  #given(memory: FileArray, shape: Shape, dtype: DType): LazyBuffer {
    // A new batch after an optimizer step: that step is over.
    if (this.#isMarked && memory.length > 1) this.#flush();
    const buffer = new LazyBuffer({ shape, dtype });
    buffer.value = memory;
    return buffer;
  }

  /** Computes what was asked for, what the program keeps from step to step, and what was asked for later when this was last recorded. */
  #flush(asked?: LazyBuffer): void {
    const trace = this.#endTrace();
    const { wanted } = trace.profile as TraceProfile;
    const roots: LazyBuffer[] = [];
    if (asked !== undefined && asked.trace !== trace) {
      noteWanted(asked);
      roots.push(asked);
    }
    for (const buffer of trace.buffers) {
      if (!buffer.isPending) continue;
      if (buffer === asked || (buffer.isHeld && (buffer.isState || wanted.has(buffer.position)))) roots.push(buffer);
      else if (buffer.isHeld) this.#lifetimes.left.add(buffer);
    }
    this.#compute(roots);
    // A failed root reports its error when it is read. The other roots stay recorded, and are computed again when they are read.
    if (asked?.failure != null && this.#compiler.isSync) throw this.#restored(asked.failure);
  }

  /** Computes all that the program holds of the current trace. */
  #flushAll(): void {
    const trace = this.#endTrace();
    const roots = trace.buffers.filter((buffer) => buffer.isHeld && buffer.isPending);
    this.#compute(roots);
    this.#throwFailureOf(roots);
  }

  /** Computes what was left at earlier flushes, trace by trace: each is a graph that is met again. */
  #computeLeft(): void {
    const byTrace = new Map<Recording | null, LazyBuffer[]>();
    for (const buffer of this.#lifetimes.left) {
      const same = byTrace.get(buffer.trace);
      if (same === undefined) byTrace.set(buffer.trace, [buffer]);
      else same.push(buffer);
    }
    for (const buffers of byTrace.values()) {
      for (const buffer of buffers) noteWanted(buffer);
      const roots = buffers.filter((buffer) => buffer.isPending);
      this.#compute(roots);
      this.#throwFailureOf(roots);
    }
    if (this.#isFull) this.#flushAll();
  }

  get #isFull(): boolean {
    return this.#lifetimes.pending - this.#queued >= MOST_PENDING;
  }

  #endTrace(): Trace {
    const trace = this.#trace;
    this.#trace = new Trace();
    this.#isMarked = false;
    const { text } = trace;
    let profile = this.#profiles.get(text);
    if (profile === undefined) {
      if (this.#profiles.size >= MOST_PROFILES) this.#profiles.clear();
      profile = { wanted: new Set() };
      this.#profiles.set(text, profile);
    }
    trace.profile = profile;
    return trace;
  }

  #compute(roots: readonly LazyBuffer[]): void {
    if (roots.length === 0) return;
    for (const root of roots) root.failure = null;
    const subgraph = subgraphFor(roots, noteWanted);
    if (this.#compiler.isSync) this.#note(this.#runner.now(attempt(subgraph)));
    else this.#runLater(subgraph);
  }

  /** Remembers why roots could not be computed. */
  #note(spoilt: readonly Spoilt[]): void {
    for (const { roots, ...failure } of spoilt) {
      for (const root of roots) {
        root.failure = failure;
        if (root.isState && root.isHeld) this.#lifetimes.stuck.add(root);
      }
    }
  }

  /** Throws for what failed where nobody has asked for it: whoever records learns of it. */
  #throwFailureOf(roots: readonly LazyBuffer[]): void {
    const failed = roots.find(({ failure }) => failure !== null);
    if (failed?.failure != null) throw this.#restored(failed.failure);
  }

  /** Graphs run one after the other: what one is given, those before it have computed. */
  #runLater(subgraph: Subgraph): void {
    const { nodes, given, roots } = subgraph;
    const used = [...given, ...roots];
    for (const buffer of used) this.#lifetimes.use(buffer);
    this.#queued += nodes.length;
    const first = this.#runner.prepare(subgraph);
    const done = this.#inTurn(async () => {
      try {
        const missing = given.filter(({ value }) => value === null);
        const attempts = missing.length === 0 ? attempt(subgraph) : attemptWithout(subgraph, missing);
        this.#note(await this.#runner.later(attempts, first));
      } finally {
        first.executable?.release();
        this.#queued -= nodes.length;
        for (const root of roots) root.underWay = null;
        for (const buffer of used) this.#lifetimes.release(buffer);
      }
    });
    for (const root of roots) root.underWay = done;
  }

  /** Work that waits until all that was asked for before has ended. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }

  /** The error of a failure that is reported now: the program's state is what it was before. */
  #restored(failure: Failure): Error {
    for (const state of this.#stuckFor(failure)) this.#runner.now(restore(state, failure, this.#takeOver));
    return failure.error;
  }

  async #restoreLater(failure: Failure): Promise<void> {
    for (const state of this.#stuckFor(failure)) await this.#runner.later(restore(state, failure, this.#takeOver));
  }

  /** State that waits for the same call, or for a later one of the same recording: the program would not have come to that. */
  #stuckFor({ culprit }: Failure): LazyBuffer[] {
    const [reported] = culprit.outs as [LazyBuffer];
    return [...this.#lifetimes.stuck].filter(({ failure }) => {
      const [other] = (failure?.culprit.outs ?? []) as [LazyBuffer?];
      return other === reported || (other?.trace === reported.trace && other.order > reported.order);
    });
  }

  /** Zeros, as the state of an optimizer begins, where there was nothing before. */
  readonly #takeOver = (state: LazyBuffer, from: LazyBuffer | null): void => {
    const memory = this.#pool.take(state.dtype, numel(state.shape));
    // Of one dtype: both are of the same kind.
    const [to, source] = [memory as Float32Array, from?.value as Float32Array | undefined];
    if (source !== undefined) to.set(source);
    else if (memory instanceof BigInt64Array) memory.fill(0n);
    else to.fill(0);
    this.#lifetimes.settle(state, memory);
  };
}

/** The buffer should have been computed when its trace was: next time it is. */
function noteWanted(buffer: LazyBuffer): void {
  buffer.trace?.profile?.wanted.add(buffer.position);
}

/** The elements of a buffer, for the caller to keep. */
function lend(buffer: LazyBuffer): TypedArray {
  const value = buffer.value as FileArray;
  const elements = fromFileArray("read", value, buffer.dtype);
  if (elements === value) buffer.isLent = true;
  return elements;
}

function write(data: TypedArray, dtype: DType, memory: FileArray): void {
  const elements = toFileArray(data, dtype);
  if (elements instanceof BigInt64Array) (memory as BigInt64Array).set(elements);
  else (memory as Exclude<FileArray, BigInt64Array>).set(elements);
}
