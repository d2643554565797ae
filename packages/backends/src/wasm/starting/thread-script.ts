/**
 * What each thread of the backend runs: a worker that shares the module's memory, starts the function that it is told to, and stays in it.
 * It speaks the protocol of Emscripten's threads (3.1, `worker.js` and `PThread`) and knows the functions that TensorFlow.js 4.22's build
 * imports. TensorFlow.js sends its threads the source text of a function, which is another one after a minifier; a string stays as it is.
 */
export const threadScript = `"use strict";
let memory, instance, started = false;
const waiting = [];

const never = (name) => () => { throw new Error(name + " is the main thread's"); };

function execute(queue) {
  Atomics.store(new Int32Array(memory.buffer), queue >> 2, 1);
  if (instance.exports.pthread_self()) instance.exports._emscripten_proxy_execute_task_queue(queue);
  Atomics.compareExchange(new Int32Array(memory.buffer), queue >> 2, 1, 0);
}

function grow(requested) {
  const LIMIT = 4294901760, PAGE = 65536, STEP = 100663296;
  const bytes = requested >>> 0, now = memory.buffer.byteLength;
  if (bytes <= now || bytes > LIMIT) return false;
  for (const part of [0.2, 0.1, 0.05]) {
    const wanted = Math.max(bytes, Math.min(now * (1 + part), bytes + STEP));
    try {
      memory.grow((Math.min(LIMIT, Math.ceil(wanted / PAGE) * PAGE) - now) / PAGE);
      return true;
    } catch {}
  }
  return false;
}

function write(file, vectors, count, written) {
  const words = new Uint32Array(memory.buffer), bytes = new Uint8Array(memory.buffer);
  let text = "", length = 0;
  for (let i = 0; i < count; i++) {
    const from = words[(vectors >>> 2) + 2 * i], size = words[(vectors >>> 2) + 2 * i + 1];
    text += new TextDecoder().decode(bytes.slice(from, from + size));
    length += size;
  }
  words[written >>> 2] = length;
  if (text.trim() !== "") (file === 2 ? console.error : console.log)(text.replace(/\\n$/, ""));
  return 0;
}

const env = {
  abort() { throw new Error("aborted"); },
  exit(status) { throw new Error("exit(" + status + ")"); },
  emscripten_num_logical_cores: () => navigator.hardwareConcurrency,
  emscripten_get_now: () => performance.timeOrigin + performance.now(),
  emscripten_unwind_to_js_event_loop() { throw "unwind"; },
  emscripten_memcpy_big(to, from, size) {
    new Uint8Array(memory.buffer).copyWithin(to >>> 0, from >>> 0, (from + size) >>> 0);
  },
  emscripten_check_blocking_allowed() {},
  emscripten_get_heap_max: () => 4294901760,
  emscripten_resize_heap: grow,
  emscripten_receive_on_main_thread_js: never("emscripten_receive_on_main_thread_js"),
  __emscripten_init_main_thread_js: never("__emscripten_init_main_thread_js"),
  __emscripten_thread_cleanup: (thread) => postMessage({ cmd: "cleanupThread", thread }),
  __pthread_create_js(pthread_ptr, attributes, startRoutine, arg) {
    postMessage({ cmd: "spawnThread", pthread_ptr, startRoutine, arg, transferList: [] });
    return 0;
  },
  _emscripten_default_pthread_stack_size: () => 65536,
  _emscripten_set_offscreencanvas_size: () => -1,
  _emscripten_notify_task_queue(target, current, main, queue) {
    if (target === current) setTimeout(() => execute(queue));
    else postMessage({ targetThread: target, cmd: "processProxyingQueue", queue });
    return 1;
  },
};
const wasi = { fd_close: () => 52, fd_seek: () => 70, fd_write: write };

function load({ wasmModule, wasmMemory }) {
  memory = wasmMemory;
  const imports = { env: { ...env, memory }, wasi_snapshot_preview1: wasi };
  instance = new WebAssembly.Instance(wasmModule, imports);
  postMessage({ cmd: "loaded" });
}

function run({ pthread_ptr, start_routine, arg }) {
  const wasm = instance.exports;
  wasm._emscripten_thread_init(pthread_ptr, 0, 0, 1);
  const words = new Uint32Array(memory.buffer);
  const top = words[(pthread_ptr + 52) >>> 2], size = words[(pthread_ptr + 56) >>> 2];
  wasm.emscripten_stack_set_limits(top, top - size);
  wasm.stackRestore(top);
  wasm._emscripten_tls_init();
  started = true;
  waiting.splice(0).forEach(execute);
  try {
    wasm._emscripten_thread_exit(wasm.__indirect_function_table.get(start_routine)(arg));
  } catch (error) {
    if (error === "unwind") return;
    wasm._emscripten_thread_crashed();
    throw error;
  }
}

self.onmessage = ({ data }) => {
  if (data.cmd === "load") load(data);
  else if (data.cmd === "run") run(data);
  else if (data.cmd === "cancel" && instance.exports.pthread_self()) instance.exports._emscripten_thread_exit(-1);
  else if (data.cmd === "processProxyingQueue") started ? execute(data.queue) : waiting.push(data.queue);
};
`;
