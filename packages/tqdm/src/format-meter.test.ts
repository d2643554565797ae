import { describe, expect, test } from "vitest";
import golden from "./format.golden.json" with { type: "json" };
import { formatInterval } from "./format-interval.ts";
import { formatMeter, type Meter } from "./format-meter.ts";
import { formatNum } from "./format-num.ts";
import { formatSizeof } from "./format-sizeof.ts";
import { formatValue } from "./format-spec.ts";

describe("as Python's tqdm prints", () => {
  test.each(golden.meters.map(({ meter, expected }) => [JSON.stringify(meter), expected] as const))(
    "%s",
    (meter, expected) => {
      expect(formatMeter(JSON.parse(meter, (_, value) => (value === "Infinity" ? Infinity : value)) as Meter)).toBe(
        expected,
      );
    },
  );

  test("numbers after the bar", () => {
    for (const [n, expected] of golden.nums as [number, string][]) expect([n, formatNum(n)]).toEqual([n, expected]);
  });

  test("sizes", () => {
    for (const [n, divisor, expected] of golden.sizes as [number, number, string][]) {
      expect([n, formatSizeof(n, "B", divisor)]).toEqual([n, expected]);
    }
  });

  test("clock times", () => {
    for (const [t, expected] of golden.intervals as [number, string][])
      expect([t, formatInterval(t)]).toEqual([t, expected]);
  });

  test("format specifiers", () => {
    for (const [x, spec, expected] of golden.specs as [number, string, string][]) {
      expect([x, spec, formatValue(x, spec)]).toEqual([x, spec, expected]);
    }
  });
});

describe("a bar format that cannot be", () => {
  const meter = { n: 1, total: 2, elapsed: 1 };

  test("an unknown variable lists those that exist", () => {
    expect(() => formatMeter({ ...meter, barFormat: "{speed}" })).toThrowErrorMatchingInlineSnapshot(
      `[TqdmKeyError: 'speed' is not a variable of barFormat. It has: n, n_fmt, total, total_fmt, elapsed, elapsed_s, ncols, nrows, desc, unit, rate, rate_fmt, rate_noinv, rate_noinv_fmt, rate_inv, rate_inv_fmt, postfix, unit_divisor, colour, remaining, remaining_s, l_bar, r_bar, eta, percentage, bar.]`,
    );
  });

  test.each(["{n:q}", "{desc:d}", "{n:.3d", "}"])("%s", (barFormat) => {
    expect(() => formatMeter({ ...meter, prefix: "a", barFormat })).toThrow(TypeError);
  });

  test("an unknown colour", () => {
    expect(() => formatMeter({ ...meter, colour: "octarine" })).toThrow(
      "Unknown colour (octarine); valid choices: [hex (#00ff00), ",
    );
  });
});

test("the time of arrival is a date with strftime's codes", () => {
  const line = formatMeter({ n: 1, total: 2, elapsed: 10, barFormat: "{eta:%Y-%m-%d %H:%M:%S %I%p %y %%}" });
  const eta = new Date(Date.now() + 10_000);
  expect(line.slice(0, 4)).toBe(String(eta.getFullYear()));
  expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \d\d[AP]M \d\d %$/);
  expect(formatMeter({ n: 1, total: 2, elapsed: 10, barFormat: "{eta}" })).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
});
