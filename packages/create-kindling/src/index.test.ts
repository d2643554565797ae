import { expect, test } from "vitest";
import * as api from "./index.ts";

test("the public names", () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "CreateError",
      "scaffold",
      "templates",
    ]
  `);
});
