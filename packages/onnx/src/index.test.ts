import { expect, test } from "vitest";
import * as api from "./index.ts";

test("public API", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "exportOnnx",
    ]
  `);
});
