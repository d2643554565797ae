import { execFileSync } from "node:child_process";
import { existsSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { full, noGrad, rand, tensor, zeros } from "@kindling/core";
import { init } from "@kindling/nn";
import { makeNet } from "@kindling/recipes";
import { saveSync } from "@kindling/safetensors";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { Command, emptyFolder, kindling, mnistRoot } from "./testing/command.ts";
import { kindlingHere } from "./testing/here.ts";

const root = mnistRoot();
const minute = 60_000;
/** Quick settings; every seed is as good as another. */
const quick = ["--root", root, "--seed", "5", "--hidden", "8", "--batch-size", "500", "--device", "wasm", "--json"];

/** The objects of `--json`, without what differs from run to run. */
function epochs(stdout: string): object[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => ({ ...JSON.parse(line), trainSeconds: 0, valSeconds: 0 }));
}

describe("kindling train", () => {
  test.each(["onnx", "wasm"])(
    "prints the digits that PyTorch prints, and leaves what it learned, on %s",
    { timeout: 2 * minute },
    async (device) => {
      const out = join(emptyFolder(), "run");
      const args = ["--root", root, "--seed", "123", "--epochs", "3", "--device", device, "--json", "--out", out];
      const { code, stdout, stderr } = await kindling("train", ...args);
      expect(stderr).toContain(`Using device: ${device}`);
      expect(code).toBe(0);

      const rows = stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      // PyTorch 2.15: epoch, train loss, train accuracy, validation loss, validation accuracy.
      const expected = [
        [1, 1.8293, 0.5696, 1.3263, 0.7466],
        [2, 1.0389, 0.7954, 0.7966, 0.8318],
        [3, 0.7081, 0.8411, 0.6026, 0.8585],
      ];
      const names = ["epoch", "trainLoss", "trainAcc", "valLoss", "valAcc"];
      for (const [i, row] of rows.entries()) {
        expect(Object.keys(row)).toEqual([...names, "trainSeconds", "valSeconds"]);
        for (const [j, name] of names.entries()) {
          expect(Math.abs(row[name] - (expected[i]?.[j] as number)), `${name} of epoch ${i + 1}`).toBeLessThan(2e-4);
        }
      }
      expect(rows.length).toBe(3);

      expect(readdirSync(out).sort()).toEqual([
        "checkpoint.safetensors",
        "config.json",
        "history.csv",
        "history.svg",
        "model.safetensors",
      ]);
      expect(readFileSync(join(out, "history.csv"), "utf8").split("\n")[3]).toBe(
        names.map((name) => rows[2][name]).join(","),
      );
      expect(readFileSync(join(out, "history.svg"), "utf8")).toMatch(/^<svg .*<path .*<\/svg>\n$/s);

      const predicted = await kindlingHere(
        "predict",
        "--weights",
        join(out, "model.safetensors"),
        "--root",
        root,
        "--index",
        "0",
        "8",
      );
      expect(predicted.stderr).toBe("");
      expect(predicted.stdout).toMatch(/#0 {2}prediction: 7 - seven \(\d+\.\d %\) {2}truth: 7 - seven {2}right/);
      expect(predicted.stdout).toMatch(/[#%@]{3}/);
      const outside = await kindlingHere(
        "predict",
        "--weights",
        join(out, "model.safetensors"),
        "--root",
        root,
        "--index",
        "10000",
      );
      expect(outside).toMatchObject({
        code: 2,
        stdout: "",
        stderr: "kindling: --index 10000: the test data has 10000 images, 0 to 9999\n",
      });
    },
  );

  const plain = quick.filter((arg) => arg !== "--json");

  test("tells people what it does, in a few lines", { timeout: minute }, async () => {
    const cwd = emptyFolder();
    const { code, stdout, stderr } = await new Command(["train", ...plain, "--epochs", "1"], { cwd }).ended;
    expect(code).toBe(0);
    const [run] = readdirSync(join(cwd, "runs"));
    expect(run).toMatch(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$/);
    const lines = stdout.replace(root, "DATA").replace(String(run), "TIME").split("\n");
    expect(lines.map((line) => line.replace(/\d\.\d{5}/g, "0.00000"))).toMatchInlineSnapshot(`
      [
        "Using device: wasm",
        "Seed: 5",
        "Dataset: mnist in DATA, 60,000 images to train on and 10,000 to test",
        "Net(",
        "  (l1): Linear(in_features=784, out_features=8, bias=True)",
        "  (l2): Linear(in_features=8, out_features=10, bias=True)",
        "  (relu): ReLU(inplace=True)",
        ")",
        "6,370 parameters, trained by sgd with lr 0.01, 500 images a step",
        "Epoch [1/1], loss:  0.00000 val_loss:  0.00000, val_acc:  0.00000",
        "Saved in runs/TIME: model.safetensors, history.csv, history.svg, config.json, checkpoint.safetensors",
        "",
      ]
    `);
    expect(stderr).toMatch(/Epoch 1\/1: 100%\|█+\| 120\/120 \[.*, loss=.*, acc=.*, val_loss=.*, val_acc=/);
  });

  test("--verbose prints what the notes print", { timeout: minute }, async () => {
    const { stdout } = await kindlingHere("train", ...plain, "--epochs", "1", "--verbose", "--out", emptyFolder());
    for (const part of [
      "Using device: wasm\nSeed: 5\n",
      "Dataset MNIST\n    Number of datapoints: 60000\n",
      "  (l1): Linear(in_features=784, out_features=8, bias=True)\n",
      "('l2.bias', Parameter containing:\ntensor([",
      "Total params: 6,370\n",
    ]) {
      expect(stdout).toContain(part);
    }
  });

  test("warns once of a loss that is NaN; --stop-on-nan ends with exit code 1", { timeout: 2 * minute }, async () => {
    const out = join(emptyFolder(), "run");
    const diverging = [...plain, "--lr", "1e30", "--epochs", "2", "--batch-size", "30000"];
    const going = await kindling("train", ...diverging, "--out", out);
    expect(going.code).toBe(0);
    expect(
      going.stderr.match(/UserWarning: The training loss is nan at step \d of epoch 1\. Usual causes: /g),
    ).toHaveLength(1);
    expect(going.stdout.match(/^Epoch /gm)).toHaveLength(2);

    const other = join(emptyFolder(), "run");
    const ended = await kindlingHere("train", ...diverging, "--stop-on-nan", "--out", other);
    expect(ended.code).toBe(1);
    expect(ended.stdout.match(/^Epoch /gm)).toHaveLength(1);
    expect(ended.stdout).toContain("history.csv, history.svg, config.json, and checkpoint.safetensors as of epoch 0\n");
    expect(ended.stderr).toMatch(
      /\nkindling: Epoch 1: Invalid loss, terminating training: the training loss is nan\. Begin another run/,
    );
    expect(readdirSync(other)).not.toContain("model.safetensors");
  });
});

describe("kindling export", { timeout: minute }, () => {
  test.each(["mlp", "cnn"] as const)("writes an ONNX file that computes what the %s does", async (model) => {
    const folder = emptyFolder();
    const [weights, to] = [join(folder, "model.safetensors"), join(folder, "model.onnx")];
    const net = makeNet(
      model === "cnn" ? { model, output: 10 } : { input: 784, hidden: 8, layers: 2, output: 10, activation: "relu" },
    ).eval();
    writeFileSync(weights, saveSync(net.stateDict()));
    const { code, stderr } = await kindlingHere("export", "--weights", weights, "--to", to);
    expect([code, stderr]).toEqual([0, expect.stringContaining("model.onnx: input [batch, ")]);
    const image = rand([3, ...(model === "cnn" ? [1, 28, 28] : [784])]);
    const session = await InferenceSession.create(to);
    const { logits } = await session.run({ input: new Tensor("float32", image.toTypedArraySync(), [...image.shape]) });
    const wanted = net(image).toTypedArraySync();
    expect(logits?.dims).toEqual([3, 10]);
    for (const [i, value] of wanted.entries()) expect(Number(logits?.data[i])).toBeCloseTo(value, 4);
  });

  test("says what it cannot write", async () => {
    const weights = join(emptyFolder(), "model.safetensors");
    writeFileSync(weights, saveSync(makeNet({ model: "cnn", output: 10 }).stateDict()));
    const { code, stderr } = await kindlingHere("export", "--weights", weights, "--to", "/nowhere/model.onnx");
    expect([code, stderr]).toEqual([1, expect.stringContaining("could not write /nowhere/model.onnx: ENOENT")]);
  });
});

describe("kindling predict", { timeout: minute }, () => {
  const weights = (value: number, hidden: number, metadata = {}): string => {
    const file = join(emptyFolder(), "odd.safetensors");
    const shapes = { "l1.weight": [2, 784], "l1.bias": [2], "l2.weight": [10, hidden], "l2.bias": [10] };
    const tensors = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, full(shape, value)]));
    writeFileSync(file, saveSync(tensors, { metadata }));
    return file;
  };
  /** Half a kilobyte that asks for a network of 5 GB. */
  const lying = (): string => {
    const file = join(emptyFolder(), "odd.safetensors");
    const names = ["conv1", "conv2", "fc1", "fc2"].flatMap((layer) => [`${layer}.weight`, `${layer}.bias`]);
    const tensors = names.map((name) => [name, zeros([name === "fc2.weight" ? 10_000_000 : 0, 0])]);
    writeFileSync(file, saveSync(Object.fromEntries(tensors)));
    return file;
  };
  const predict = (file: string) =>
    kindlingHere("predict", "--weights", file, "--root", root, "--index", "0", "--device", "cpu", "--json");

  test("takes NaN for the greatest, as PyTorch does", async () => {
    const { code, stdout } = await predict(weights(Number.NaN, 2));
    expect([code, JSON.parse(stdout)]).toEqual([0, { index: 0, prediction: 0, truth: 7, probability: null }]);
  });

  test("knows a convolutional network by its weights", async () => {
    const file = join(emptyFolder(), "cnn.safetensors");
    const net = makeNet({ model: "cnn", output: 10 });
    init.zeros_(net.getParameter("fc2.weight"));
    noGrad(() => net.getParameter("fc2.bias").copy_(tensor([0, 0, 0, 0, 0, 0, 0, 9, 0, 0])));
    writeFileSync(file, saveSync(net.stateDict()));
    const { code, stdout } = await predict(file);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { index: 0, prediction: 7, truth: 7 }]);
  });

  test("names the file that it cannot use", async () => {
    for (const [file, message] of [
      [weights(0, 3), "inferForm: size mismatch for l2.weight: copying a param with shape torch.Size([10, 3])"],
      [lying(), "inferForm: size mismatch for conv1.weight: copying a param with shape torch.Size([0, 0])"],
      [weights(0, 2, { activation: "gelu" }), "rebuildNet: activation must be one of relu, sigmoid: got gelu"],
    ] as const) {
      const { code, stderr } = await predict(file);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`kindling: ${file}: ${message}`)]);
    }
  });
});

