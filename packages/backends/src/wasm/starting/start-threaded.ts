import { withoutProcessListeners } from "#process-listeners";
import {
  asBackendModule,
  type BackendModule,
  type ModuleFactory,
  type ModuleOptions,
  type PoolWorker,
  type WasmModule,
  WebAssembly,
  type WorkerFailure,
} from "./emscripten.ts";
import { threadScript } from "./thread-script.ts";

export interface ThreadedOptions {
  /** The program of a thread. */
  readonly script?: string;
  /** Seconds in which all threads must have answered. */
  readonly timeout?: number;
}

const BLOCKED = "the browser did not start a worker; a Content-Security-Policy must allow worker-src blob:";

/**
 * Starts the build with threads, of which `code` are the bytes. When the promise resolves, every thread has answered: from then on the main
 * thread waits for them without giving way to anything else.
 *
 * @throws Error when a thread does not start, fails, or has not answered in time. None is left then.
 */
export async function startThreaded(
  factory: ModuleFactory,
  code: Uint8Array<ArrayBuffer>,
  { script = threadScript, timeout = 10 }: ThreadedOptions = {},
): Promise<BackendModule> {
  const compiled = await WebAssembly.compile(code);
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const options: ModuleOptions = { locateFile: () => url, mainScriptUrlOrBlob: url };
  const watching = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const module = await new Promise<BackendModule>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`its threads did not answer in ${timeout} s`)), timeout * 1000);
      start(factory, options, compiled, reject).then(resolve, reject);
      // The pool is there now; the script that its workers run is still on its way to them.
      for (const worker of options.PThread?.unusedWorkers ?? []) watch(worker, watching.signal, reject);
    });
    // After a failure it goes on: the other workers' errors may still be on their way.
    watching.abort();
    return module;
  } catch (error) {
    options.PThread?.terminateAllThreads();
    throw error;
  } finally {
    clearTimeout(timer);
    URL.revokeObjectURL(url);
  }
}

async function start(
  factory: ModuleFactory,
  options: ModuleOptions,
  compiled: WasmModule,
  fail: (reason: unknown) => void,
): Promise<BackendModule> {
  options.onAbort = (reason) => fail(new Error(`it aborted: ${String(reason)}`));
  options.instantiateWasm = (imports, receive) => {
    WebAssembly.instantiate(compiled, imports).then((instance) => receive(instance, compiled), fail);
    return {};
  };
  return asBackendModule(await withoutProcessListeners(() => factory(options)));
}

function watch(worker: PoolWorker, signal: AbortSignal, fail: (reason: Error) => void): void {
  const onFailure = (event: WorkerFailure): void => {
    // Emscripten's own listener comes after this one, and throws into the page.
    event.preventDefault();
    event.stopImmediatePropagation();
    fail(new Error(event.message || BLOCKED));
  };
  worker.addEventListener("error", onFailure, { signal });
  worker.addEventListener("messageerror", onFailure, { signal });
}
