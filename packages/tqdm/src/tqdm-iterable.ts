import { checkTqdmOptions, type TqdmOptions } from "./options.ts";
import { TqdmBar } from "./tqdm-bar.ts";

/**
 * A bar over an iterable: yields what it yields and is moved as the next one is asked for.
 *
 * It is closed at the end, on `break`, and when either side throws. Once closed it iterates without drawing.
 */
export class TqdmIterable<T> extends TqdmBar implements Iterable<T>, AsyncIterable<Awaited<T>> {
  readonly #source: Iterable<T> | AsyncIterable<T>;

  constructor(source: Iterable<T> | AsyncIterable<T>, options: TqdmOptions = {}) {
    checkTqdmOptions(options);
    super({ ...options, total: options.total === undefined ? lengthOf(source) : options.total });
    this.#source = source;
  }

  /** @throws TypeError where the iterable is an asynchronous one. */
  [Symbol.iterator](): IterableIterator<T> {
    const source = this.#source;
    if (!(Symbol.iterator in Object(source))) {
      this.close();
      throw new TypeError("tqdm: the iterable is asynchronous. Loop with `for await (const x of tqdm(iterable))`.");
    }
    let iterator: Iterator<T>;
    try {
      iterator = (source as Iterable<T>)[Symbol.iterator]();
    } catch (error) {
      // What it says is better: a DataLoader names `for await`.
      this.close();
      throw error;
    }
    return this.disabled ? iterable(iterator) : this.#counted(iterator);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Awaited<T>> {
    const source = this.#source;
    return this.#countedAsync(
      Symbol.asyncIterator in Object(source)
        ? (source as AsyncIterable<Awaited<T>>)[Symbol.asyncIterator]()
        : awaited((source as Iterable<T>)[Symbol.iterator]()),
    );
  }

  /** As a generator would do it, at a third of its price. */
  #counted(source: Iterator<T>): IterableIterator<T> {
    let begun = false;
    let left = false;
    return iterable({
      next: () => {
        if (left) return { done: true, value: undefined };
        if (begun) this.update();
        begun = true;
        try {
          const result = source.next();
          if (result.done) this.close();
          return result;
        } catch (error) {
          this.close();
          throw error;
        }
      },
      return: (value) => {
        left = true;
        this.close();
        return source.return?.(value) ?? { done: true, value };
      },
    });
  }

  #countedAsync(source: AsyncIterator<Awaited<T>>): AsyncIterableIterator<Awaited<T>> {
    let begun = false;
    let left = false;
    const onResult = (result: IteratorResult<Awaited<T>>): IteratorResult<Awaited<T>> => {
      if (result.done) this.close();
      return result;
    };
    const onError = (error: unknown): never => {
      this.close();
      throw error;
    };
    return {
      next: () => {
        if (left) return Promise.resolve({ done: true, value: undefined });
        if (begun) this.update();
        begun = true;
        return source.next().then(onResult, onError);
      },
      return: async (value) => {
        left = true;
        this.close();
        return (await source.return?.(value)) ?? { done: true, value };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

/** `length` of an array or a loader, `size` of a Set or a Map, `shape[0]` of a tensor; else null. */
function lengthOf(source: object | string): number | null {
  try {
    const { length, size, shape } = Object(source) as { length?: unknown; size?: unknown; shape?: unknown };
    const found = [length, size, Array.isArray(shape) ? shape[0] : undefined].find((n) => typeof n === "number");
    return found === undefined ? null : Number(found);
  } catch {
    return null; // a loader over a stream throws when asked for its length
  }
}

function iterable<T>(iterator: Iterator<T>): IterableIterator<T> {
  return Object.assign(iterator, {
    [Symbol.iterator](this: IterableIterator<T>) {
      return this;
    },
  });
}

/** What `for await` makes of a synchronous iterator: promises among the values are waited for. */
function awaited<T>(source: Iterator<T>): AsyncIterator<Awaited<T>> {
  return {
    next: async () => {
      const { done, value } = source.next();
      return { done: done === true, value: await value } as IteratorResult<Awaited<T>>;
    },
    return: async (value) => {
      source.return?.(value);
      return { done: true, value };
    },
  };
}
