import { softwareVulkan } from "../../tools/presets/software-vulkan.ts";
import { preset } from "../../tools/presets/vitest.ts";
import { expectedDevices, slowDevices } from "./src/expected-devices.ts";

export default preset(import.meta.dirname, {
  env: softwareVulkan(),
  include: ["src/**/*.test.ts"],
  exclude: ["src/**/*.browser.test.ts"],
  // Graphics by software compile each kernel at its first use.
  testTimeout: 180_000,
  provide: {
    place: {
      name: `Node ${process.versions.node}`,
      expected: expectedDevices.node,
      strict: Boolean(process.env.CI),
      slow: slowDevices.node,
    },
  },
});
