import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rand, type Tensor, tensor, zeros } from "@kindling/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deserialize, loadWithMetadata, SafetensorError, save, serialize } from "../src/index.ts";
import { saveFile } from "../src/node.ts";
import { mutations } from "../src/testing/mutations.ts";

const python = process.env.KINDLING_PYTHON ?? "python3";
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kindling-safetensors-"));
});
afterAll(() => rm(folder, { recursive: true }));

function run(script: string, args: string[], input = ""): string {
  const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, script), ...args], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  return stdout;
}

describe("Python reads what we write", () => {
  const tensors: Record<string, Tensor> = {
    "l1.weight": rand([3, 4]),
    "l1.bias": tensor([0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e-45, -3.4e38]),
    "bn.num_batches_tracked": tensor(938, { dtype: "int64" }),
    labels: tensor([-(2 ** 53) + 1, 2 ** 53 - 1], { dtype: "int64" }),
    codes: tensor(Int32Array.of(-(2 ** 31), 2 ** 31 - 1)),
    short: tensor(Int16Array.of(-(2 ** 15), 2 ** 15 - 1)),
    char: tensor(Int8Array.of(-128, 127)),
    double: tensor(Float64Array.of(0.1, 1e300, 5e-324)),
    half: tensor([0.1, 65504, 2 ** -24, Number.NEGATIVE_INFINITY], { dtype: "float16" }),
    image: tensor(Uint8Array.of(0, 127, 255)).view(1, 3),
    mask: tensor([[true], [false]]),
    empty: zeros([0, 4]),
    '이름 😀 \n"\\': tensor([1]),
  };

  test("in every dtype that NumPy has", async () => {
    const path = join(folder, "dtypes.safetensors");
    await saveFile(tensors, path, { metadata: { epoch: "3", 이름: "값" } });
    const [file] = JSON.parse(run("read.py", [path])) as {
      metadata: Record<string, string>;
      tensors: Record<string, [string, number[], (number | boolean | string)[]]>;
    }[];
    expect(file?.metadata).toEqual({ format: "pt", epoch: "3", 이름: "값" });
    expect(Object.keys(file?.tensors ?? {}).sort()).toEqual(Object.keys(tensors).sort());
    for (const [name, tensor] of Object.entries(tensors)) {
      const [dtype, shape, values = []] = file?.tensors[name] ?? [];
      expect([name, dtype, shape]).toEqual([name, tensor.dtype, tensor.shape]);
      const read = values.map((value) =>
        Number(
          String(value).replace("inf", "Infinity").replace("True", "1").replace("true", "1").replace("false", "0"),
        ),
      );
      expect([name, read]).toEqual([name, [...tensor.toTypedArraySync()]]);
    }
  });
});

describe("we read what Python writes", () => {
  test("every dtype, in many shapes; written again, the same bytes", async () => {
    const path = join(folder, "python.safetensors");
    const expected = JSON.parse(run("write.py", [path])) as Record<string, [number[], string[]]>;
    const bytes = new Uint8Array(await readFile(path));
    const { tensors, metadata } = loadWithMetadata(bytes);
    expect(metadata).toEqual({ format: "np", 이름: "값" });
    expect(Object.keys(tensors).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, [shape, values]] of Object.entries(expected)) {
      const tensor = tensors[name];
      expect([name, tensor?.shape]).toEqual([name, shape]);
      const numbers = values.map((value) => Number(value.replace("inf", "Infinity")));
      expect([name, [...(tensor?.toTypedArraySync() ?? [])]]).toEqual([
        name,
        tensor?.dtype === "float32" ? numbers.map(Math.fround) : numbers,
      ]);
    }
    const contents = deserialize(bytes);
    // Python keeps metadata in no order, so only one entry can be compared.
    const one = (file: Uint8Array) => Buffer.from(serialize(deserialize(file).entries, { format: "np" }));
    expect(one(serialize(contents.entries.toReversed(), contents.metadata)).equals(one(bytes))).toBe(true);
  });
});

test("Python and we agree on what is a file, over thousands of damaged ones", async () => {
  const seeds = [
    await save({ w: rand([2, 2]), n: tensor(Int32Array.of(1, 2)) }),
    serialize([{ name: "c", dtype: "F16", shape: [2, 1], data: new Uint8Array(4) }]),
  ];
  const files = [...mutations(seeds, 4000, 99)];
  const verdicts = run("verdicts.py", [], files.map((file) => Buffer.from(file).toString("hex")).join("\n")).split(
    "\n",
  );
  let stricter = 0;
  for (const [i, file] of files.entries()) {
    const theirs = verdicts[i] ?? "";
    const ours = verdict(file);
    // Of two tensors in one place, Python names either. We refuse names that stand twice, headers that do not begin with a brace, and sizes beyond 2^53.
    if (/duplicate key|a header begins with|^overflow/.test(ours)) stricter++;
    else if (!ours.startsWith(theirs.split(/: | `/)[0] ?? "")) {
      throw new Error(`Python: ${theirs}\nKindling: ${ours}\n${Buffer.from(file).toString("latin1")}`);
    }
  }
  expect(stricter).toBeLessThan(files.length / 20);
});

function verdict(file: Uint8Array): string {
  try {
    deserialize(file);
    return "ok";
  } catch (error) {
    expect(error).toBeInstanceOf(SafetensorError);
    return (error as Error).message.replace("safetensors: ", "");
  }
}
