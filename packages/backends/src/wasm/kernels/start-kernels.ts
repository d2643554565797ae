import { assemble } from "./assembler.ts";
import { type GatherKernels, gather, gatherAdjacent } from "./gather.ts";
import { type LogSoftmaxColumns, logSoftmaxBackwardColumns, logSoftmaxColumns } from "./log-softmax-columns.ts";
import { type LogSoftmaxRows, logSoftmaxBackwardRows, logSoftmaxRows } from "./log-softmax-rows.ts";
import { type LookUpKernel, lookUp } from "./look-up.ts";
import { adamStep, type OptimizerSteps, sgdStep } from "./optimizer-steps.ts";
import { type PickKernel, pick } from "./pick.ts";
import { log1p, type PointwiseKernels, step } from "./pointwise.ts";
import { pack, packAdjacent, type TileKernels, tile } from "./tile.ts";

/** Kernels of our own, WebAssembly over the backend's memory. */
export type Kernels = TileKernels &
  GatherKernels &
  LookUpKernel &
  LogSoftmaxColumns &
  LogSoftmaxRows &
  OptimizerSteps &
  PickKernel &
  PointwiseKernels;

/** A `WebAssembly.Memory`, plain or shared with the backend's threads. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

/** As much of the global `WebAssembly` as is used here: its types come with those of the DOM, which are not in play. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate(
      code: Uint8Array,
      imports: { env: { memory: WasmMemory } },
    ): Promise<{ instance: { exports: unknown } }>;
  };
};

/** The kernels over `memory`; null where there is no SIMD. */
export async function startKernels(memory: WasmMemory): Promise<Kernels | null> {
  const shared = !(memory.buffer instanceof ArrayBuffer);
  const code = assemble(
    [
      ...[gather(), gatherAdjacent(), lookUp(), pack(), packAdjacent(), pick(), tile()],
      ...[logSoftmaxColumns(), logSoftmaxRows(), logSoftmaxBackwardColumns(), logSoftmaxBackwardRows()],
      ...[adamStep(), sgdStep(), log1p(), step()],
    ],
    { shared },
  );
  try {
    const { instance } = await WebAssembly.instantiate(code, { env: { memory } });
    return instance.exports as Kernels;
  } catch {
    return null;
  }
}
