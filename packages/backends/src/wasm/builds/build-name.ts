/** The three builds of TensorFlow.js's kernels, by the names of their files: for any WebAssembly, with SIMD, with SIMD and threads. */
export type BuildName =
  | "tfjs-backend-wasm.wasm"
  | "tfjs-backend-wasm-simd.wasm"
  | "tfjs-backend-wasm-threaded-simd.wasm";
