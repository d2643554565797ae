import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { goldenFiles } from "./golden-files.ts";

test("the index has every file of the folder", () => {
  const there = readdirSync(new URL("./golden/", import.meta.url));
  const listed = goldenFiles.map(({ generated }) => `${generated.by.replace(/^.* ops_/, "")}.golden.json`);
  expect(listed.toSorted(), "tools/golden/generate.py writes golden-files.ts").toEqual(there.toSorted());
});
