import { preset } from "../../tools/presets/tsup.ts";
import { embeddedWasm } from "./embedded-wasm.config.ts";

export default preset(
  [
    "src/index.ts",
    "src/doctor/index.ts",
    "src/onnx/absent.browser.ts",
    "src/onnx/index.ts",
    "src/tensorflow/absent.browser.ts",
    "src/tensorflow/index.ts",
    "src/wasm/builds/embedded.ts",
    "src/wasm/builds/read-url.browser.ts",
    "src/wasm/builds/read-url.node.ts",
    "src/wasm/index.ts",
    "src/wasm/starting/process-listeners.browser.ts",
    "src/wasm/starting/process-listeners.node.ts",
    "src/webgl/index.ts",
    "src/webgpu/index.ts",
    "src/webgpu/platform/gpu.browser.ts",
    "src/webgpu/platform/gpu.node.ts",
  ],
  { noExternal: [/^#embedded\//], esbuildPlugins: [embeddedWasm] },
);
