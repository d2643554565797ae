import type { GpuAccess } from "./gpu-access.ts";

/** A page's own WebGPU. */
export const access: GpuAccess = {
  find: async () => (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu,
  whileNamed: (_, make) => make(),
  wayOut: {
    noGpu: "Open the page in a browser with WebGPU, over https: or from localhost; webgl and wasm run everywhere.",
    noAdapter:
      "The browser found no GPU that it uses: see its page about graphics (chrome://gpu, about:support). The devices webgl and wasm need none.",
  },
};
