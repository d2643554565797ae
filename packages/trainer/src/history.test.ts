import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { History } from "./history.ts";

const rows = [
  { epoch: 1, trainLoss: 1.8293240000000002, trainAcc: 0.5696, valLoss: 1 / 3, valAcc: 0.7466 },
  { epoch: 2, trainLoss: Number.POSITIVE_INFINITY, trainAcc: 5e-324, valLoss: Number.NaN, valAcc: 0 },
];

describe("History", () => {
  test("is array-like", () => {
    const history = new History(rows);
    expect(history.length).toBe(2);
    expect(history.at(-1)).toBe(rows[1]);
    expect([...history]).toEqual(rows);
    expect(history.map((row, i) => row.epoch + i)).toEqual([1, 3]);
    expect(history.column("trainAcc")).toEqual([0.5696, 5e-324]);
    expect(history.toArray()[0]).toEqual([1, 1.8293240000000002, 0.5696, 1 / 3, 0.7466]);
    expect(JSON.parse(JSON.stringify(history))[0]).toEqual(rows[0]);
  });

  test("a column that there is not is NaN, whatever objects inherit", () => {
    const row = { epoch: 1, trainLoss: 1, trainAcc: 1, valLoss: 1, valAcc: 1 };
    for (const name of ["f1", "constructor", "__proto__"])
      expect(new History([row]).column(name)).toEqual([Number.NaN]);
  });

  test("through CSV and back, to the bit", () => {
    const csv = new History(rows).toCsv();
    expect(csv).toMatchInlineSnapshot(`
      "epoch,trainLoss,trainAcc,valLoss,valAcc
      1,1.8293240000000002,0.5696,0.3333333333333333,0.7466
      2,Infinity,5e-324,NaN,0
      "
    `);
    expect(History.fromCsv(csv).toArray()).toEqual(new History(rows).toArray());
    expect(History.fromCsv(csv.replaceAll("\n", "\r\n")).length).toBe(2);
    expect(History.fromCsv(new History().toCsv()).length).toBe(0);
  });

  test("metrics follow as columns of their own", () => {
    const history = new History([{ ...(rows[0] as (typeof rows)[0]), valF1: 0.5 }]);
    expect(history.columns).toEqual(["epoch", "trainLoss", "trainAcc", "valLoss", "valAcc", "valF1"]);
    expect(History.fromCsv(history.toCsv()).at(0)?.valF1).toBe(0.5);
  });

  test.each([
    "",
    "a,b\n1,2\n",
    "epoch,trainLoss,trainAcc,valLoss,valAcc\n1,2\n",
    "epoch,trainLoss,trainAcc,valLoss,valAcc\n1,2,x,4,5\n",
  ])("refuses %j", (text) => {
    expect(() => History.fromCsv(text)).toThrow(
      /History.fromCsv: (the first line must start with|line 2 must hold 5 numbers)/,
    );
  });
});

test("a training that has diverged is NaN; what was not measured is empty", () => {
  const nan = Number.NaN;
  const diverged = new History([{ epoch: 1, trainLoss: nan, trainAcc: 0.1, valLoss: nan, valAcc: 0.1 }]);
  expect(diverged.toCsv()).toContain("\n1,NaN,0.1,NaN,0.1\n");
  expect(String(diverged)).toMatch(/NaN +0\.1 +NaN +0\.1$/);
  const alone = new History([{ epoch: 1, trainLoss: nan, trainAcc: nan, valLoss: nan, valAcc: nan }]);
  expect(alone.toCsv()).toContain("\n1,NaN,,,\n");
  for (const history of [diverged, alone]) expect(History.fromCsv(history.toCsv()).toCsv()).toBe(history.toCsv());
  expect(() => new History({} as never)).toThrow("History: rows must be an iterable of rows: got an object.");
});

test("prints as a table", () => {
  const nan = Number.NaN;
  const history = new History([
    { epoch: 1, trainLoss: 2.3456789, trainAcc: 0.5, valLoss: nan, valAcc: nan },
    { epoch: 10, trainLoss: 1e-9, trainAcc: 1, valLoss: 0.25, valAcc: 1 },
  ]);
  expect(`\n${history}`).toBe(`
epoch  trainLoss  trainAcc  valLoss  valAcc
    1    2.34568       0.5        -       -
   10       1e-9         1     0.25       1`);
  expect(inspect(history)).toBe(String(history));
  expect(String(new History())).toBe("epoch  trainLoss  trainAcc  valLoss  valAcc");
});
