import { afterEach, expect, test } from "vitest";
import { getPrintOptions, setPrintOptions } from "./print-options.ts";

afterEach(() => setPrintOptions({ profile: "default" }));

const DEFAULTS = { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80, sciMode: null };

test("starts with PyTorch's defaults", () => {
  expect(getPrintOptions()).toEqual(DEFAULTS);
});

test("a profile is set first, then what is named", () => {
  setPrintOptions({ profile: "short", edgeitems: 5, sciMode: false });
  expect(getPrintOptions()).toEqual({ ...DEFAULTS, precision: 2, edgeitems: 5, sciMode: false });
  setPrintOptions({ profile: "full" });
  expect(getPrintOptions()).toEqual({ ...DEFAULTS, threshold: Number.POSITIVE_INFINITY });
});

test("what is not named stays, but for sciMode", () => {
  setPrintOptions({ precision: 2, sciMode: true });
  setPrintOptions({ linewidth: 100 });
  expect(getPrintOptions()).toEqual({ ...DEFAULTS, precision: 2, linewidth: 100 });
});

test("what it hands out can be handed back, and changes nothing by itself", () => {
  setPrintOptions({ precision: 7, sciMode: true });
  const kept = getPrintOptions();
  kept.precision = 1;
  expect(getPrintOptions().precision).toBe(7);
  setPrintOptions({ ...kept, precision: 7 });
  expect(getPrintOptions()).toEqual({ ...DEFAULTS, precision: 7, sciMode: true });
});

test("mistakes change nothing", () => {
  expect(() => setPrintOptions({ profile: "long" as "short" })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: setPrintOptions: unknown profile: long. Known ones: default, short, full.]`,
  );
  expect(() => setPrintOptions({ linewidth: 20, precision: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: setPrintOptions: precision must be a whole number from 0 to 99: -1. The defaults are profile: "default".]`,
  );
  expect(() => setPrintOptions({ edgeitems: 1.5 })).toThrow("edgeitems must be a whole number");
  expect(getPrintOptions()).toEqual(DEFAULTS);
});
