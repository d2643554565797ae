import { describe, expect, expectTypeOf, test } from "vitest";
import type { Progress, TqdmOptions } from "./options.ts";
import { tqdm } from "./tqdm.ts";
import type { TqdmBar } from "./tqdm-bar.ts";
import type { TqdmIterable } from "./tqdm-iterable.ts";
import { trange } from "./trange.ts";

class Recorder {
  text = "";
  columns?: number;
  rows?: number;
  isTTY?: boolean;
  unicode?: boolean;
  write(text: string): void {
    this.text += text;
  }
  get last(): string {
    return this.text.trimEnd().split("\r").at(-1) ?? "";
  }
}

async function* letters(log: string[] = []): AsyncGenerator<string> {
  try {
    yield "a";
    yield "b";
    yield "c";
  } finally {
    log.push("closed");
  }
}

describe("over an iterable", () => {
  test("yields what it yields, and is drawn to the end", () => {
    const file = new Recorder();
    expect([...tqdm([3, 1, 2], { file })]).toEqual([3, 1, 2]);
    expect(file.last).toMatch(/^100%\|█{10}\| 3\/3 \[00:00<00:00, .*it\/s\]$/);
    expect(file.text.endsWith("\n")).toBe(true);
  });

  test("an asynchronous one too", async () => {
    const file = new Recorder();
    const seen: string[] = [];
    for await (const letter of tqdm(letters(), { file, total: 3 })) seen.push(letter);
    expect(seen).toEqual(["a", "b", "c"]);
    expect(file.last).toContain("3/3");
  });

  test("for await over a synchronous one waits for promises", async () => {
    const seen: number[] = [];
    for await (const n of tqdm([Promise.resolve(1), Promise.resolve(2)], { file: null })) seen.push(n);
    expect(seen).toEqual([1, 2]);
  });

  test.each([
    ["an array", [1, 2, 3], 3],
    ["a set", new Set([1, 2]), 2],
    ["a map", new Map([[1, 2]]), 1],
    ["a typed array", new Float32Array(4), 4],
    ["a string", "abcd", 4],
    ["a loader", { length: 7, *[Symbol.iterator]() {} }, 7],
    ["a tensor", { shape: [5, 2], size: () => [5, 2], *[Symbol.iterator]() {} }, 5],
    ["a generator", (function* () {})(), null],
    [
      "a loader without a length",
      {
        get length(): number {
          throw new TypeError("no len()");
        },
        *[Symbol.iterator]() {},
      },
      null,
    ],
  ])("knows how many there are: %s", (_, iterable: Iterable<unknown>, total) => {
    const bar = tqdm(iterable, { file: new Recorder() });
    expect(bar.total).toBe(total);
    bar.close();
  });

  test("total overrules, and Infinity means unknown", () => {
    const options = { file: null };
    expect(tqdm([1], { ...options, total: 5 }).total).toBe(5);
    expect(tqdm([1], { ...options, total: null }).total).toBe(null);
    expect(tqdm([1], { ...options, total: Number.POSITIVE_INFINITY }).total).toBe(null);
  });

  test("once closed it iterates without drawing", () => {
    const file = new Recorder();
    const bar = tqdm([1, 2], { file });
    expect([...bar]).toEqual([1, 2]);
    const drawn = file.text;
    expect([...bar]).toEqual([1, 2]);
    expect(file.text).toBe(drawn);
  });

  test("for ... of over an asynchronous one says what to write", () => {
    const bar = tqdm(letters(), { file: null }) as unknown as Iterable<string>;
    expect(() => [...bar]).toThrow("Loop with `for await (const x of tqdm(iterable))`.");
  });

  test("types: what comes out is what went in", () => {
    const options = { file: null };
    expectTypeOf(tqdm([1], options)).toEqualTypeOf<TqdmIterable<number>>();
    expectTypeOf(tqdm(letters(), options)).toEqualTypeOf<TqdmBar & AsyncIterable<string>>();
    expectTypeOf(tqdm(options)).toEqualTypeOf<TqdmBar>();
  });
});

