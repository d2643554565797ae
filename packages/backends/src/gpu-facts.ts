import type { Device } from "@kindling/core";

/** A device on a GPU. */
interface OnGpu {
  readonly adapter: string;
  /** Whether a CPU emulates the GPU. */
  readonly isSlow: boolean;
  readonly limits: Readonly<Record<string, number>>;
}

/** What a device on a GPU says of itself: the graphics card, and whether there really is one. */
export function gpuFacts(api: string, { adapter, isSlow, limits }: OnGpu): Required<Pick<Device, "detail" | "facts">> {
  return {
    detail: `${api} on ${adapter}${isSlow ? ", emulated on the CPU: slow" : ""}`,
    facts: { adapter, gpu: !isSlow, limits },
  };
}
