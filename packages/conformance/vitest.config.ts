import { inNode } from "./laws-in-node.config.ts";
import { devicesApart, expectedDevices } from "./src/expected-devices.ts";

const apart: readonly string[] = devicesApart.node;

/** The devices that have no project of their own, new ones among them. */
export default inNode(
  { except: apart, expected: expectedDevices.node.filter((name) => !apart.includes(name)) },
  { name: "conformance", include: ["src/**/*.test.ts"], exclude: ["src/**/*.browser.test.ts"] },
);
