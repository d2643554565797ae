import type { Device, DType, Shape, TypedArray } from "@kindling/core";
import {
  type Attributes,
  type AttributesOf,
  allocate,
  type Handle,
  type InputsOf,
  isList,
  type KernelName,
  NamedDevice,
  type Operand,
  type Operands,
  type TensorSpec,
} from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import { BufferPool } from "./buffer-pool.ts";
import type { Compiler, Executable } from "./compiler.ts";
import { LazyBuffer } from "./lazy-buffer.ts";
import { Lifetimes } from "./lifetimes.ts";
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
    if (!compiler.isSync) return;
    this.downloadSync = (handle) => {
      const buffer = handle as LazyBuffer;
      if (buffer.isPending) this.#flush(buffer);
      return lend(buffer);
    };
  }

  upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    const buffer = this.uploadInto(shape, dtype, (memory) => memory.set(data));
    if (data.length === 1) (buffer as LazyBuffer).scalar = data[0] as number;
    return buffer;
  }

  /** Elements that `fill` writes, straight into the device's memory. */
  protected uploadInto(shape: Shape, dtype: DType, fill: (memory: TypedArray) => void): Handle {
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
      return lend(buffer);
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
      for (const buffer of buffers) buffer.value = allocate(buffer.dtype, 0);
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
    }
  }

  /** Elements that the device is given, in memory of its own. */
  #given(memory: TypedArray, shape: Shape, dtype: DType): LazyBuffer {
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
    try {
      this.#compute(roots);
    } catch (error) {
      // Another root may be the cause: it stays recorded and throws when it is read.
      if (asked !== undefined && roots.length === 1) throw error;
      if (asked !== undefined) this.#compute([asked]);
    }
  }

  /** Computes all that the program holds of the current trace. */
  #flushAll(): void {
    const trace = this.#endTrace();
    this.#compute(trace.buffers.filter((buffer) => buffer.isHeld && buffer.isPending));
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
      this.#compute(buffers.filter((buffer) => buffer.isPending));
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
    const subgraph = subgraphFor(roots, noteWanted);
    try {
      const executable = this.#compiler.executableFor(subgraph);
      if (this.#compiler.isSync) this.#runNow(executable, subgraph);
      else this.#runLater(executable, subgraph);
    } catch (error) {
      throw this.#compiler.errorOf(error);
    }
  }

  #runNow(executable: Executable, { given, roots }: Subgraph): void {
    const memory = this.#memoryFor(roots);
    executable.run(given, roots, memory);
    this.#settle(roots, memory);
  }

  #memoryFor(roots: readonly LazyBuffer[]): TypedArray[] {
    return roots.map(({ dtype, shape }) => this.#pool.take(dtype, numel(shape)));
  }

  #settle(roots: readonly LazyBuffer[], memory: readonly TypedArray[]): void {
    roots.forEach((root, i) => {
      this.#lifetimes.settle(root, memory[i] as TypedArray);
    });
  }

  /** Graphs run one after the other: what one is given, those before it have computed. */
  #runLater(executable: Executable, { nodes, given, roots }: Subgraph): void {
    const used = [...given, ...roots];
    for (const buffer of used) this.#lifetimes.use(buffer);
    executable.use();
    this.#queued += nodes.length;
    const before = given.map(({ underWay }) => underWay);
    const done = this.#queue.then(async () => {
      try {
        // They have come to an end; where one failed, so does this.
        await Promise.all(before);
        await executable.ready;
        const memory = this.#memoryFor(roots);
        await executable.run(given, roots, memory);
        this.#settle(roots, memory);
      } catch (error) {
        throw this.#compiler.errorOf(error);
      } finally {
        // A root that failed stays recorded: the next read computes it again.
        executable.release();
        this.#queued -= nodes.length;
        for (const root of roots) root.underWay = null;
        for (const buffer of used) this.#lifetimes.release(buffer);
      }
    });
    for (const root of roots) root.underWay = done;
    this.#queue = done.catch(() => {});
  }
}

/** The buffer should have been computed when its trace was: next time it is. */
function noteWanted(buffer: LazyBuffer): void {
  buffer.trace?.profile?.wanted.add(buffer.position);
}

/** The elements of a buffer, for the caller to keep. */
function lend(buffer: LazyBuffer): TypedArray {
  buffer.isLent = true;
  return buffer.value as TypedArray;
}
