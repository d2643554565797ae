import { surplusArguments } from "@kindling/core/extend";
import type { Store } from "./store.ts";

/** Keeps files as long as the program runs: for tests, and where nothing better is at hand. */
export function memoryStore(files: Map<string, Uint8Array> = new Map()): Store {
  if (arguments.length > 1) throw surplusArguments("memoryStore(files?)", arguments.length);
  return {
    get: async (key, limit) => files.get(key)?.subarray(0, limit),
    put: async (key, bytes) => void files.set(key, bytes),
  };
}
