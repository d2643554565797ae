import { expect, test } from "vitest";
import { tinyTraining } from "../testing/index.ts";
import { CsvLogger } from "./csv-logger.ts";

test("writes the whole history after every epoch", async () => {
  const files: [string, string][] = [];
  const write = (name: string, bytes: Uint8Array) => void files.push([name, new TextDecoder().decode(bytes)]);
  const { trainer, train, val } = tinyTraining([new CsvLogger({ write })]);
  await trainer.fit(train, val, { epochs: 2 });
  expect(files.map(([name, text]) => [name, text.trimEnd().split("\n").length])).toEqual([
    ["history.csv", 2],
    ["history.csv", 3],
  ]);
  expect(files[1]?.[1]).toBe(trainer.history.toCsv());
});
