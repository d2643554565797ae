import { expect, test } from "vitest";
import { nonDeterministicSeed, seedToUint64 } from "./seed.ts";

test("negative seeds count from the top", () => {
  expect(seedToUint64("manualSeed", -1)).toBe(2n ** 64n - 1n);
  expect(seedToUint64("manualSeed", -(2n ** 63n))).toBe(2n ** 63n);
  expect(seedToUint64("manualSeed", 2n ** 64n - 1n)).toBe(2n ** 64n - 1n);
});

test("what is no seed is refused in PyTorch's words", () => {
  expect(() => seedToUint64("manualSeed", 2n ** 64n)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: manualSeed: Overflow when unpacking long long: the seed is 18446744073709551616. Seeds go from -0x8000_0000_0000_0000 to 0xffff_ffff_ffff_ffff.]`,
  );
  expect(() => seedToUint64("manualSeed", -(2n ** 63n) - 1n)).toThrow("Overflow when unpacking long long");
  expect(() => seedToUint64("manualSeed", 1.5)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: manualSeed: manual_seed expected a long, but got float: 1.5. A seed is a whole number.]`,
  );
  expect(() => seedToUint64("manualSeed", "7" as unknown as number)).toThrow("expected a long, but got string");
  expect(() => seedToUint64("manualSeed", Number.NaN)).toThrow("expected a long, but got float");
});

test("two seeds that nobody can foretell differ", () => {
  expect(nonDeterministicSeed()).not.toBe(nonDeterministicSeed());
});