describe("closed, whatever happens", () => {
  const leftBy = (leave: (file: Recorder) => void): Recorder => {
    const file = new Recorder();
    leave(file);
    return file;
  };

  test("break, and the source is told", () => {
    const log: string[] = [];
    function* source() {
      try {
        yield* [1, 2, 3];
      } finally {
        log.push("closed");
      }
    }
    const file = leftBy((file) => {
      for (const n of tqdm(source(), { file })) if (n === 2) break;
    });
    expect(log).toEqual(["closed"]);
    expect(file.last).toMatch(/^1it /); // as in Python, the one broken at is not counted
    expect(file.text.endsWith("\n")).toBe(true);
  });

  test("an error in the loop", () => {
    const file = leftBy((file) => {
      expect(() => {
        for (const _ of tqdm([1, 2], { file })) throw new Error("mine");
      }).toThrow("mine");
    });
    expect(file.text.endsWith("\n")).toBe(true);
  });

  test("an error in the source", () => {
    const file = leftBy((file) => {
      const source = (function* () {
        yield 1;
        throw new Error("its own");
      })();
      expect(() => [...tqdm(source, { file })]).toThrow("its own");
    });
    expect(file.last).toMatch(/^1it /);
    expect(file.text.endsWith("\n")).toBe(true);
  });

  test("asynchronously: break, an error in the loop, an error in the source", async () => {
    const log: string[] = [];
    const file = new Recorder();
    for await (const _ of tqdm(letters(log), { file })) break;
    expect(log).toEqual(["closed"]);
    expect(file.text.endsWith("\n")).toBe(true);

    const second = new Recorder();
    await expect(async () => {
      for await (const _ of tqdm(letters(log), { file: second })) throw new Error("mine");
    }).rejects.toThrow("mine");
    expect(log).toEqual(["closed", "closed"]);
    expect(second.text.endsWith("\n")).toBe(true);

    const third = new Recorder();
    const failing = (async function* () {
      yield 1;
      throw new Error("its own");
    })();
    await expect(async () => {
      for await (const _ of tqdm(failing, { file: third }));
    }).rejects.toThrow("its own");
    expect(third.text.endsWith("\n")).toBe(true);
  });

  test("using", () => {
    const file = new Recorder();
    {
      using bar = tqdm({ total: 2, file });
      bar.update();
    }
    expect(file.last).toContain("1/2");
    expect(file.text.endsWith("\n")).toBe(true);
  });

  test("the line is free again", () => {
    const bars = [tqdm({ file: new Recorder() }), tqdm({ file: new Recorder() }), tqdm({ file: new Recorder() })];
    expect(bars.map((bar) => bar.pos)).toEqual([0, 1, 2]);
    bars[1]?.close();
    const next = tqdm({ file: new Recorder() });
    expect(next.pos).toBe(1);
    for (const bar of [...bars, next]) bar.close();
  });

  test("a bar hidden below the screen takes a free line", () => {
    const file = new Recorder();
    const bars = [0, 1, 2].map(() => tqdm({ file, nrows: 3 }));
    bars[0]?.close();
    expect(bars.map((bar) => bar.pos)).toEqual([0, 1, 0]);
    for (const bar of bars) bar.close();
  });
});

