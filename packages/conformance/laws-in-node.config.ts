import type { UserProjectConfigExport, UserWorkspaceConfig } from "vitest/config";
import { softwareVulkan } from "../../tools/presets/software-vulkan.ts";
import { preset } from "../../tools/presets/vitest.ts";
import { devicesApart, expectedDevices, slowDevices } from "./src/expected-devices.ts";
import type { Place } from "./src/place.ts";

/** A project of this package that runs in Node: the laws of some devices, and what else there is. */
export function inNode(devices: Partial<Place>, test: UserWorkspaceConfig["test"]): UserProjectConfigExport {
  return preset(import.meta.dirname, {
    env: softwareVulkan(),
    // Graphics by software compile each kernel at its first use.
    testTimeout: 180_000,
    ...test,
    provide: {
      place: {
        name: `Node ${process.versions.node}`,
        expected: expectedDevices.node,
        strict: Boolean(process.env.CI),
        slow: slowDevices.node,
        ...devices,
      },
    },
  });
}

/** The laws of each device that has a project of its own. */
export const lawsInNode: readonly UserProjectConfigExport[] = devicesApart.node.map((name) =>
  inNode({ only: [name], expected: [name] }, { name: `conformance on ${name}`, include: ["src/laws.test.ts"] }),
);
