import type { Device } from "@kindling/core";

/** A device on a GPU. */
interface OnGpu {
  readonly adapter: string;
  /** Whether a CPU emulates the GPU. */
  readonly isSlow: boolean;
  readonly limits: Readonly<Record<string, number>>;
}

/** The facts of a device on a GPU: the graphics card, and whether it is emulated. */
export function gpuFacts(api: string, { adapter, isSlow, limits }: OnGpu): Required<Pick<Device, "detail" | "facts">> {
  return {
    detail: `${api} on ${adapter}${isSlow ? ", emulated on the CPU: slow" : ""}`,
    facts: { adapter, gpu: !isSlow, limits },
  };
}
