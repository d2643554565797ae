import { conv2d, manualSeed, maxPool2d, randn, setWarningSink, type Tensor, tensor } from "@kindling/core";
import { startKernelsOf } from "../src/wasm/kernels/kernels-of.ts";
import { loadBackend } from "../src/wasm/load-backend.ts";
import { type StartOptions, startBackend } from "../src/wasm/starting/start-backend.ts";
import { WasmDevice } from "../src/wasm/wasm-device.ts";

/** What a page reports of a start. */
export interface Report {
  readonly threads: number;
  readonly warnings: readonly string[];
  /** The bits of what was computed. */
  readonly bits: readonly number[];
}

/** Starts the wasm device, and runs kernels on it that are spread over threads. */
async function start(options: StartOptions): Promise<Report> {
  const warnings: string[] = [];
  setWarningSink((message) => warnings.push(message));
  const device = new WasmDevice(await startBackend(await loadBackend(), options));
  await startKernelsOf(device);
  manualSeed(1);
  const images = randn([4, 8, 32, 32]).to(device);
  const weight = randn([16, 8, 3, 3]).to(device);
  const features = maxPool2d(conv2d(images, weight, null, { padding: 1 }).relu(), 2);
  const y = features.sigmoid().add(tensor(1)).sqrt();
  const numbers = (await bits(y)).concat(await bits(y.view(4, -1).softmax(1)), await bits(y.sum(0)));
  return { threads: device.threads, warnings, bits: numbers };
}

async function bits(x: Tensor): Promise<number[]> {
  const data = (await x.toTypedArray()) as Float32Array;
  return [...new Uint32Array(data.slice().buffer)];
}

Object.assign(globalThis, { start });
