import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("defaults, and options that are given", () => {
  expect(readOptions([])).toMatchObject({ device: "auto", epochs: 3, batchSize: 64, dryRun: false });
  expect(readOptions(["--device", "wasm", "--epochs", "5", "--dry-run"])).toMatchObject({
    device: "wasm",
    epochs: 5,
    dryRun: true,
  });
  expect(readOptions(["--help"])).toBeNull();
});

test.each([
  [["--epoch", "5"], "Unknown option '--epoch'"],
  [["--epochs", "1.5"], "--epochs must be a whole number of at least 1, got '1.5'"],
  [["--lr", "fast"], "--lr must be a number above 0, got 'fast'"],
])("%j is refused", (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
