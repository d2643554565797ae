/** How a program reaches its GPU: by what a page brings, or what a package brings to Node. */
export interface GpuAccess {
  /** Undefined where there is no WebGPU at all. */
  find(): Promise<GPU | undefined>;
  /** Calls `make` while `navigator.gpu` is this one, which TensorFlow.js's backend looks for when it is made. */
  whileNamed<R>(gpu: GPU, make: () => R): R;
  /** What to do where there is no WebGPU, or no adapter. */
  readonly wayOut: { readonly noGpu: string; readonly noAdapter: string };
}
