import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import { notLoaded } from "../absent-device.ts";

const PACKAGE = { name: "@tensorflow/tfjs-backend-webgl", version: "4.22.0" };

/**
 * The one place that imports this optional peer. Bundlers let an `import()` that stands in a `try` fail when it runs, not when they build:
 * keep it there, and every other import of the package a type.
 */
export async function loadBackend(): Promise<typeof MathBackendWebGL> {
  try {
    const { MathBackendWebGL } = await import("@tensorflow/tfjs-backend-webgl");
    // Vite 6 builds an empty module in the place of a missing peer.
    if (MathBackendWebGL === undefined) throw new Error(`Cannot find package '${PACKAGE.name}'`);
    return MathBackendWebGL;
  } catch (cause) {
    throw notLoaded("webgl", PACKAGE, cause);
  }
}
