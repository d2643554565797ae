/**
 * Where the files of data sets are kept, by key: `"./data/MNIST/raw/train-images-idx3-ubyte"`. In Node the key is the
 * path of a file, in a browser a name in its storage. A `Map` behind these two methods is enough for a test.
 */
export interface Store {
  /** What was put there, or undefined; not more than `limit` bytes of it, so that nothing absurd fills the memory. */
  get(key: string, limit?: number): Promise<Uint8Array | undefined>;

  /** Keeps `bytes`, all or nothing: no reader ever sees a part of them, even if this process is killed half way. */
  put(key: string, bytes: Uint8Array): Promise<void>;

  /** Removes what killed processes have left of their unfinished puts in `folder`, if there can be such a thing. */
  tidy?(folder: string): Promise<void>;
}
