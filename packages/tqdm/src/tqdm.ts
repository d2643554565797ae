import { checkTqdmOptions, type TqdmOptions } from "./options.ts";
import { TqdmBar } from "./tqdm-bar.ts";
import { TqdmIterable } from "./tqdm-iterable.ts";
import { write } from "./write.ts";

/** Over an iterable, for `for ... of` and `for await ... of`. */
function bar<T>(iterable: Iterable<T>, options?: TqdmOptions): TqdmIterable<T>;
/** Over an asynchronous iterable, for `for await ... of`. */
function bar<T>(iterable: AsyncIterable<T>, options?: TqdmOptions): TqdmBar & AsyncIterable<T>;
/** Moved by hand: `update(n)`, `close()`. */
function bar(options?: TqdmOptions): TqdmBar;
function bar<T>(given?: Iterable<T> | AsyncIterable<T> | TqdmOptions, options?: TqdmOptions): TqdmBar {
  checkTqdmOptions(options);
  if (!isIterable(given)) checkTqdmOptions(given, 'tqdm({ desc: "Epoch 1" })');
  return isIterable(given) ? new TqdmIterable(given, options) : new TqdmBar({ ...given, ...options });
}

/**
 * A progress bar with the look of Python's tqdm. `tqdm.write(text)` prints above the bars.
 *
 *     for await (const [inputs, labels] of tqdm(loader, { desc: "Epoch 1" })) { ... }
 *     // Epoch 1:  50%|█████     | 469/938 [00:05<00:05, 93.80it/s]
 *
 * @throws TqdmKeyError for an option that there is not.
 * @see https://tqdm.github.io/docs/tqdm/
 */
export const tqdm = Object.assign(bar, { write });

function isIterable<T>(given: Iterable<T> | AsyncIterable<T> | TqdmOptions | undefined): given is Iterable<T> {
  const { [Symbol.iterator]: rows, [Symbol.asyncIterator]: batches } = Object(given);
  // A scalar tensor has the property, and no rows.
  return rows !== undefined || batches !== undefined;
}
