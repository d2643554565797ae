import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

const NONE = { folder: undefined, template: undefined, name: undefined, overwrite: false, help: false, version: false };

test("nothing said, and everything said", () => {
  expect(readOptions([])).toEqual(NONE);
  expect(readOptions(["my-app", "-t", "library", "--name", "@me/norms", "--overwrite"])).toEqual({
    ...NONE,
    folder: "my-app",
    template: "library",
    name: "@me/norms",
    overwrite: true,
  });
  expect(readOptions(["--template=vite-train"]).template).toBe("vite-train");
  expect(readOptions(["-h"]).help).toBe(true);
  expect(readOptions(["-v"]).version).toBe(true);
});

test.each([
  [["--tempalte", "library"], "Unknown option '--tempalte'"],
  [["--template"], "argument missing"],
  [["my-app", "--template", "react"], "There is no template 'react'.\nThe templates are:\n  node-train"],
  [[""], "The folder's name is empty."],
  [["a", "b"], "One folder at a time: got 'a', 'b'."],
])("%j is refused", (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});

test("the -- that npm needs is named", () => {
  // All that is left of `npm create kindling my-app --template library`.
  expect(() => readOptions(["my-app", "library"])).toThrow("npm create kindling my-app -- --template library");
});
