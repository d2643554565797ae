import { expect, test } from "vitest";
import { en } from "./en.ts";
import { ko } from "./ko.ts";
import { preferredLanguage, sayIn } from "./text.ts";

const blanks = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

test("every text is there in both languages, with the same blanks", () => {
  expect(Object.keys(ko)).toEqual(Object.keys(en));
  for (const [key, text] of Object.entries(en)) {
    expect([key, blanks(ko[key as keyof typeof en])]).toEqual([key, blanks(text)]);
  }
});

test("blanks are filled", () => {
  expect(sayIn("en")("position", { epoch: 1, epochs: 3, batch: 7, batches: 120 })).toBe("epoch 1 of 3, step 7 of 120");
  expect(sayIn("ko")("run", { number: 2 })).toBe("학습 2");
});

test("the browser's first language that there is", () => {
  expect(preferredLanguage(["fr-CA", "ko-KR", "en"])).toBe("ko");
  expect(preferredLanguage(["fr"])).toBe("en");
});