describe("where it draws", () => {
  const draw = (file: Recorder, options: TqdmOptions = {}): string => {
    const bar = tqdm({ total: 10, file, ...options });
    bar.close();
    return file.text.split("\r")[1] ?? "";
  };

  test("one column less than the terminal has, followed as it changes", () => {
    const file = Object.assign(new Recorder(), { columns: 61 });
    const bar = tqdm({ total: 10, file });
    file.columns = 41;
    bar.refresh();
    bar.close();
    expect(
      file.text
        .split("\r")
        .slice(1, 3)
        .map((line) => line.trimEnd().length),
    ).toEqual([60, 40]);
  });

  test("ncols is fixed", () => {
    expect(draw(Object.assign(new Recorder(), { columns: 61 }), { ncols: 50 })).toHaveLength(50);
  });

  test("ASCII where the output has no Unicode", () => {
    const file = Object.assign(new Recorder(), { unicode: false });
    const bar = tqdm({ total: 3, initial: 1, file });
    bar.close();
    expect(file.text).toContain("|###3      |");
  });

  test("disable: true draws nothing; null draws on terminals only", () => {
    expect(draw(new Recorder(), { disable: true })).toBe("");
    expect(draw(new Recorder(), { disable: null })).toBe("");
    expect(draw(Object.assign(new Recorder(), { isTTY: true }), { disable: null })).toContain("0/10");
  });

  test("disabled, update counts nothing, as in Python", () => {
    const bar = tqdm({ disable: true });
    expect(bar.update(3)).toBe(false);
    expect(bar.n).toBe(0);
  });

  test("with no file, it tells onUpdate", () => {
    const seen: Progress[] = [];
    let now = 0;
    const options = {
      file: null,
      desc: "train",
      time: () => now,
      onUpdate: (progress: Progress) => seen.push(progress),
    };
    for (const _ of tqdm([1, 2], options)) now += 1;
    expect(seen.map(({ n, closed }) => [n, closed])).toEqual([
      [0, false],
      [1, false],
      [2, false],
      [2, true],
    ]);
    expect(seen.at(-1)).toEqual({
      n: 2,
      total: 2,
      elapsed: 2,
      rate: 1,
      desc: "train",
      postfix: "",
      text: "train: 100%|██████████| 2/2 [00:02<00:00,  1.00it/s]",
      closed: true,
    });
  });

  test("an unknown option names those that exist", () => {
    expect(() => tqdm({ unit_scale: true } as TqdmOptions)).toThrow(
      /^Unknown argument\(s\): unit_scale\. tqdm takes desc, total, .*unitScale/,
    );
  });
});

describe("a loop that becomes slow", () => {
  test("is drawn within a few iterations although miniters had grown", () => {
    let now = 0;
    const file = new Recorder();
    const bar = tqdm({ total: 2e6, file, time: () => now });
    for (let i = 0; i < 1.03e6; i++) {
      now += 1e-6;
      bar.update();
    }
    let slow = 0;
    do {
      now += 1;
      slow++;
    } while (!bar.update());
    expect(slow).toBeLessThanOrEqual(64);
    for (slow = 0; slow === 0 || !bar.update(); slow++) now += 1;
    expect(slow).toBeLessThanOrEqual(17);
    bar.close();
  });

  test("looks at the clock rarely while it is fast", () => {
    let now = 0;
    let looks = 0;
    const time = () => {
      looks++;
      return now;
    };
    const bar = tqdm({ total: 1e6, file: new Recorder(), time });
    for (let i = 0; i < 2e5; i++) {
      now += 1e-6;
      bar.update();
    }
    const first = looks;
    for (let i = 0; i < 8e5; i++) {
      now += 1e-6;
      bar.update();
    }
    expect(looks - first).toBeLessThan(8e5 / 50);
    bar.close();
  });
});

describe("trange", () => {
  const options = { file: null };
  test("takes range's arguments, options last", () => {
    expect([...trange(3, options)]).toEqual([0, 1, 2]);
    expect([...trange(2, 5, options)]).toEqual([2, 3, 4]);
    expect([...trange(5, 0, -2, options)]).toEqual([5, 3, 1]);
    expect([...trange(0, options)]).toEqual([]);
    expect(trange(5, 0, -2, options).total).toBe(3);
  });

  test("refuses a step of 0", () => {
    expect(() => trange(0, 1, 0)).toThrow("range() arg 3 must not be zero");
  });
});
