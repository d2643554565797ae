import { expect, test } from "vitest";
import { askedTiers, tiersSummary } from "./tiers.ts";

const NOTHING = { ops: [], devices: [], packages: [] };

test("CI runs everything, and so does whoever asks for it", () => {
  const everything = { proofs: "all", marathons: true };
  expect(askedTiers({ CI: "true" })).toEqual(everything);
  expect(askedTiers({ KINDLING_TIERS: "all" })).toEqual(everything);
  expect(askedTiers({ CI: "true", KINDLING_TIERS: "laws" })).toEqual({ proofs: NOTHING, marathons: false });
  expect(() => askedTiers({ KINDLING_TIERS: "some" })).toThrow("it may be all, changed or laws");
});

test("the summary says what ran, what was left, and how to run it", () => {
  const counts = {
    laws: { ran: 10, left: 0 },
    proofs: { ran: 2, left: 3 },
    marathons: { ran: 0, left: 4 },
  };
  const asked = { proofs: { ...NOTHING, ops: ["atan"], devices: ["webgl"] }, marathons: false };
  expect(tiersSummary(asked, counts, ["apps/web/e2e/storage.test.ts"])).toBe(
    `Tests that ran: 10 laws, 2 proofs (of what has changed: ops atan; devices webgl), 0 marathons.
Left to CI: 3 proofs, 4 marathons, all of apps/web/e2e/storage.test.ts. "npm run test:all" runs them here too.`,
  );
  const all = { laws: counts.laws, proofs: { ran: 5, left: 0 }, marathons: { ran: 4, left: 0 } };
  expect(tiersSummary({ proofs: "all", marathons: true }, all)).toBe("Tests that ran: 10 laws, 5 proofs, 4 marathons.");
});
