import { Generator, KindlingError, ValueError } from "@kindling/core";
import { type Damage, expectDamageRefused } from "@kindling/core/testing";
import { Accuracy } from "@kindling/metrics";
import { CrossEntropyLoss } from "@kindling/nn";
import { loadWithMetadata, saveSync } from "@kindling/safetensors";
import { describe, expect, test } from "vitest";
import { EarlyStopping } from "../callbacks/early-stopping.ts";
import { ModelCheckpoint } from "../callbacks/model-checkpoint.ts";
import { tinyTraining } from "../testing/index.ts";
import { type Callback, Trainer } from "../trainer.ts";
import type { TrainerState } from "./trainer-state.ts";

/** A training with everything that has a state: two callbacks, a metric, momentum, a scheduler, generators. */
function training(more: readonly Callback[] = [], seed = 1) {
  const tiny = tinyTraining([], seed);
  const { model, optimizer } = tiny;
  const callbacks = [new EarlyStopping(), new ModelCheckpoint({ write: () => {} }), ...more];
  const { scheduler } = tiny.trainer;
  const parts = { model, optimizer, ...(scheduler !== null && { scheduler }) };
  const metrics = { top2: new Accuracy({ topK: 2 }) };
  return { ...tiny, trainer: new Trainer({ ...parts, criterion: new CrossEntropyLoss(), metrics, callbacks }) };
}

type Training = ReturnType<typeof training>;

/** One that was left after `steps` steps: an epoch has 4. */
async function left(steps: number, seed: number): Promise<Training> {
  const controller = new AbortController();
  let done = 0;
  const stop: Callback = {
    name: "stop",
    onTrainBatchEnd() {
      done += 1;
      if (done === steps) controller.abort();
    },
  };
  const begun = training([stop], seed);
  await begun.trainer.fit(begun.train, begun.val, { epochs: 3, signal: controller.signal });
  return begun;
}

const saved = await (await left(6, 1)).trainer.stateDict();
const checkpoint = await (await left(6, 1)).trainer.saveCheckpoint();
const other = await (await left(5, 2)).trainer.stateDict();

/** In a trainer made the same way, and left elsewhere. */
function elsewhere(): Training {
  const made = training([], 2);
  made.trainer.loadStateDict(other);
  return made;
}

async function goOn({ trainer, train, val }: Training): Promise<void> {
  try {
    await trainer.fit(train, val, { epochs: 2 });
  } catch (error) {
    // Which generators the loaders have, nobody knows before.
    if (!(error instanceof ValueError && error.message.startsWith("Trainer.fit: "))) throw error;
  }
}

/** Optimizers, schedulers and modules have the law to themselves. */
const ownLaw = ({ path }: Damage): boolean =>
  !["model", "optimizer", "scheduler"].includes(path[0] ?? "") || path.length < 3;

/** A part may be absent. Which generators a loader has, and whether there are classes, shows when `fit` goes on. */
function mayLack({ path, sort, what }: Damage): boolean {
  const [part, name] = path;
  if (part === "scheduler" && path.length === 2) return sort === "missing" && (name ?? "").startsWith("_");
  if (part === "callbacks" && path.length === 2) return sort === "missing";
  if (path.at(-1)?.endsWith("generator") === true) return true;
  return ["scheduler: null", "unfinished: null", "unfinished.metrics.acc: deleted"].includes(what);
}