test.runIf(process.platform !== "win32")("a pipe or a device is no file of weights", { timeout: 10_000 }, async () => {
  const pipe = join(emptyFolder(), "pipe");
  execFileSync("mkfifo", [pipe]);
  for (const file of [pipe, "/dev/zero", emptyFolder()]) {
    const { code, stderr } = await kindlingHere("predict", "--weights", file, "--root", root, "--index", "0");
    expect([code, stderr]).toEqual([1, `kindling: could not read ${file}: ${file} is not a regular file\n`]);
  }
});

describe("a run that was ended goes on as if it had not been", { timeout: 3 * minute }, () => {
  // Epochs long enough that a signal, sent when one was told, finds the next one going on.
  const long = [...quick, "--batch-size", "150", "--epochs", "4"];
  const unbroken = kindling("train", ...long, "--out", join(emptyFolder(), "run"));

  test("by SIGKILL after the second epoch", async () => {
    const out = join(emptyFolder(), "run");
    const killed = new Command(["train", ...long, "--out", out]);
    await killed.said("stdout", /"epoch":2,.*\n/);
    const second = await kindlingHere("train", ...quick, "--out", out);
    expect([second.code, second.stderr]).toEqual([2, expect.stringContaining(`process ${killed.child.pid} trains in`)]);
    killed.child.kill("SIGKILL");
    expect((await killed.ended).signal).toBe("SIGKILL");

    const contradicted = await kindlingHere("train", "--resume", out, "--root", root, "--lr", "0.5");
    expect(contradicted.code).toBe(2);
    expect(contradicted.stderr).toMatch(
      /^kindling: --lr 0.5 contradicts .*, which has 0.01. Omit it, or begin another run.\n$/,
    );

    const kept = readFileSync(join(out, "checkpoint.safetensors"));
    writeFileSync(join(out, "checkpoint.safetensors"), kept.subarray(0, 5000));
    const cut = await kindlingHere("train", "--resume", out, "--json");
    expect(cut).toMatchObject({ code: 1, stdout: "" });
    expect(cut.stderr).toMatch(/kindling: could not resume .*checkpoint.safetensors: safetensors: .*\n$/);
    writeFileSync(join(out, "checkpoint.safetensors"), kept);

    const config = readFileSync(join(out, "config.json"), "utf8");
    writeFileSync(join(out, "config.json"), JSON.stringify({ ...JSON.parse(config), hidden: 3_000_000 }));
    const other = await kindlingHere("train", "--resume", out, "--json");
    expect(other).toMatchObject({ code: 1, stdout: "" });
    expect(other.stderr).toContain(
      "checkpoint.safetensors: makeIngredients: size mismatch for l1.weight: copying a param",
    );
    writeFileSync(join(out, "config.json"), config);

    const resumed = await kindling("train", "--resume", out, "--json");
    expect(resumed.code).toBe(0);
    const before = epochs(killed.stdout);
    const whole = epochs((await unbroken).stdout);
    expect(before).toEqual(whole.slice(0, before.length));
    // It may have begun to tell the third before it died.
    expect(epochs(resumed.stdout)).toEqual(whole.slice(4 - epochs(resumed.stdout).length));
    expect(readFileSync(join(out, "history.csv"), "utf8").split("\n").length).toBe(6);
  });

  test("by Ctrl-C in the middle of an epoch", async () => {
    const out = join(emptyFolder(), "run");
    const stopped = new Command(["train", ...long, "--out", out], { env: { TQDM_MININTERVAL: "0" } });
    await stopped.said("stdout", /"epoch":1,.*\n/);
    await stopped.said("stderr", /Epoch 2\/4: +[1-9]/);
    stopped.child.kill("SIGINT");
    stopped.child.kill("SIGINT"); // as npm passes it on: the same key press
    const { code, stderr } = await stopped.ended;
    expect(code).toBe(130);
    const done = Number(
      /kindling: interrupted after (\d) of 4 epochs.* Continue with: kindling train --resume /.exec(stderr)?.[1],
    );
    expect([1, 2, 3]).toContain(done);
    expect(existsSync(join(out, "model.safetensors"))).toBe(true);

    const resumed = await kindling("train", "--resume", out, "--json");
    expect(epochs(resumed.stdout)).toEqual(epochs((await unbroken).stdout).slice(done));
    const again = await kindlingHere("train", "--resume", out, "--json");
    expect(again).toMatchObject({ code: 0, stdout: "" });
  });
});

