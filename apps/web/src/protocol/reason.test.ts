import { expect, test } from "vitest";
import { reasonOf } from "./reason.ts";

test("a reason is never empty", () => {
  expect(reasonOf(new Error("no room"))).toBe("no room");
  expect(reasonOf(new DOMException("", "QuotaExceededError"))).toBe("its storage is full");
  expect(reasonOf(new DOMException(" ", "DataError"))).toBe("DataError");
  expect(reasonOf(new DOMException("gone", "AbortError"))).toBe("gone");
  // A name that every object has means nothing.
  expect(reasonOf(new DOMException("", "constructor"))).toBe("constructor");
  expect(reasonOf(new DOMException("", ""))).toBe("unknown");
  expect(reasonOf("")).toBe("unknown");
  expect(reasonOf(undefined)).toBe("undefined");
});
