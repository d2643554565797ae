import { expect, test } from "vitest";
import { packageNameOf, problemOfName } from "./package-name.ts";

test.each([
  ["my-app", "my-app"],
  ["My App!", "my-app"],
  ["_hidden", "hidden"],
  ["..", "kindling-app"],
  ["숫자", "kindling-app"],
  ["node_modules", "node-modules"],
  ["HTTP", "http-app"],
  ["über café", "uber-cafe"],
])("the folder %j makes the package %j", (folder, name) => {
  expect(packageNameOf(folder)).toBe(name);
  expect(problemOfName(name)).toBeNull();
});

test("npm's rules", () => {
  expect(problemOfName("@me/norms")).toBeNull();
  expect(problemOfName("My App")).not.toBeNull();
  expect(problemOfName("")).not.toBeNull();
  expect(problemOfName("a".repeat(215))).not.toBeNull();
});
