import { expect, test } from "vitest";
import { parseOptions } from "./options.ts";

test("defaults, and everything said", () => {
  expect(parseOptions([])).toEqual({ gpu: false, python: "python3", version: "2.21.0" });
  expect(parseOptions(["--gpu", "--python", "python3.12", "--version", "2.20.0"])).toEqual({
    gpu: true,
    python: "python3.12",
    version: "2.20.0",
  });
  expect(parseOptions(["--help"])).toBeNull();
});

test("what is no option, and what is no version", () => {
  expect(() => parseOptions(["--cuda"])).toThrow(/Unknown option '--cuda'.*Usage: npx/s);
  expect(() => parseOptions(["--version", "latest"])).toThrowErrorMatchingInlineSnapshot(`
    [FromWheelError: --version latest is not a version of TensorFlow.
    One is 2.21.0.]
  `);
});
