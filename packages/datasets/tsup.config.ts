import { preset } from "../../tools/presets/tsup.ts";

export default preset([
  "src/index.ts",
  "src/platform/platform.browser.ts",
  "src/platform/platform.node.ts",
  "src/testing/fault-server.node.ts",
  "src/testing/index.ts",
]);
