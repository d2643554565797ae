import { DeviceError, type DeviceFacts, type DType, type Shape, type TypedArray } from "@kindling/core";
import {
  type Attributes,
  type Handle,
  type ImageOverride,
  integerKernels,
  type KernelOverrides,
  refusingOverflow,
  TfjsDevice,
  type TfjsInputs,
} from "@kindling/core/device";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { TensorflowBackend } from "./backend.ts";
import type { Binding } from "./binding.ts";
import { kernels } from "./kernels/index.ts";
import { maxPool2dWithIndices } from "./kernels/max-pool-with-argmax.ts";
import { topk } from "./kernels/ranking.ts";

/** What is known of the libtensorflow that computes. */
export interface TensorflowFacts {
  /** Version of libtensorflow. */
  readonly version: string;
  /** Whether kernels run on a GPU: what TensorFlow says, not what the package is called. */
  readonly usesGpu: boolean;
  /** One line on what it runs on. */
  readonly detail: string;
}

/** TensorFlow as a device: the tfjs vocabulary of kernels on TensorFlow's own eager ops. */
export class TensorflowDevice extends TfjsDevice implements TensorflowFacts {
  readonly version: string;
  readonly usesGpu: boolean;
  override readonly detail: string;
  override readonly facts: DeviceFacts;
  readonly #tensorflow: TensorflowBackend;

  constructor(binding: Binding, { packageName, threads }: { readonly packageName: string; readonly threads: number }) {
    const backend = new TensorflowBackend(binding);
    // Under this name tfjs knows no kernels: all are here.
    super("tensorflow", backend, "kindling-tensorflow", { overrides: offDevice(backend), imageOverrides });
    this.#tensorflow = backend;
    this.version = binding.TF_Version;
    this.usesGpu = binding.isUsingGpuDevice();
    this.facts = { adapter: `TensorFlow ${this.version}`, gpu: this.usesGpu };
    this.detail = describe(this, packageName, threads);
  }

  /** TensorFlow may compute on the array that it is given: it gets one of its own. */
  override upload(data: TypedArray, shape: Shape, dtype: DType): Handle {
    return super.upload(data.slice(), shape, dtype);
  }

  override runTfjs(name: string, inputs: TfjsInputs, attrs: Attributes): TensorInfo[] {
    const run = kernels.get(name);
    if (run === undefined) {
      throw new DeviceError(
        name,
        `the ${this.name} device has no kernel ${name}`,
        "",
        "Use another device for this op.",
      );
    }
    const tf = this.#tensorflow;
    return tf.scoped(() => run(tf, inputs, attrs));
  }
}

/** Kernels that read their inputs, or decide by what they read. */
function offDevice(tf: TensorflowBackend): KernelOverrides {
  return refusingOverflow({
    maxPool2dWithIndices,
    // Of whole numbers: TensorFlow refuses negative powers.
    pow: integerKernels.pow,
    topk: (device, inputs, attrs, outs) => tf.scoped(() => topk(device, tf, inputs, attrs, outs)),
  });
}

/** Our pooling knows NaN: nothing needs to be put round it. */
const imageOverrides: ReadonlyMap<string, ImageOverride> = new Map([
  ["MaxPool", (device, inputs, attrs) => device.runTfjs("MaxPool", inputs, attrs)],
]);

function describe({ version, usesGpu }: TensorflowFacts, packageName: string, threads: number): string {
  if (usesGpu) return `TensorFlow ${version} on a GPU`;
  const onCpu = `TensorFlow ${version} on the CPU, ${threads} thread${threads === 1 ? "" : "s"}`;
  if (!packageName.endsWith("-gpu")) return onCpu;
  return `${onCpu}: ${packageName} found no GPU that it can use (TF_CPP_MIN_LOG_LEVEL=0 in the environment shows why)`;
}