test("kindling sweep compares", { timeout: minute }, async () => {
  const out = join(emptyFolder(), "sweep");
  const { code, stdout, stderr } = await kindlingHere(
    "sweep",
    "batch-size",
    "3000",
    "6000",
    ...quick,
    "--epochs",
    "1",
    "--out",
    out,
  );
  expect(code).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).batchSize),
  ).toEqual([3000, 6000]);
  expect(stderr).toMatch(/batch-size {2}train loss {2}train acc {2}val loss {2}val acc.*\n.*\n +3000 .*\n +6000 /);
  expect(readdirSync(out).sort()).toEqual(["batch-size-3000", "batch-size-6000", "sweep.csv", "sweep.svg"]);
});

test("kindling sweep --stop-on-nan goes on with the next value, and ends with exit code 1", {
  timeout: minute,
}, async () => {
  const args = [...quick, "--batch-size", "20000", "--epochs", "2", "--stop-on-nan", "--out", emptyFolder()];
  const { code, stdout, stderr } = await kindlingHere("sweep", "lr", "1e30", "0.01", ...args);
  expect(code).toBe(1);
  const rows = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows.map(({ lr, epoch }) => [lr, epoch])).toEqual([
    [1e30, 1],
    [0.01, 1],
    [0.01, 2],
  ]);
  expect(stderr).toMatch(
    /\nkindling: lr 1e\+30: Epoch 1: Invalid loss, terminating training: the training loss is nan\n$/,
  );
});

