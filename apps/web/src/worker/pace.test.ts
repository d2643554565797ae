import { expect, test } from "vitest";
import { Gate, paced } from "./pace.ts";

test("an open gate holds nobody, and costs no promise", () => {
  expect(new Gate().pass(() => Promise.reject(new Error("held")))).toBeUndefined();
});

test("close is answered when somebody is held, and open lets on", async () => {
  const gate = new Gate();
  const events: string[] = [];
  const closed = gate.close().then(() => events.push("closed"));
  const passing = gate.pass(async () => void events.push("held"))?.then(() => events.push("on"));
  await closed;
  expect(events).toEqual(["held", "closed"]);
  await gate.close();
  gate.open();
  await passing;
  expect(events).toEqual(["held", "closed", "on"]);
  expect(gate.pass(async () => {})).toBeUndefined();
});

test("letOne lets one through, and holds the next", async () => {
  const gate = new Gate();
  void gate.close();
  let held = 0;
  const onHeld = async () => {
    held += 1;
  };
  const first = gate.pass(onHeld);
  await Promise.resolve();
  gate.letOne();
  await first;
  const second = gate.pass(onHeld);
  expect(second).toBeDefined();
  await gate.close();
  expect(held).toBe(2);
  gate.open();
  await second;
});

test("paced batches are those of the loader, each after its wait", async () => {
  let waits = 0;
  const batches = (async function* () {
    yield* [1, 2, 3] as never[];
  })();
  const loader = { length: 3, [Symbol.asyncIterator]: () => batches };
  const wait = async () => {
    waits += 1;
  };
  const seen: unknown[] = [];
  for await (const batch of paced(loader, wait)) seen.push(batch);
  expect([seen, waits]).toEqual([[1, 2, 3], 4]);
});
