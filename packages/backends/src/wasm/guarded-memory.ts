import { DeviceError } from "@kindling/core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { DataId } from "@tensorflow/tfjs-core";

/** As much of Emscripten's module as is used here. */
interface Module {
  _malloc(bytes: number): number;
  _free(address: number): void;
  readonly HEAPU8: Uint8Array;
}

/** What a WebAssembly memory of 32-bit addresses can grow to: Emscripten's `getHeapMax`. */
const LIMIT = 2 ** 32 - 2 ** 16;

const MEBI = 2 ** 20;

/** What is left to the backend's own kernels, which abort when they get nothing. */
const RESERVE = 16 * MEBI;

/** How much is handed out before the reserve is looked for again. */
const UNCHECKED = 4 * MEBI;

class OutOfMemory extends Error {
  readonly bytes: number;

  constructor(bytes: number) {
    super(`${bytes} bytes`);
    this.bytes = bytes;
  }
}

/**
 * The one place where memory comes from. The backend asks for it with 32 bits (5 GiB become 1), takes address 0, "there is none", for
 * memory, and overwrites what lies there; then it aborts, for good (4.22, backend_wasm.js). Here running out is an error, the device
 * goes on, and what was made on the way is given back.
 */
export class GuardedMemory {
  readonly #backend: BackendWasm;
  readonly #module: Module;
  readonly #malloc: Module["_malloc"];
  #unchecked = 0;
  /** What was made since the running op began. */
  #fresh: DataId[] = [];

  constructor(backend: BackendWasm) {
    const { wasm: module } = backend as unknown as { wasm: Module };
    // Emscripten puts the real function in its place at the first call, over whatever stands there.
    module._free(module._malloc(1));
    this.#backend = backend;
    this.#module = module;
    this.#malloc = module._malloc;
    module._malloc = (bytes) => this.#allocate(bytes);
    const { write } = backend;
    backend.write = (values, shape, dtype) => {
      const dataId = write.call(backend, values, shape, dtype);
      this.#fresh.push(dataId);
      return dataId;
    };
  }

  /** What `compute` gives. `op` and the bytes are named where there are none. */
  during<R>(op: string, compute: () => R): R {
    this.#fresh.length = 0;
    try {
      return compute();
    } catch (error) {
      const explained = this.explained(op, error);
      if (explained !== error) for (const dataId of this.#fresh) this.#backend.disposeData(dataId, true);
      throw explained;
    }
  }

  /**
   * The error that is told for `error`. A kernel of the backend that gets no memory for itself goes on and traps, and views of the memory
   * fail with a `RangeError`: where none is left, that is what they are told as.
   */
  explained(op: string, error: unknown): unknown {
    const known = error instanceof OutOfMemory;
    const failed = error instanceof RangeError || (error instanceof Error && error.name === "RuntimeError");
    if (!known && !(failed && this.#isUsedUp())) return error;
    return new DeviceError(
      op,
      known ? `can't allocate memory: you tried to allocate ${error.bytes} bytes.` : "can't allocate memory.",
      `the wasm device has at most 4096 MiB, and has taken ${Math.round(this.#module.HEAPU8.length / MEBI)}`,
      "Free what is not needed (scope(), dispose()), take smaller batches, or another device.",
    );
  }

  /** Whether less is left than the backend's kernels take for themselves at most. */
  #isUsedUp(): boolean {
    const room = this.#malloc(4 * RESERVE);
    if (room !== 0) this.#module._free(room);
    return room === 0;
  }

  #allocate(bytes: number): number {
    if (bytes > LIMIT) throw new OutOfMemory(bytes);
    const address = this.#malloc(bytes);
    if (address === 0) throw new OutOfMemory(bytes);
    this.#unchecked += bytes;
    if (this.#unchecked < UNCHECKED) return address;
    const reserve = this.#malloc(RESERVE);
    if (reserve === 0) {
      this.#module._free(address);
      this.#unchecked -= bytes;
      throw new OutOfMemory(bytes);
    }
    this.#module._free(reserve);
    this.#unchecked = 0;
    return address;
  }
}
