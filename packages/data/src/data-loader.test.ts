import {
  arange,
  Generator,
  getRngState,
  isTensor,
  manualSeed,
  rand,
  scope,
  setRngState,
  setWarningSink,
  type Tensor,
  tensor,
} from "@kindling/core";
import { expectDamageRefused } from "@kindling/core/testing";
import { describe, expect, expectTypeOf, test } from "vitest";
import golden from "./data.golden.json";
import { DataLoader } from "./data-loader.ts";
import type { DataLoaderOptions } from "./data-loader-options.ts";
import type { Dataset } from "./dataset.ts";
import { BatchSampler } from "./samplers/batch-sampler.ts";
import { RandomSampler } from "./samplers/random-sampler.ts";
import { SequentialSampler } from "./samplers/sequential-sampler.ts";
import { TensorDataset } from "./tensor-dataset.ts";

const numbers = (count: number) => new TensorDataset(arange(count));

async function epoch(
  loader: AsyncIterable<readonly Tensor[]>,
  stopAfter = Number.POSITIVE_INFINITY,
): Promise<unknown[]> {
  const batches: unknown[] = [];
  for await (const [batch] of loader) if (batches.push(batch?.toListSync()) === stopAfter) break;
  return batches;
}

async function collect<B>(loader: AsyncIterable<B>): Promise<unknown[]> {
  const batches: unknown[] = [];
  for await (const batch of loader) batches.push(isTensor(batch) ? batch.toListSync() : batch);
  return batches;
}

describe("DataLoader gives PyTorch's order", () => {
  test.each(golden.orders.map((row) => [JSON.stringify({ ...row, epochs: undefined }), row] as const))(
    "%s",
    async (_, row) => {
      manualSeed(row.seed);
      const own = row.generatorSeed === undefined ? {} : { generator: new Generator(row.generatorSeed) };
      const loader = new DataLoader(numbers(row.count), { ...row.options, ...own });
      expect(loader.length).toBe(row.length);
      for (const batches of row.epochs) expect(await epoch(loader, row.stopAfter)).toEqual(batches);
      expect(rand([2]).toTypedArraySync()).toEqual(Float32Array.from(row.then));
      if (own.generator !== undefined) {
        expect(rand([2], own).toTypedArraySync()).toEqual(Float32Array.from(row.generatorThen ?? []));
      }
    },
  );

  test("one sample at a time, without getBatch", async () => {
    const [row] = golden.orders;
    const dataset = numbers(10);
    manualSeed(0);
    const loader = new DataLoader({ length: 10, get: (i: number) => dataset.get(i) }, { batchSize: 4, shuffle: true });
    expect(await epoch(loader)).toEqual(row?.epochs[0]);
  });

  test("two epochs side by side", async () => {
    const [row] = golden.interleaved;
    manualSeed(row?.seed as number);
    const loader = new DataLoader(numbers(row?.count as number), {
      batchSize: row?.batchSize as number,
      shuffle: true,
    });
    const iterators = [loader[Symbol.asyncIterator](), loader[Symbol.asyncIterator]()];
    const taken: unknown[] = [];
    for (const turn of row?.turns ?? []) {
      const { value } = (await iterators[turn - 1]?.next()) ?? {};
      taken.push(value?.[0].toListSync());
    }
    expect(taken).toEqual(row?.taken);
  });
});

