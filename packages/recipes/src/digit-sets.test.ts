import { expect, test } from "vitest";
import type { DatasetName } from "./config.ts";
import { loadSets } from "./digit-sets.ts";

test.each(["cifar10", "constructor", "__proto__"])("there is no data set called %s", async (name) => {
  await expect(loadSets(name as DatasetName, { root: "data" })).rejects.toThrow(
    `loadSets: unknown data set '${name}'. Known are mnist, fashion-mnist.`,
  );
});
