import type { FileArray } from "@kindling/core/extend";
import type { NamedTensors, Runtime, RuntimeSession } from "./runtime.ts";
import { type SessionOptions, sessionOptions } from "./session-options.ts";

/** ONNX Runtime's JavaScript interface, as far as it is used here. */
export interface PublicApi {
  readonly Tensor: new (type: string, data: FileArray, dims: readonly number[]) => PublicTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: SessionOptions): Promise<PublicSession>;
  };
}

interface PublicTensor {
  readonly data: FileArray;
}

interface PublicSession {
  run(feeds: Record<string, PublicTensor>): Promise<Record<string, PublicTensor>>;
  release(): Promise<void>;
}

/** ONNX Runtime through its public interface, which only computes later. */
export function publicRuntime({ Tensor, InferenceSession }: PublicApi, version: string, threads: number): Runtime {
  const tensors = (named: NamedTensors): Record<string, PublicTensor> =>
    Object.fromEntries(
      Object.entries(named).map(([name, { type, data, dims }]) => [name, new Tensor(type, data, dims)]),
    );
  return {
    name: `ONNX Runtime ${version}`,
    isSync: false,
    threads,
    async compile(model, count): Promise<RuntimeSession> {
      const session = await InferenceSession.create(model, sessionOptions(count));
      return {
        async run(feeds, results) {
          const found = await session.run(tensors(feeds));
          // Both are of the kind that the type has.
          for (const [name, { data }] of Object.entries(results)) {
            (data as Float32Array).set((found[name] as PublicTensor).data as Float32Array);
          }
        },
        dispose: () => void session.release(),
      };
    },
  };
}