test("kindling sweep takes seeds that a double cannot hold, as text in JSON", { timeout: minute }, async () => {
  const args = ["--root", root, "--hidden", "1", "--batch-size", "60000", "--epochs", "1", "--json"];
  const { code, stdout } = await kindlingHere("sweep", "seed", "18446744073709551615", ...args, "--out", emptyFolder());
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ seed: "18446744073709551615", epoch: 1 });
});

test("ends quietly when nobody reads any more", { timeout: minute }, async () => {
  const command = new Command(["train", ...quick, "--epochs", "50"]);
  await command.said("stdout", /"epoch":1/);
  command.child.stdout?.destroy();
  const { code, stderr } = await command.ended;
  expect(code).toBe(141);
  expect(stderr).not.toContain("EPIPE");
});

test.runIf(process.platform === "linux")("says in one line that it cannot print", { timeout: minute }, async () => {
  const command = new Command(["data", "verify", "--root", root], { stdout: openSync("/dev/full", "w") });
  expect(await command.ended).toMatchObject({
    code: 1,
    stderr: "kindling: could not print: ENOSPC: no space left on device, write\n",
  });
});

test("without a command it says what there is", { timeout: minute }, async () => {
  const { code, stdout, stderr } = await kindling();
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("Usage: kindling [options] [command]");
});