describe("DataLoader reads", () => {
  test("through getBatch where there is one, and one by one for a collateFn", async () => {
    const calls: string[] = [];
    const dataset: Dataset<number> = {
      length: 3,
      get: (index) => calls.push(`get ${index}`),
      getBatch: (indices) => {
        calls.push(`getBatch ${indices}`);
        return arange(indices.length);
      },
    };
    await collect(new DataLoader(dataset, { batchSize: 2 }));
    expect(calls.splice(0)).toEqual(["getBatch 0,1", "getBatch 2"]);
    await collect(new DataLoader(dataset, { batchSize: 2, collateFn: (samples) => samples.length }));
    expect(calls.splice(0)).toEqual(["get 0", "get 1", "get 2"]);
  });

  test("through get where a subclass has overridden that alone", async () => {
    class Negated extends TensorDataset<[Tensor]> {
      override get(index: number): [Tensor] {
        return [super.get(index)[0].neg()];
      }
    }
    expect(await epoch(new DataLoader(new Negated(arange(3)), { batchSize: 3 }))).toEqual([[0, -1, -2]]);
  });

  test("an array of samples", async () => {
    const loader = new DataLoader([1.5, 2.5, 3.5], { batchSize: 2 });
    expect(await collect(loader)).toEqual([[1.5, 2.5], [3.5]]);
  });

  test("single samples with batchSize null", async () => {
    const loader = new DataLoader<string, string>(["a", "b"], { batchSize: null });
    expect(loader.length).toBe(2);
    expect(await collect(loader)).toEqual(["a", "b"]);
    const upper = new DataLoader(["a", "b"], { batchSize: null, collateFn: (sample) => sample.toUpperCase() });
    expect(await collect(upper)).toEqual(["A", "B"]);
  });

  test("in the order of a sampler, and in the batches of a batchSampler", async () => {
    const dataset = numbers(10);
    expect(await epoch(new DataLoader(dataset, { batchSize: 2, sampler: [3, 1, 2] }))).toEqual([[3, 1], [2]]);
    const loader = new DataLoader(dataset, { batchSampler: [[9], [0, 1]] });
    expect(await epoch(loader)).toEqual([[9], [0, 1]]);
    expect([loader.length, loader.batchSize, loader.dropLast]).toEqual([2, null, false]);
  });

  test("with the types that it gives", () => {
    const dataset = {} as Dataset<[Tensor, number]>;
    expectTypeOf<DataLoader<[Tensor, number]>>().toExtend<AsyncIterable<[Tensor, Tensor]>>();
    const count = (): DataLoader<[Tensor, number], number> => new DataLoader(dataset, { collateFn: (s) => s.length });
    expectTypeOf(count).returns.toExtend<AsyncIterable<number>>();
  });

  test("to the end, and then nothing", async () => {
    const iterator = new DataLoader(numbers(1))[Symbol.asyncIterator]();
    expect((await iterator.next()).done).toBe(false);
    expect((await iterator.next()).done).toBe(true);
    expect((await iterator.next()).done).toBe(true);
  });

  test("batches that belong to no scope", async () => {
    for (const dataset of [numbers(4), new AsyncStream()]) {
      const loader = new DataLoader<unknown, unknown[]>(dataset as Dataset<unknown>, { collateFn: () => [arange(2)] });
      const opened = scope();
      const asked = loader[Symbol.asyncIterator]().next();
      const { value } = await asked;
      opened.dispose();
      expect((value as Tensor[])[0]?.toListSync()).toEqual([0, 1]);
    }
  });

  test("and lets the event loop go round while it does", async () => {
    const slow = {
      length: 40,
      get(index: number) {
        busy(1);
        return index;
      },
    };
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    await collect(new DataLoader(slow));
    clearInterval(timer);
    expect(ticks).toBeGreaterThanOrEqual(2);
  });
});

function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

class Stream implements Iterable<number> {
  closed = 0;
  *[Symbol.iterator](): Generator_ {
    try {
      for (let i = 0; i < 10; i++) yield i;
    } finally {
      this.closed += 1;
    }
  }
}
type Generator_ = globalThis.Generator<number, void, undefined>;

class SizedStream extends Stream {
  readonly length: number = 10;
}

class AsyncStream {
  async *[Symbol.asyncIterator](): AsyncGenerator<number> {
    yield* new Stream();
  }
}

