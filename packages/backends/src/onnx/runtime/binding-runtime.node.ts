import type { FoundPackage } from "./find-package.node.ts";
import type { NamedTensors, Runtime, RuntimeSession } from "./runtime.ts";
import { type SessionOptions, sessionOptions } from "./session-options.ts";

/** What onnxruntime-node keeps behind its public face: sessions that have run when the call returns. */
interface BindingModule {
  readonly binding: { readonly InferenceSession: new () => NativeSession };
  initOrt(): void;
}

interface NativeSession {
  loadModel(buffer: ArrayBufferLike, byteOffset: number, byteLength: number, options: SessionOptions): void;
  run(feeds: NamedTensors, results: NamedTensors, options: object): NamedTensors;
  dispose(): void;
}

/** The version whose insides are known here. */
export const PINNED = "1.30.0";

/** ONNX Runtime through the binding itself; undefined where that is not the one we know. */
export function bindingRuntime(found: FoundPackage, threads: number): Runtime | undefined {
  if (found.version !== PINNED) return undefined;
  const { binding, initOrt } = found.load("dist/binding.js") as Partial<BindingModule>;
  if (binding === undefined || initOrt === undefined) return undefined;
  const { InferenceSession } = binding;
  if (typeof InferenceSession?.prototype?.run !== "function") return undefined;
  initOrt();
  return {
    name: `ONNX Runtime ${found.version}`,
    isSync: true,
    threads,
    compile(model, count): RuntimeSession {
      const session = new InferenceSession();
      session.loadModel(model.buffer, model.byteOffset, model.byteLength, sessionOptions(count));
      return {
        run(feeds, results) {
          session.run(feeds, results, {});
        },
        dispose: () => session.dispose(),
      };
    },
  };
}
