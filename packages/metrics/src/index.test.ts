import { expect, test } from "vitest";
import * as api from "./index.ts";
import * as testing from "./testing/index.ts";

test("public API", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "Accuracy",
      "ConfusionMatrix",
      "ConfusionTable",
      "Mean",
    ]
  `);
  expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
    [
      "metricLaws",
    ]
  `);
});