describe("DataLoader of a stream", () => {
  test.each(golden.iterable)("with $options is PyTorch's", async ({ options, length, batches }) => {
    const given = options as DataLoaderOptions<number, unknown>;
    const loader = new DataLoader<number, unknown>(new SizedStream(), given);
    expect(await collect(loader)).toEqual(batches);
    expect(await collect(new DataLoader<number, unknown>(new AsyncStream(), given))).toEqual(batches);
    expect(loader.length).toBe(length);
  });

  test("closes it when the loop is left early, and begins anew", async () => {
    const stream = new Stream();
    const loader = new DataLoader(stream, { batchSize: 4 });
    for await (const _ of loader) break;
    expect(stream.closed).toBe(1);
    expect(await collect(loader)).toHaveLength(3);
  });

  test("gives batches in order to whoever asks for several at once", async () => {
    const iterator = new DataLoader(new AsyncStream(), { batchSize: 5 })[Symbol.asyncIterator]();
    const results = await Promise.all([iterator.next(), iterator.next(), iterator.next()]);
    expect(results.map(({ done, value }) => (done === true ? "end" : value?.toListSync()))).toEqual([
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9],
      "end",
    ]);
  });

  test("gives no batch to the scope of another task", async () => {
    let arrive: (result: IteratorResult<number>) => void = () => {};
    let tell = (): void => {};
    const isWaiting = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const stream = {
      [Symbol.asyncIterator]: () => ({
        next: () =>
          new Promise<IteratorResult<number>>((resolve) => {
            arrive = resolve;
            tell();
          }),
      }),
    };
    const iterator = new DataLoader(stream, { collateFn: () => arange(2) })[Symbol.asyncIterator]();
    const asked = iterator.next();
    await isWaiting;
    // The sample arrives, and before the loader gets to see it another task opens a scope.
    arrive({ done: false, value: 1 });
    const opened = scope();
    const { value } = await asked;
    opened.dispose();
    expect(value?.toListSync()).toEqual([0, 1]);
  });

  test("warns when there is more than was said", async () => {
    const warnings: string[] = [];
    const undo = setWarningSink((message) => warnings.push(message));
    const stream = Object.assign(new Stream(), { length: 8 });
    const loader = new DataLoader(stream, { batchSize: 3 });
    expect(loader.length).toBe(3);
    expect(await collect(loader)).toHaveLength(4);
    undo();
    expect(warnings).toEqual([
      "Length of IterableDataset Stream was reported to be 8(when accessing len(dataloader)), but 9 samples have been fetched. ",
    ]);
  });

  test("passes on what the stream throws, and closes it when the batch cannot be made", async () => {
    const failing = {
      *[Symbol.iterator](): globalThis.Generator<number> {
        yield 1;
        throw new RangeError("the tape is torn");
      },
    };
    await expect(collect(new DataLoader(failing))).rejects.toThrow(new RangeError("the tape is torn"));
    const stream = new Stream();
    const collateFn = (): never => {
      throw new Error("no");
    };
    await expect(collect(new DataLoader(stream, { collateFn }))).rejects.toThrow("no");
    expect(stream.closed).toBe(1);
  });
});

