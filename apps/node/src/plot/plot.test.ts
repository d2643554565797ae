import { History } from "@kindling/trainer";
import { describe, expect, test } from "vitest";
import { drawDigit } from "./draw-digit.ts";
import { historySvg } from "./history-svg.ts";
import { sweepSvg } from "./sweep-svg.ts";

const row = { epoch: 1, trainLoss: 0.5, trainAcc: 0.9, valLoss: 0.6, valAcc: 0.85 };

describe("pictures", () => {
  test("one epoch, many, none, and what is not finite", () => {
    const diverged = { ...row, epoch: 2, trainLoss: Number.NaN, valLoss: Number.POSITIVE_INFINITY };
    for (const rows of [[row], [row, diverged, { ...row, epoch: 3 }], []]) {
      const svg = historySvg(new History(rows), "mnist");
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*<\/svg>\n$/s);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test("a curve for each value, and the values below the first panel", () => {
    const results = ["50", "<100>"].map((value) => ({ value, history: new History([row]), seconds: 1 }));
    const svg = sweepSvg("batch-size", results);
    expect(svg.match(/<path /g)?.length).toBe(6);
    expect(svg).toContain(">&lt;100&gt;</text>");
  });
});

describe("drawDigit", () => {
  const pixels = [0, 128, 255, 0, 128, 255, 255, 255, 0];

  test("characters", () => {
    expect(drawDigit(pixels, 3, 3, false)).toBe(" +@\n++");
  });

  test("two pixels a character with colours", () => {
    expect(drawDigit(pixels.slice(0, 6), 2, 3, true)).toBe(
      "\x1b[38;5;16m\x1b[48;5;16m▀\x1b[38;5;244m\x1b[48;5;244m▀\x1b[38;5;231m\x1b[48;5;231m▀\x1b[0m",
    );
  });
});
