import { expect, test } from "vitest";
import type { Contestant, Outcome } from "../run/contestant.ts";
import { step } from "./bench.ts";

const contestant = (name: string, label: string): Contestant => ({ name, label, command: { absent: "" } });
const measured = (ms: number, cpuMs: number): Outcome => ({ rounds: [[{ ms, cpuMs }]] });
const options = { root: "", device: "wasm", rounds: 1, epochs: 1, source: false };

test("a row for each, ratios to PyTorch's step of the same network, words for who cannot, goals", () => {
  const entered = [
    contestant("pytorch-mlp-64", "MLP, 64 images: PyTorch, 1 thread"),
    contestant("kindling-wasm-cnn-64", "CNN, 64 images: Kindling, wasm"),
    contestant("kindling-tensorflow-cnn-64", "CNN, 64 images: Kindling, tensorflow"),
    contestant("tfjs-layers-wasm-cnn-64", "CNN, 64 images: tfjs-layers, wasm"),
    contestant("pytorch-cnn-64", "CNN, 64 images: PyTorch, 1 thread"),
  ];
  const outcomes = new Map<string, Outcome>([
    ["pytorch-mlp-64", measured(1, 1)],
    ["kindling-wasm-cnn-64", measured(300, 200)],
    ["kindling-tensorflow-cnn-64", measured(100, 150)],
    ["tfjs-layers-wasm-cnn-64", { absent: "no kernel Conv2DBackpropFilter" }],
    ["pytorch-cnn-64", measured(100, 100)],
  ]);
  expect(step.tell(outcomes, entered, options)).toMatchInlineSnapshot(`
    "| a training step                      |     ms | of PyTorch's | processor ms | of PyTorch's | first step ms | GFLOP/s | of a product's |
    | ------------------------------------ | -----: | -----------: | -----------: | -----------: | ------------: | ------: | -------------: |
    | MLP, 64 images: PyTorch, 1 thread    |      1 |        1.00x |            1 |        1.00x |             - |    26.2 |              - |
    | CNN, 64 images: Kindling, wasm       |    300 |        3.00x |          200 |        2.00x |             - |    15.3 |              - |
    | CNN, 64 images: Kindling, tensorflow |    100 |        1.00x |          150 |        1.50x |             - |    45.8 |              - |
    | CNN, 64 images: tfjs-layers, wasm    | cannot |            - |            - |            - |             - |       - |              - |
    | CNN, 64 images: PyTorch, 1 thread    |    100 |        1.00x |          100 |        1.00x |             - |    45.8 |              - |

    MLP: 784-128-10, ReLU. CNN: PyTorch's MNIST example, without dropout. Cross-entropy, SGD, random images, the loss read after every step
    (by \`fit\`, after the last). Each program runs in a process of its own, in turn; medians of all epochs, ratios round by round.
    Of steps that take more than six seconds only the first is measured. The last column is how far from the limit: the speed of the step over that
    of a product of 1024 x 1024 matrices, measured beside it in the same process.

    Goal: the CNN's step on wasm at most 3.5x PyTorch's on one thread: met, 2.00x by processor time, 3.00x on the wall.
    Goal: the CNN's step on tensorflow at most 1.3x PyTorch's on one thread: MISSED, 1.50x by processor time, 1.00x on the wall."
  `);
});
