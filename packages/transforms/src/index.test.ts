import { expect, test } from "vitest";
import * as index from "./index.ts";

test("public API", () => {
  expect(Object.keys(index).sort()).toMatchInlineSnapshot(`
    [
      "CenterCrop",
      "Compose",
      "Lambda",
      "Normalize",
      "RandomHorizontalFlip",
      "RandomRotation",
      "Resize",
      "ToTensor",
    ]
  `);
});
