/** An attribute of a TensorFlow op, as the binding takes it: `type` is one of its `TF_ATTR_*` codes. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean | string | readonly number[];
}

/** A tensor that an op has made. */
export interface OpOutput {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

/**
 * What the native addon of `@tensorflow/tfjs-node` offers of TensorFlow's C API: eager ops on numbered tensors.
 *
 * @see https://github.com/tensorflow/tfjs/blob/master/tfjs-node/src/tfjs_binding.ts
 */
export interface Binding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  createTensor(shape: readonly number[], dtype: number, values: ArrayBufferView): number;
  deleteTensor(id: number): void;
  /** A copy of the elements. */
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputCount: number,
  ): OpOutput[];
  isUsingGpuDevice(): boolean;
  getNumOfTensors(): number;
}
