import { expect, test } from "vitest";
import { Share } from "./share.ts";

test("what is cheap runs as often as asked, what is dear takes a twenty-fifth of the time", async () => {
  let time = 0;
  const count = async (least: number, cost: number) => {
    const share = new Share(least, () => time);
    let runs = 0;
    for (const end = time + 10_000; time < end; time += 10) {
      await share.run(async () => {
        runs += 1;
        time += cost;
      });
    }
    return runs;
  };
  expect(await count(100, 0)).toBe(100);
  expect(await count(100, 40)).toBe(10);
});
