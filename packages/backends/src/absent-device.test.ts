import { DeviceError } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { AbsentDeviceError, isMissing, notLoaded } from "./absent-device.ts";

const NAME = "@tensorflow/tfjs-backend-wasm";

/** As they were read from each. */
const missing = {
  "Node, import": `Cannot find package '${NAME}' imported from /home/me/node_modules/@kindling/backends/dist/wasm/index.js`,
  "Node, require": `Cannot find module '${NAME}'\nRequire stack:\n- /home/me/index.js`,
  Bun: `Cannot find package '${NAME}' from '/home/me/index.js'`,
  Deno: `Could not find package '${NAME}' from referrer 'file:///home/me/index.js'.`,
  webpack: `Cannot find module '${NAME}'`,
  Vite: `Could not resolve "${NAME}" imported by "@kindling/backends". Is it installed?`,
  Chrome: `Failed to resolve module specifier '${NAME}'`,
  Firefox: `The specifier “${NAME}” was a bare specifier, but was not remapped to anything. Relative module specifiers must start with “./”, “../” or “/”.`,
  Safari: `Module name, '${NAME}' does not resolve to a valid URL.`,
};

const failing = {
  "a package that it needs":
    "Cannot find package 'seedrandom' imported from /home/me/node_modules/@tensorflow/tfjs-core/dist/index.js",
  "a chunk that the server lost":
    "Failed to fetch dynamically imported module: https://host/assets/tfjs-backend-wasm-1a2b.js",
  "webpack's chunk": "Loading chunk 123 failed.",
  "its own code": `'${NAME}' is not supported`,
};

describe("a package that is not installed", () => {
  test.each(Object.entries(missing))("is recognised in %s", (_, message) => {
    expect(isMissing(NAME, new Error(message))).toBe(true);
  });

  test.each(Object.entries(failing))("is not taken for %s", (_, message) => {
    expect(isMissing(NAME, new Error(message))).toBe(false);
    const error = notLoaded("wasm", { name: NAME, version: "4.22.0" }, new Error(message));
    expect(error).not.toBeInstanceOf(AbsentDeviceError);
    expect(error.message).toBe(`device: the wasm device did not start: ${NAME} does not load: ${message}`);
  });

  test("is named, with what to type", () => {
    const cause = new Error(missing["Node, import"]);
    const error = notLoaded("wasm", { name: NAME, version: "4.22.0" }, cause);
    expect(error).toBeInstanceOf(DeviceError);
    expect(error.cause).toBe(cause);
    expect(error).toMatchInlineSnapshot(
      `[DeviceError: device: the wasm device needs the package @tensorflow/tfjs-backend-wasm@4.22.0: it is not installed. npm install @tensorflow/tfjs-backend-wasm@4.22.0]`,
    );
  });
});
