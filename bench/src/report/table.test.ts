import { describe, expect, test } from "vitest";
import { number, table, times } from "./table.ts";

describe("table", () => {
  test("is Markdown with aligned columns", () => {
    expect(table(["who", "s/epoch"], [["a program", "1.5"]])).toMatchInlineSnapshot(`
      "| who       | s/epoch |
      | --------- | ------: |
      | a program |     1.5 |"
    `);
  });

  test("numbers have three digits that count", () => {
    expect([0.01234, 1.5, 12.345, 1234567.8, Number.NaN].map(number)).toEqual([
      "0.0123",
      "1.5",
      "12.3",
      "1,234,568",
      "-",
    ]);
    expect(times(2)).toBe("2.00x");
  });
});
