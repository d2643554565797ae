import { cpu, type Device, type Tensor, tensor } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { ConfusionMatrix } from "./confusion-matrix.ts";
import { metricLaws } from "./testing/metric-laws.ts";

const int = (...values: number[]): Tensor => tensor(values, { dtype: "int64" });
const counts = ({ counts }: { counts: readonly (readonly number[])[] }) => counts.map((row) => [...row]);

const table = async (preds: Tensor, target: Tensor, options = {}, numClasses = 3) => {
  const metric = new ConfusionMatrix(numClasses, options);
  metric.update(preds, target);
  return metric.compute();
};

// scikit-learn's own example: y_true = [2, 0, 2, 2, 0, 1], y_pred = [0, 0, 2, 2, 0, 2]
const target = () => int(2, 0, 2, 2, 0, 1);
const preds = () => int(0, 0, 2, 2, 0, 2);

metricLaws("ConfusionMatrix", {
  make: () => new ConfusionMatrix(3),
  batches: () => [
    [preds(), target()],
    [
      tensor([
        [0.1, 0.9, 0],
        [0.2, 0.1, 0.7],
      ]),
      int(1, 1),
    ],
  ],
  expected: await table(int(0, 0, 2, 2, 0, 2, 1, 2), int(2, 0, 2, 2, 0, 1, 1, 1)),
  numbers: counts,
});

metricLaws("ConfusionMatrix, one class ignored", {
  make: () => new ConfusionMatrix(3, { ignoreIndex: -1 }),
  batches: () => [
    [int(0, -1, 2), int(0, -1, 1)],
    [int(0, 1), int(-1, 1)],
  ],
  expected: await table(int(0, 2, 1), int(0, 1, 1)),
  numbers: counts,
});

describe("by hand", () => {
  test("rows are true classes, columns predicted ones", async () => {
    expect(counts(await table(preds(), target()))).toEqual([
      [2, 0, 0],
      [0, 0, 1],
      [1, 0, 2],
    ]);
  });

  test("precision, recall, f1, support, accuracy", async () => {
    const { precision, recall, f1, support, accuracy } = await table(preds(), target());
    expect(support).toEqual([2, 1, 3]);
    expect(precision).toEqual([2 / 3, 0, 2 / 3]);
    expect(recall).toEqual([1, 0, 2 / 3]);
    expect(f1.map((value) => value.toFixed(4))).toEqual(["0.8000", "0.0000", "0.6667"]);
    expect(accuracy).toBe(4 / 6);
  });

  test.each([
    [
      "true",
      [
        [1, 0, 0],
        [0, 0, 1],
        [1 / 3, 0, 2 / 3],
      ],
    ],
    [
      "pred",
      [
        [2 / 3, 0, 0],
        [0, 0, 1 / 3],
        [1 / 3, 0, 2 / 3],
      ],
    ],
    [
      "all",
      [
        [2 / 6, 0, 0],
        [0, 0, 1 / 6],
        [1 / 6, 0, 2 / 6],
      ],
    ],
  ] as const)("normalize %s", async (normalize, expected) => {
    expect((await table(preds(), target(), { normalize })).values).toEqual(expected);
  });

  test("a class that does not count, inside the range and outside it", async () => {
    expect(counts(await table(preds(), target(), { ignoreIndex: 2 }))).toEqual([
      [2, 0, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]);
    expect(counts(await table(int(1, -100), int(1, -100), { ignoreIndex: -100 }))).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
  });

  test("printed", async () => {
    expect((await table(preds(), target(), { classes: ["ant", "bird", "cat"] })).toString()).toMatchInlineSnapshot(`
      "true \\ pred    ant   bird    cat  recall
              ant      2      0      0   1.000
             bird      0      0      1   0.000
              cat      1      0      2   0.667
        precision  0.667  0.000  0.667   0.667"
    `);
    expect(String(await table(preds(), target(), { normalize: "true" }))).toMatchInlineSnapshot(`
      "true \\ pred      0      1      2  recall
                0  1.000  0.000  0.000   1.000
                1  0.000  0.000  1.000   0.000
                2  0.333  0.000  0.667   0.667
        precision  0.667  0.000  0.667   0.667"
    `);
  });

  test("nothing yet", async () => {
    expect(counts(await new ConfusionMatrix(2).compute())).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

describe("what does not fit", () => {
  test("a class out of range, seen at once on the cpu", async () => {
    await expect(table(int(0, 1), int(0, 3))).rejects.toThrow("Class values must be smaller than num_classes.");
    await expect(table(int(0, 3), int(0, 1))).rejects.toThrow("Class values must be smaller than num_classes.");
  });

  test("a class out of range on a device that is not read before compute", async () => {
    const device: Device = {
      name: "elsewhere",
      upload: (...given) => cpu.upload(...given),
      run: (...given) => cpu.run(...given),
      free: (handle) => cpu.free(handle),
      download: (handle) => cpu.download(handle),
    };
    const away = (values: Tensor): Tensor => values.to(device).add(0); // so that no copy of it is here
    await expect(table(away(int(0, 1, 2)), away(int(0, 3, -1)))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ValueError: ConfusionMatrix: Class values must be smaller than num_classes: 2 of 3 samples have a target or a predicted class outside [0, 3). Give the number of classes of the labels, or ignoreIndex.]`,
    );
  });

  test("scores of other classes, and options", async () => {
    await expect(table(tensor([[0.5, 0.5]]), int(0))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ValueError: ConfusionMatrix: If \`preds\` have one dimension more than \`target\`, \`preds.shape[1]\` should be equal to number of classes: preds are [1, 2], and there are 3 classes. Give new ConfusionMatrix(2).]`,
    );
    expect(() => new ConfusionMatrix(1)).toThrow("Expected argument `num_classes` to be an integer larger than 1");
    expect(() => new ConfusionMatrix(2, { normalize: "rows" as "true" })).toThrow(
      "Expected argument `normalize` to be one of",
    );
    expect(() => new ConfusionMatrix(2, { classes: ["one"] })).toThrow("there must be a name for each class");
  });
});

test("an option that does not exist is refused", () => {
  expect(() => new ConfusionMatrix(3, { normalise: "true" } as object)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: ConfusionMatrix: ConfusionMatrix.__init__() got an unexpected keyword argument 'normalise'. Did you mean normalize? Its options are: classes, normalize, ignoreIndex.]`,
  );
});