describe("a damaged training is refused with a typed error, and changes nothing", () => {
  test("as a state", { timeout: 60_000 }, async () => {
    await expectDamageRefused<Training>({
      make: elsewhere,
      state: saved,
      load: ({ trainer }, state) => trainer.loadStateDict(state as TrainerState),
      save: ({ trainer }) => trainer.stateDict(),
      use: goOn,
      tries: ownLaw,
      allows: mayLack,
    });
  });

  test("says in which part", async () => {
    const { trainer } = elsewhere();
    const load = (part: keyof TrainerState, value: unknown) => () =>
      trainer.loadStateDict({ ...saved, [part]: value } as TrainerState);
    expect(
      load("optimizer", { ...(saved.optimizer as object), state: { 0: {}, 9: {} } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Trainer.loadStateDict: optimizer: SGD.loadStateDict: state.9: no group lists a parameter of this number. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(load("callbacks", { EarlyStopping: { patience: 3 } })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Trainer.loadStateDict: callbacks.EarlyStopping: EarlyStopping.loadStateDict: Missing key(s) in state_dict: "waitCount": there are patience. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(load("model", {})).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: Trainer.loadStateDict: model: loadStateDict: Error(s) in loading state_dict for Linear:
      	Missing key(s) in state_dict: "weight", "bias".  Load what fits with { strict: false }, or rename the keys.]
    `);
    expect(
      load("unfinished", { ...saved.unfinished, metrics: { loss: { sum: 1 } } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Trainer.loadStateDict: unfinished.metrics.loss: Mean.loadStateDict: Missing key(s) in state_dict: "weight": there are sum. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(load("generators", { ...saved.generators, default: new Uint8Array(7) })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Trainer.loadStateDict: generators.default: setState: Expected a CPUGeneratorImplState of size 5056 but found the input RNG state size to be 7. Pass what getState() returned.]`,
    );
    expect(load("epoch", 7)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Trainer.loadStateDict: epoch: it is 7, and the history has 1 epochs. Pass what stateDict() of the same kind of object returned.]`,
    );
    expect(() => trainer.loadStateDict(null as never)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Trainer.loadStateDict: Expected state_dict to be dict-like, got <class 'NoneType'>. Pass what stateDict() of the same kind of object returned.]`,
    );
  });

  test("generators that a loader does not have are refused by fit, which can be called again", async () => {
    const { trainer, train, val } = elsewhere();
    const generators = { ...saved.generators, train: {} };
    trainer.loadStateDict({ ...saved, unfinished: null, generators });
    await expect(trainer.fit(train, val, { epochs: 3 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ValueError: Trainer.fit: generators.train: DataLoader.loadStateDict: Missing key(s) in state_dict: "generator". Resume with the arguments of the saved run: with a generator if it had one, without if not.]`,
    );
    trainer.loadStateDict(saved);
    expect((await trainer.fit(train, val, { epochs: 3 })).length).toBe(3);
  });
});

describe("a damaged checkpoint is refused with a typed error", () => {
  const KEY = "kindling.trainer";
  const { tensors, metadata } = loadWithMetadata(checkpoint);
  const form = metadata?.[KEY] ?? "";
  const withForm = (text: string): Uint8Array => saveSync(tensors, { metadata: { [KEY]: text } });
  const { trainer } = elsewhere();

  /** What is thrown, as text; null where the file is accepted. */
  function refusal(bytes: Uint8Array): string | null {
    try {
      trainer.loadCheckpoint(bytes);
      return null;
    } catch (error) {
      expect(error, String((error as Error).stack)).toBeInstanceOf(KindlingError);
      return (error as Error).message;
    }
  }

  test.each([
    ["brackets without end", "[".repeat(100_000)],
    ["brackets, closed", "[".repeat(100_000) + "]".repeat(100_000)],
    ["objects without end", '{"a":'.repeat(100_000)],
    ["objects, closed", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
    ["a tensor that is on every object", '{"$tensor":"__proto__"}'],
    ["another one", '{"model":{"$tensor":"constructor"}}'],
    ["a tensor without a name", '{"model":{"$tensor":7}}'],
    ["a number that is none", '{"epoch":{"$number":"__proto__"}}'],
    ["bytes that are a matrix", '{"generators":{"default":{"$tensor":"model.weight","bytes":true}}}'],
    ["nothing", "null"],
    ["a number", "3"],
    ["no JSON", "{"],
    ["nothing at all", ""],
    ["a prototype", '{"__proto__":{"version":1}}'],
    ["a constructor", '{"version":1,"constructor":null}'],
  ])("%s", (_, text) => {
    const started = performance.now();
    const message = refusal(withForm(text));
    expect(message).toMatch(/^(readCheckpoint|unpack|safetensors): /);
    expect(message?.length).toBeLessThan(400);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("whatever is wrong with it, within a few seconds", { timeout: 60_000 }, () => {
    const generator = new Generator(20_260);
    const below = (count: number): number => generator.random32() % count;
    const counts = { refused: 0, accepted: 0 };
    const started = performance.now();
    for (let i = 0; i < 2000 && performance.now() - started < 5000; i++) {
      const bytes = i % 2 === 0 ? flipped(checkpoint, below) : withForm(mutated(form, below));
      counts[refusal(bytes) === null ? "accepted" : "refused"] += 1;
    }
    expect(counts.refused).toBeGreaterThan(counts.accepted);
    trainer.loadStateDict(other);
  });
});

type Below = (count: number) => number;

/** A few bytes changed, half of them in the header; now and then a piece cut off or put in. */
function flipped(bytes: Uint8Array, below: Below): Uint8Array {
  const damaged = bytes.slice();
  const header = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  for (let i = 0; i <= below(3); i++) damaged[below(below(2) === 0 ? header : bytes.length)] = below(256);
  if (below(8) === 0) return damaged.subarray(0, below(bytes.length));
  return damaged;
}

const PIECES = [
  "null",
  "true",
  "-1",
  "0.5",
  "1e999",
  '"__proto__"',
  "[]",
  "{}",
  '{"$tensor":"__proto__"}',
  '{"$tensor":"history"}',
  '{"$number":"NaN"}',
  '{"$undefined":true}',
  '{"$tensor":"model.weight","bytes":true}',
  '{"__proto__":{"version":1}}',
  "[".repeat(200),
  '"constructor"',
];

/** The JSON with a value or key replaced by something else, a piece left out, or two letters exchanged. */
function mutated(form: string, below: Below): string {
  const values = [...form.matchAll(/"[^"]*"|-?\d[\d.e+-]*|null|true|false|\{\}|\[\]/g)];
  const found = values[below(values.length)];
  const [start, end] = [found?.index ?? 0, (found?.index ?? 0) + (found?.[0].length ?? 0)];
  switch (below(4)) {
    case 0: {
      const at = below(form.length);
      return form.slice(0, at) + String.fromCharCode(32 + below(95)) + form.slice(at + 1);
    }
    case 1:
      return form.slice(0, start) + form.slice(end + below(20));
    default:
      return form.slice(0, start) + PIECES[below(PIECES.length)] + form.slice(end);
  }
}
