/** Which devices the browser has, as far as that can be told without starting them. Everybody has a processor. */
export async function findDevices(): Promise<Record<string, boolean>> {
  return {
    webgpu: await hasGpuAdapter(),
    webgl: hasWebgl(),
    wasm: typeof WebAssembly === "object",
  };
}

async function hasGpuAdapter(): Promise<boolean> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<unknown> } };
  return gpu !== undefined && (await gpu.requestAdapter().catch(() => null)) != null;
}

function hasWebgl(): boolean {
  if (typeof OffscreenCanvas !== "function") return false;
  return new OffscreenCanvas(1, 1).getContext("webgl2") !== null;
}
