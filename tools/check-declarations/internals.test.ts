import { expect, test } from "vitest";
import { internals } from "./internals.ts";

test("a member that is marked as internal is found, by its line", () => {
  const text = "declare class A {\n  b: number;\n  /** @internal */ c: number;\n}\n";
  expect(internals("a.d.ts", text)).toEqual(["a.d.ts:3: is internal: /** @internal */ c: number;"]);
  expect(internals("a.d.ts", "declare class A {\n  /** The internal state. */ b: number;\n}\n")).toEqual([]);
});
