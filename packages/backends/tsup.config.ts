import { preset } from "../../tools/presets/tsup.ts";

export default preset([
  "src/index.ts",
  "src/doctor/index.ts",
  "src/tensorflow/absent.browser.ts",
  "src/tensorflow/index.ts",
  "src/wasm/index.ts",
]);
