import { expect, test } from "vitest";
import * as testing from "./testing/index.ts";

// What the index holds is told by testing/callback-laws.test.ts.
test("for authors of callbacks", () => {
  expect(Object.keys(testing).sort()).toEqual(["callbackCases", "callbackLaws", "tinyTraining"]);
});