describe("DataLoader resumes", () => {
  test.each([
    ["a generator", () => new DataLoader(numbers(10), { batchSize: 4, shuffle: true, generator: new Generator(5) })],
    ["the default generator", () => new DataLoader(numbers(10), { batchSize: 4, shuffle: true })],
    [
      "a sampler with a generator",
      () => new DataLoader(numbers(10), { sampler: new RandomSampler(10, { generator: new Generator(6) }) }),
    ],
  ])("with %s, as an unbroken run would have gone on", async (_, make) => {
    manualSeed(1);
    const loader = make();
    await epoch(loader);
    const [state, generator] = [loader.stateDict(), getRngState()];
    const unbroken = [await epoch(loader), await epoch(loader)];
    manualSeed(2);
    const resumed = make();
    resumed.loadStateDict(state);
    setRngState(generator);
    expect([await epoch(resumed), await epoch(resumed)]).toEqual(unbroken);
  });

  test("a damaged state is refused with a typed error, and changes nothing", async () => {
    const make = (seed: number) => {
      const sampler = new RandomSampler(10, { generator: new Generator(seed) });
      return new DataLoader(numbers(10), { sampler, generator: new Generator(seed) });
    };
    const saved = make(2);
    await epoch(saved);
    await expectDamageRefused<typeof saved>({ make: () => make(1), state: saved.stateDict(), use: epoch });
  });

  test("refuses the state of another kind of loader", () => {
    const own = new DataLoader(numbers(3), { generator: new Generator(1) });
    const plain = new DataLoader(numbers(3));
    expect(() => plain.loadStateDict(own.stateDict())).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader.loadStateDict: Unexpected key(s) in state_dict: "generator". Resume with the arguments of the saved run: with a generator if it had one, without if not.]`,
    );
    expect(() => own.loadStateDict(plain.stateDict())).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader.loadStateDict: Missing key(s) in state_dict: "generator". Resume with the arguments of the saved run: with a generator if it had one, without if not.]`,
    );
    expect(() => plain.loadStateDict({ "sampler.generator": new Uint8Array() })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: BatchSampler.loadStateDict: Unexpected key(s) in state_dict: "generator". Resume with the arguments of the saved run: with a generator if it had one, without if not.]`,
    );
  });
});

describe("DataLoader says where it went wrong", () => {
  const broken: Dataset<number> = {
    length: 4,
    get(index) {
      if (index === 2) throw new RangeError("page 2 is missing");
      return index;
    },
  };

  test("at which index", async () => {
    const loader = new DataLoader(broken, { batchSize: 2 });
    await expect(collect(loader)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[KindlingError: DataLoader: reading sample 2 of the data set failed: page 2 is missing]`,
    );
    await expect(collect(loader)).rejects.toHaveProperty("cause", new RangeError("page 2 is missing"));
    const whole = {
      ...broken,
      getBatch: (indices: readonly number[] | Int32Array) => arange(Math.max(...Array.from(indices, broken.get))),
    };
    await expect(collect(new DataLoader(whole, { batchSize: 2 }))).rejects.toThrow("reading sample 2");
    await expect(collect(new DataLoader(broken, { batchSize: null }))).rejects.toThrow("reading sample 2");
  });

  test("with the error of getBatch where each sample can be read", async () => {
    const dataset: Dataset<number> = {
      length: 2,
      get: (index) => index,
      getBatch: () => {
        throw new RangeError("not together");
      },
    };
    await expect(collect(new DataLoader(dataset))).rejects.toThrow(new RangeError("not together"));
  });

  test("for an index beyond the data set", async () => {
    await expect(collect(new DataLoader(numbers(3), { sampler: [0, 3] }))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[KindlingError: DataLoader: reading sample 3 of the data set failed: TensorDataset.get: index 3 is out of bounds for dimension 0 with size 3. Indices go from 0 to 2, or from -1 back to -3.]`,
    );
  });
});

describe("DataLoader refuses, in PyTorch's words", () => {
  const sampler = new SequentialSampler(10);
  const batchSampler = new BatchSampler(sampler, 2, false);
  const make = (options: object) => () => new DataLoader(numbers(10), options);
  const MISTAKES: Record<string, () => unknown> = {
    "{ numWorkers: -1 }": make({ numWorkers: -1 }),
    "{ timeout: -1 }": make({ timeout: -1 }),
    "{ prefetchFactor: 2 }": make({ prefetchFactor: 2 }),
    "{ numWorkers: 1, prefetchFactor: -1 }": make({ numWorkers: 1, prefetchFactor: -1 }),
    "{ persistentWorkers: true }": make({ persistentWorkers: true }),
    "{ sampler, shuffle: true }": make({ sampler, shuffle: true }),
    "{ batchSampler, batchSize: 4 }": make({ batchSampler, batchSize: 4 }),
    "{ batchSampler, shuffle: true }": make({ batchSampler, shuffle: true }),
    "{ batchSampler, sampler }": make({ batchSampler, sampler }),
    "{ batchSampler, dropLast: true }": make({ batchSampler, dropLast: true }),
    "{ batchSize: null, dropLast: true }": make({ batchSize: null, dropLast: true }),
    "{ batchSize: 0 }": make({ batchSize: 0 }),
    "{ batchSize: -1 }": make({ batchSize: -1 }),
    "{ batchSize: 2.5 }": make({ batchSize: 2.5 }),
    "{ dropLast: 'yes' }": make({ dropLast: "yes" }),
    "empty, { shuffle: true }": () => new DataLoader(numbers(0), { shuffle: true }),
    "IterableDataset, { shuffle: true }": () => new DataLoader(new Stream(), { shuffle: true }),
    "IterableDataset, { sampler }": () => new DataLoader(new Stream(), { sampler: [1, 2] }),
    "IterableDataset, { batchSampler }": () => new DataLoader(new Stream(), { batchSampler: [[1, 2]] }),
    "IterableDataset without a length: length": () => new DataLoader(new Stream()).length,
  };
  const rows = golden.errors.filter(({ call }) => /^\{|^empty|^Iterable/.test(call));

  test("every mistake of the golden file is tried", () => {
    expect(rows.map(({ call }) => call)).toEqual(Object.keys(MISTAKES));
  });

  test.each(rows)("$call", ({ call, message }) => {
    expect(MISTAKES[call]).toThrow(message);
  });

  test.each(golden.errors.filter(({ call }) => call.startsWith("set ")))("$call", ({ call, message }) => {
    const name = call.slice(4).replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    const loader = new DataLoader(numbers(10)) as unknown as Record<string, unknown>;
    expect(name in loader).toBe(true);
    expect(() => {
      loader[name] = 1;
    }).toThrow(message);
  });

  test("pinMemory has no effect, and says so", () => {
    const warnings: string[] = [];
    const undo = setWarningSink((message) => warnings.push(message));
    make({ pinMemory: true })();
    undo();
    expect(warnings).toEqual([
      "'pin_memory' argument is set as true but no accelerator is found, then device pinned memory won't be used.",
    ]);
  });

  test("and says the way out", () => {
    expect(make({ batch_size: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader: DataLoader.__init__() got an unexpected keyword argument 'batch_size'. Did you mean batchSize? Its options are: batchSize, shuffle, sampler, batchSampler, numWorkers, collateFn, pinMemory, dropLast, timeout, generator, prefetchFactor, persistentWorkers.]`,
    );
    expect(make({ batchsize: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader: DataLoader.__init__() got an unexpected keyword argument 'batchsize'. Did you mean batchSize? Its options are: batchSize, shuffle, sampler, batchSampler, numWorkers, collateFn, pinMemory, dropLast, timeout, generator, prefetchFactor, persistentWorkers.]`,
    );
    expect(make({ numWorkers: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader: numWorkers > 0 is not supported yet, but got numWorkers=2. Omit it: a data set with getBatch reads a batch faster than it could be handed over from a worker.]`,
    );
    expect(make({ timeout: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader: _SingleProcessDataLoaderIter requires timeout == 0. Omit timeout: it is for workers.]`,
    );
    expect(make({ sampler, shuffle: true })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader: sampler option is mutually exclusive with shuffle. Omit shuffle, or use a RandomSampler as sampler.]`,
    );
    expect(() => {
      // @ts-expect-error a number of batches cannot be set
      make({})().batchSize = 3;
    }).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader: batch_size attribute should not be set after DataLoader is initialized. Make a new DataLoader.]`,
    );
    expect(make({ generator: 3 as never })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader: generator must be a Generator, but got 3. Give one: new Generator().manualSeed(3).]`,
    );
    expect(make({ collateFn: 3 as never })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader: collate_fn must be a function, but got 3. Omit collateFn for the default.]`,
    );
    // @ts-expect-error a number is no data set
    expect(() => new DataLoader(3)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader: dataset should have a length and get(index): got number. Hand in a Dataset or an array of samples.]`,
    );
  });
});

describe("habits", () => {
  const loader = new DataLoader([1, 2, 3]);

  test("a batch size by itself would have trained with batches of 1", () => {
    expect(() => new DataLoader([1, 2, 3], 32 as never)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: DataLoader: DataLoader.__init__() takes its options as an object: got 32. Write { batchSize: 32 }. Its options are: batchSize, shuffle, sampler, batchSampler, numWorkers, collateFn, pinMemory, dropLast, timeout, generator, prefetchFactor, persistentWorkers.]`,
    );
    for (const wrong of ["32", [32], true, tensor([32]), new Generator(1)]) {
      expect(() => new DataLoader([1, 2, 3], wrong as never)).toThrow("takes its options as an object: got ");
    }
  });

  test("a loop that does not wait", () => {
    const iterable: unknown = loader;
    expect(() => [...(iterable as Iterable<number>)]).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentTypeError: DataLoader: 'DataLoader' object is not iterable: batches are read asynchronously. Write for await (const [inputs, labels] of loader).]`,
    );
  });

  test("a loader is no JSON", () => {
    expect(() => JSON.stringify(loader)).toThrow(
      "Object of type DataLoader is not JSON serializable. Write the options",
    );
  });
});
