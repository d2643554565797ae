import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkAdding, filesOf, type Precedent } from "./adding.ts";
import { filesIn, workspace } from "./pages.ts";

const files = filesIn(workspace);
const read = (file: string) => readFileSync(join(workspace, file), "utf8");
const pages = files.filter((file) => /^docs\/adding-an?-/.test(file));

/** Something that is there already, for each page on how to add another. */
const PRECEDENTS: Readonly<Record<string, Precedent>> = {
  "docs/adding-a-callback.md": {
    names: { callback: "early-stopping" },
    kin: ["ProgressBar", "CsvLogger", "EarlyStopping", "ModelCheckpoint"],
  },
  "docs/adding-a-dataset.md": {
    names: { dataset: "fashion-mnist" },
    kin: ["MNIST", "FashionMNIST", "VisionDataset"],
    unrelated: ["packages/datasets/README.md"],
  },
  // A device is named in too many places to count them by its name.
  "docs/adding-a-device.md": { names: { device: "wasm" }, kin: [] },
  // A dtype is named in too many places to count them by its name.
  "docs/adding-a-dtype.md": { names: {}, kin: [] },
  "docs/adding-a-layer.md": {
    names: { layer: "group-norm", kind: "normalization" },
    kin: ["GroupNorm", "Dropout2d", "Embedding", "ConvTranspose2d", "AvgPool2d"],
  },
  "docs/adding-a-loss.md": {
    names: { loss: "l1" },
    kin: ["L1Loss", "MSELoss", "NLLLoss", "BCELoss"],
    unrelated: ["packages/nn/src/module.golden.json", "tools/golden/subjects/module.py"],
  },
  "docs/adding-a-metric.md": {
    names: { metric: "confusion-matrix" },
    kin: ["Accuracy", "Mean", "ConfusionMatrix"],
    unrelated: ["packages/metrics/README.md"], // its example
  },
  "docs/adding-a-scheduler.md": { names: { scheduler: "exponential-lr" }, kin: ["StepLR", "ExponentialLR"] },
  "docs/adding-a-transform.md": {
    names: { transform: "random-rotation" },
    kin: ["CenterCrop", "Normalize", "RandomHorizontalFlip", "RandomRotation", "Resize", "ToTensor"],
  },
  "docs/adding-an-op.md": {
    names: {},
    kin: ["expm1", "rsqrt", "erf", "floor"],
    // PyTorch's names, and calls for ops that need some of their own.
    unrelated: ["packages/core/src/api/torch-names.golden.json", "tools/golden/subjects/ops_arithmetic.py"],
  },
  "docs/adding-an-optimizer.md": { names: { optimizer: "rmsprop" }, kin: ["SGD", "Adam", "AdamW", "RMSprop"] },
};

/** How many files it may take at most to add one. */
const MOST: Readonly<Record<string, number>> = {
  "docs/adding-a-callback.md": 5,
  "docs/adding-a-dataset.md": 4,
  "docs/adding-a-dtype.md": 6,
  "docs/adding-a-layer.md": 6,
  "docs/adding-a-loss.md": 6,
  "docs/adding-a-metric.md": 4,
  "docs/adding-a-scheduler.md": 5,
  "docs/adding-a-transform.md": 7,
  "docs/adding-an-op.md": 5,
  "docs/adding-an-optimizer.md": 5,
};

test.each(Object.entries(MOST))("%s needs at most %i files", (page, most) => {
  expect(filesOf(read(page)).stated).toBeLessThanOrEqual(most);
});

test("every page has a precedent to be held to", () => {
  expect(pages).toEqual(Object.keys(PRECEDENTS));
});

test.each(pages)("%s lists the files that it takes", (page) => {
  const precedent = PRECEDENTS[page];
  if (precedent) expect(checkAdding(read(page), precedent, files, read)).toEqual([]);
});

describe("a page that is wrong", () => {
  const there = {
    "packages/nn/src/a-norm.ts": "class ANorm",
    "packages/nn/src/index.ts": "ANorm, BNorm",
    "tools/a.ts": "ANorm, BNorm",
  };
  const problems = (text: string, unrelated: string[] = []) =>
    checkAdding(text, { names: { layer: "a-norm" }, kin: ["ANorm", "BNorm"], unrelated }, Object.keys(there), (file) =>
      file in there ? there[file as keyof typeof there] : "",
    );
  const rows = "| `packages/nn/src/<layer>.ts` | it |\n| `packages/nn/src/index.ts` | its line |\n";

  test.each([
    [`Two files:\n${rows}`, []],
    [`Three files:\n${rows}`, ["says 3 files, lists 2"]],
    [rows, ["says undefined files, lists 2"]],
    [`One files, or two with a function of its own:\n${rows}`, []],
    [`Two files, or three with a function of its own:\n${rows}`, ["says 3 files, lists 2"]],
    [`Three files:\n${rows}| \`packages/nn/gone.ts\` | x |`, ["lists packages/nn/gone.ts, which is not there"]],
    [
      "One files:\n| `packages/nn/src/<layer>.ts` | it |",
      ["does not list packages/nn/src/index.ts, which names ANorm, BNorm"],
    ],
  ])("%j", (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test("an exception that is none any more", () => {
    expect(problems(`Two files:\n${rows}`, ["packages/nn/src/gone.ts"])).toEqual([
      "packages/nn/src/gone.ts no longer names ANorm, BNorm",
    ]);
  });
});

test("filesOf reads tables, not fences", () => {
  expect(filesOf("Seven files:\n| `a` | b |\n```\n| `c` | d |\n```\n")).toEqual({ listed: ["a"], stated: 7 });
});
