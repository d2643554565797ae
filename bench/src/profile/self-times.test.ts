import { expect, test } from "vitest";
import { selfTimes } from "./self-times.ts";

const node = (id: number, functionName: string, url = "", lineNumber = 0) => ({
  id,
  callFrame: { functionName, url, lineNumber },
});

test("self times are summed up by function, without waiting", () => {
  const profile = {
    nodes: [
      node(1, "(idle)"),
      node(2, "run", "file:///home/me/kindling/packages/core/src/graph/op.ts", 9),
      node(3, "run", "file:///home/me/kindling/packages/core/src/graph/op.ts", 9),
      node(4, "", "file:///a/node_modules/.pnpm/x/node_modules/x/dist/y.js", 0),
    ],
    samples: [1, 2, 4, 3],
    timeDeltas: [5000, 2000, 1000, 1000],
  };
  expect(selfTimes(profile)).toEqual([
    { where: "run core/src/graph/op.ts:10", ms: 3, share: 0.75 },
    { where: "(anonymous) x/dist/y.js:1", ms: 1, share: 0.25 },
  ]);
});
