import type { Device, DeviceFacts, DType, Shape, TypedArray } from "@kindling/core";
import {
  type Attributes,
  type AttributesOf,
  allocate,
  type Bytes,
  type Handle,
  type InputsOf,
  type KernelName,
  lookUp,
  NamedDevice,
  type Operand,
  type Operands,
  spelled,
  type TensorSpec,
} from "@kindling/core/device";
import { numel } from "@kindling/core/extend";
import type { Experience, Recording } from "./recording/experience.ts";
import { Keeper } from "./recording/keeper.ts";
import { Piece } from "./recording/piece.ts";
import { type Request, requestFor } from "./recording/request.ts";
import { signatureOf } from "./recording/signature.ts";
import { Tape } from "./recording/tape.ts";
import { BufferPool } from "./running/buffer-pool.ts";
import { stepsFor } from "./running/byte-steps.ts";
import type { Plan } from "./running/plan.ts";
import { PlanCache } from "./running/plan-cache.ts";
import type { Runtime, RuntimeSession } from "./runtime/runtime.ts";
import { runtimeError } from "./runtime/runtime-error.ts";

/** So many calls are recorded at most before they are computed. */
const LONGEST_TAPE = 2048;

/** So many calls may wait in all: those whose results the program holds and has not asked for. */
const MOST_PENDING = 6144;

/** So many sequences of calls are known again. */
const EXPERIENCES = 4096;

/**
 * Records what is asked of it and computes it when somebody reads: a whole training step becomes one graph, which ONNX Runtime compiles
 * once and runs in one call.
 */
export class OnnxDevice extends NamedDevice implements Device {
  readonly name = "onnx";
  readonly exact = true;
  readonly runtime: Runtime;
  readonly plans: PlanCache;
  readonly #pool = new BufferPool();
  readonly #keeper = new Keeper(this.#pool);
  readonly #experiences = new Map<string, Experience>();
  #tape = new Tape();
  /** Whether an optimizer step has ended since the last flush. */
  #isMarked = false;
  /** Where graphs run later: the end of the last one. */
  #queue: Promise<void> = Promise.resolve();
  /** How many calls the graphs that wait there compute: recorded, and asked for. */
  #queued = 0;
  declare downloadSync?: (handle: Handle) => TypedArray;

  constructor(runtime: Runtime) {
    super();
    this.runtime = runtime;
    this.plans = new PlanCache(runtime);
    if (!runtime.isSync) return;
    this.downloadSync = (handle) => {
      const piece = handle as Piece;
      if (piece.isPending) this.#flush(piece);
      return lend(piece);
    };
  }

  /** One line on what it runs on. */
  get detail(): string {
    const { name, threads, isSync } = this.runtime;
    return `${name} on the CPU, ${threads} thread${threads === 1 ? "" : "s"}${isSync ? "" : ", read with waiting only"}`;
  }

  get facts(): DeviceFacts {
    const { name, threads } = this.runtime;
    return { adapter: name, threads };
  }

  upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    const memory = this.#pool.take(dtype, data.length);
    memory.set(data);
    const piece = this.#given(memory, shape, dtype);
    if (data.length === 1) piece.scalar = data[0] as number;
    return piece;
  }

  uploadThrough(bytes: Bytes, table: Float32Array, shape: Shape): Handle {
    const steps = stepsFor(table);
    if (steps === null || bytes.length <= 1) {
      const floats = this.#pool.take("float32", bytes.length) as Float32Array;
      return this.#given(lookUp(bytes.together(), table, floats), shape, "float32");
    }
    const memory = this.#pool.take("uint8", bytes.length) as Uint8Array;
    bytes.copyTo(memory);
    const raw = this.#given(memory, shape, "uint8");
    const attrs = { kinds: steps.kinds.join(" "), numbers: steps.numbers };
    const out = this.#record("PlaySteps", { x: { handle: raw, shape, dtype: "uint8" } }, attrs, [
      { shape, dtype: "float32" },
    ]);
    this.#keeper.letGo(raw);
    return out[0] as Handle;
  }

  async download(handle: Handle): Promise<TypedArray> {
    const piece = handle as Piece;
    if (piece.isPending) this.#flush(piece);
    // The program may give it back meanwhile: its memory must not go to another.
    this.#keeper.use(piece);
    try {
      await piece.underWay;
      return lend(piece);
    } finally {
      this.#keeper.release(piece);
    }
  }

  run<K extends KernelName>(
    kernel: K,
    inputs: InputsOf<K>,
    attrs: AttributesOf<K>,
    outs: readonly TensorSpec[],
  ): Handle[] {
    const call = spelled(kernel, inputs, attrs, outs);
    return this.#record(call.kernel, call.inputs, call.attrs, outs);
  }

  #record(kernel: string, inputs: Operands, attrs: Attributes, outs: readonly TensorSpec[]): Handle[] {
    const names = isList(inputs) ? null : Object.keys(inputs);
    const operands = isList(inputs) ? inputs : (Object.values(inputs) as Operand[]);
    const pieces = outs.map((out) => new Piece(out));
    if (outs.every(({ shape }) => numel(shape) === 0)) {
      for (const piece of pieces) piece.value = allocate(piece.dtype, 0);
      return pieces;
    }
    const given = new Array<Piece>(operands.length);
    for (let i = 0; i < operands.length; i++) given[i] = (operands[i] as Operand).handle as Piece;
    this.#tape.write(this.#keeper.record(signatureOf(kernel, names, operands, attrs, outs), given, pieces));
    if (this.#tape.pieces.length >= LONGEST_TAPE) this.#flushAll();
    else if (this.#isFull) this.#computeLeft();
    return pieces;
  }

  free(handle: Handle): void {
    this.#keeper.letGo(handle as Piece);
  }

  mark(): void {
    if (this.#isMarked) this.#flush();
    this.#isMarked = true;
  }

  keep(handle: Handle, instead?: Handle): void {
    const piece = handle as Piece;
    const previous = instead as Piece | undefined;
    // What replaces a result of the same tape is a temporary of this step.
    if (previous === undefined || previous.isState || !previous.isPending || previous.tape !== this.#tape) {
      piece.isState = true;
    }
  }

  /** Elements that the device is given, in memory of its own. */
  #given(memory: TypedArray, shape: Shape, dtype: DType): Piece {
    // A new batch after an optimizer step: that step is over.
    if (this.#isMarked && memory.length > 1) this.#flush();
    const piece = new Piece({ shape, dtype });
    piece.value = memory;
    return piece;
  }

  /** Computes what was asked for, what the program keeps from step to step, and what was asked for later when this was last recorded. */
  #flush(asked?: Piece): void {
    const tape = this.#endTape();
    const { wanted } = tape.experience as Experience;
    const roots: Piece[] = [];
    if (asked !== undefined && asked.tape !== tape) {
      learn(asked);
      roots.push(asked);
    }
    for (const piece of tape.pieces) {
      if (!piece.isPending) continue;
      if (piece === asked || (piece.isHeld && (piece.isState || wanted.has(piece.position)))) roots.push(piece);
      else if (piece.isHeld) this.#keeper.left.add(piece);
    }
    try {
      this.#compute(roots);
    } catch (error) {
      // Something else may be at fault: it stays recorded, and says so when it is read itself.
      if (asked !== undefined && roots.length === 1) throw error;
      if (asked !== undefined) this.#compute([asked]);
    }
  }

  /** Computes all that the program holds of the current tape. */
  #flushAll(): void {
    const tape = this.#endTape();
    this.#compute(tape.pieces.filter((piece) => piece.isHeld && piece.isPending));
  }

  /** Computes what was left at earlier flushes, tape by tape: each is a graph that is met again. */
  #computeLeft(): void {
    const byTape = new Map<Recording | null, Piece[]>();
    for (const piece of this.#keeper.left) {
      const same = byTape.get(piece.tape);
      if (same === undefined) byTape.set(piece.tape, [piece]);
      else same.push(piece);
    }
    for (const pieces of byTape.values()) {
      for (const piece of pieces) learn(piece);
      this.#compute(pieces.filter((piece) => piece.isPending));
    }
    if (this.#isFull) this.#flushAll();
  }

  get #isFull(): boolean {
    return this.#keeper.pending - this.#queued >= MOST_PENDING;
  }

  #endTape(): Tape {
    const tape = this.#tape;
    this.#tape = new Tape();
    this.#isMarked = false;
    const { text } = tape;
    let experience = this.#experiences.get(text);
    if (experience === undefined) {
      if (this.#experiences.size >= EXPERIENCES) this.#experiences.clear();
      experience = { wanted: new Set() };
      this.#experiences.set(text, experience);
    }
    tape.experience = experience;
    return tape;
  }

  #compute(roots: readonly Piece[]): void {
    if (roots.length === 0) return;
    const request = requestFor(roots, learn);
    try {
      const plan = this.plans.planFor(request);
      if (this.runtime.isSync) this.#runNow(plan, request);
      else this.#runLater(plan, request);
    } catch (error) {
      throw runtimeError(error);
    }
  }

  #runNow(plan: Plan, { given, roots }: Request): void {
    const memory = roots.map(({ dtype, shape }) => this.#pool.take(dtype, numel(shape)));
    (plan.session as RuntimeSession).run(plan.feedsOf(given), plan.resultsOf(roots, memory));
    roots.forEach((root, i) => {
      this.#keeper.settle(root, memory[i] as TypedArray);
    });
  }

  /** Graphs run one after the other: what one is given, those before it have computed. */
  #runLater(plan: Plan, { recipes, given, roots }: Request): void {
    const used = [...given, ...roots];
    for (const piece of used) this.#keeper.use(piece);
    plan.use();
    this.#queued += recipes.length;
    const before = given.map(({ underWay }) => underWay);
    const done = this.#queue.then(async () => {
      try {
        // They have come to an end; where one failed, so does this.
        await Promise.all(before);
        const session = await plan.session;
        const memory = roots.map(({ dtype, shape }) => this.#pool.take(dtype, numel(shape)));
        await session.run(plan.feedsOf(given), plan.resultsOf(roots, memory));
        roots.forEach((root, i) => {
          this.#keeper.settle(root, memory[i] as TypedArray);
        });
      } catch (error) {
        throw runtimeError(error);
      } finally {
        // What failed is computed again when it is asked for again.
        plan.release();
        this.#queued -= recipes.length;
        for (const root of roots) root.underWay = null;
        for (const piece of used) this.#keeper.release(piece);
      }
    });
    for (const root of roots) root.underWay = done;
    this.#queue = done.catch(() => {});
  }
}

/** The piece should have been computed when its tape was: next time it is. */
function learn(piece: Piece): void {
  piece.tape?.experience?.wanted.add(piece.position);
}

/** The elements of a piece, for others to keep. */
function lend(piece: Piece): TypedArray {
  piece.isLent = true;
  return piece.value as TypedArray;
}

function isList(inputs: Operands): inputs is readonly Operand[] {
  return Array.isArray(inputs);
}
