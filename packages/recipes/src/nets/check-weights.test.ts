import { manualSeed } from "@kindling/core";
import { serialize } from "@kindling/safetensors";
import { afterEach, describe, expect, test, vi } from "vitest";
import { LAYERS } from "../config.ts";
import * as making from "./make-net.ts";
import { makeNet, type NetForm } from "./make-net.ts";
import { rebuildNet } from "./rebuild-net.ts";
import { weightShapes } from "./weight-shapes.ts";

afterEach(() => vi.restoreAllMocks());

const FORMS: readonly NetForm[] = [
  { model: "cnn", output: 3 },
  ...LAYERS.map((layers) => ({ input: 6, hidden: 4, output: 3, layers, activation: "relu" }) as const),
];

test.each(FORMS)("the shapes are those of the network: %o", (form) => {
  const state = Object.entries(makeNet(form).stateDict()).map(([name, { shape }]) => [name, shape]);
  expect(Object.fromEntries(weightShapes(form))).toEqual(Object.fromEntries(state));
});

/** A file of these tensors, filled with zeros. */
function fileOf(shapes: Iterable<readonly [name: string, shape: readonly number[]]>): Uint8Array {
  const size = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
  return serialize(
    Array.from(shapes, ([name, shape]) => ({ name, shape, dtype: "F32", data: new Uint8Array(4 * size(shape)) })),
  );
}

describe("a file that lies about sizes is refused before anything is built", () => {
  const cnn = weightShapes({ model: "cnn", output: 10 });
  const mlp = weightShapes({ input: 784, hidden: 2, output: 10, layers: 1 });
  const mlp2 = weightShapes({ input: 784, hidden: 2, output: 10, layers: 2 });
  const huge = 10_000_000;

  test.each<[what: string, Map<string, readonly number[]>, message: RegExp]>([
    [
      "an output layer of ten million rows of nothing",
      new Map([...cnn, ["fc2.weight", [huge, 0]]]),
      /^inferForm: size mismatch for fc2.weight: copying a param with shape torch.Size\(\[10000000, 0\]\) from checkpoint, the shape in current model is torch.Size\(\[10000000, 128\]\)\. /,
    ],
    ["and its bias", new Map([...cnn, ["fc2.weight", [huge, 0]], ["fc2.bias", [huge, 0]]]), /mismatch for fc2.weight/],
    ["images of nothing", new Map([...mlp, ["l1.weight", [huge, 0]]]), /must not be empty: l1.weight is/],
    ["a hidden layer of nothing", new Map([...mlp, ["l1.weight", [0, huge]]]), /must not be empty: l1.weight is/],
    [
      "layers that agree, and are empty",
      new Map([...mlp, ["l1.weight", [0, huge]], ["l1.bias", [0]], ["l2.weight", [10, 0]]]),
      /^inferForm: a layer must not be empty: l1.weight is \[0, 10000000\]/,
    ],
    [
      "no classes",
      new Map([...mlp2, ["l3.weight", [0, 2]], ["l3.bias", [0]]]),
      /a layer must not be empty: l3.weight is \[0, 2\]/,
    ],
    ["a square in the middle that is none", new Map([...mlp2, ["l2.weight", [huge, 0]]]), /mismatch for l2.weight/],
    ["a kernel of nothing", new Map([...cnn, ["conv1.weight", [32, 0, 3, 3]]]), /mismatch for conv1.weight/],
    ["a weight without dimensions", new Map([...cnn, ["fc2.weight", []]]), /not the weights of Net/],
    ["a tensor more", new Map([...mlp, ["l9.weight", [huge, 0]]]), /not the weights of Net/],
    ["a name of a megabyte", new Map([["l".repeat(1_000_000), [0]]]), /^.{0,400}$/],
    ["dimensions without end", new Map([...mlp, ["l2.bias", new Array<number>(100_000).fill(1)]]), /^.{0,400}$/],
    ["a name of every object", new Map([...mlp, ["constructor", [0]]]), /not the weights of Net/],
  ])("%s", (_, shapes, message) => {
    const make = vi.spyOn(making, "makeNet");
    expect(() => rebuildNet(fileOf(shapes))).toThrow(message);
    expect(make).not.toHaveBeenCalled();
  });

  test.each(FORMS)("every size of %o", (form) => {
    manualSeed(0);
    const whole = weightShapes(form);
    expect(rebuildNet(fileOf(whole)).form).toMatchObject({ model: "mlp", ...form });
    for (const [name, shape] of whole) {
      for (const [dim, size] of shape.entries()) {
        const isFree = name === "l1.weight" && dim === 1; // the images alone decide it
        for (const other of isFree ? [0] : [0, size + 1]) {
          const changed = new Map([...whole, [name, shape.with(dim, other)]]);
          expect(() => rebuildNet(fileOf(changed)), `${name} ${dim} ${other}`).toThrow("inferForm: ");
        }
      }
    }
  });
});
