import { device } from "@kindling/backends";
import { describe } from "vitest";
import { discover, examplesOf, plural } from "../src/discover.ts";

// Every law on the real libtensorflow, run by `pnpm test:tensorflow`.
const kinds = await discover();
const tensorflow = await device("tensorflow");

describe("on tensorflow", () => {
  for (const { name: kind, laws, cases } of kinds) {
    if (kind === "device") laws("tensorflow", () => tensorflow, { device: tensorflow, skipsPadding: true });
    if (cases === null) continue;
    describe(plural(kind), () => {
      for (const [example, made] of examplesOf(cases)) laws(example, made, { device: tensorflow });
    });
  }
});
