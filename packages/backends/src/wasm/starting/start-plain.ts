import { withoutProcessListeners } from "#process-listeners";
import {
  asBackendModule,
  type BackendModule,
  type ModuleFactory,
  type ModuleOptions,
  WebAssembly,
} from "./emscripten.ts";

/** Starts a build without threads, of which `code` are the bytes. */
export async function startPlain(factory: ModuleFactory, code: Uint8Array<ArrayBuffer>): Promise<BackendModule> {
  const compiled = await WebAssembly.compile(code);
  return new Promise((resolve, reject) => {
    const options: ModuleOptions = {
      instantiateWasm(imports, receive) {
        WebAssembly.instantiate(compiled, imports).then((instance) => receive(instance, compiled), reject);
        return {};
      },
      onAbort: (reason) => reject(new Error(`it aborted: ${String(reason)}`)),
    };
    const module = withoutProcessListeners(() => factory(options));
    module.then((started) => resolve(asBackendModule(started)), reject);
  });
}
