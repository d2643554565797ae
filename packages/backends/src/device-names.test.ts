import { zeros } from "@kindling/core";
import { namesDevice } from "@kindling/core/extend";
import { expect, test } from "vitest";
import { deviceNames } from "./availability.ts";

test("core knows every device by its name, to answer x.to(name)", () => {
  for (const name of ["auto", ...deviceNames()]) expect(namesDevice(name), name).toBe(true);
  expect(() => zeros([1]).to("wasm" as never)).toThrow('Write x.to(await device("wasm"))');
});
