import { MNIST, type MNISTResources } from "../mnist.ts";
import { type Resource, resource } from "../resource.ts";

/** A data set of MNIST's layout that is small enough for tests. */
export interface TinyMNIST {
  /** To load it with; it has no mirrors. */
  readonly TinyMNIST: typeof MNIST;
  /** Its four files by name, not packed: what a mirror serves. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Makes a data set of `train` and `test` images, the pixels noise (the same each time), label `i` being `i % 10`. */
export async function tinyMNIST({ train = 20, test = 10, side = 28 } = {}): Promise<TinyMNIST> {
  const files = new Map<string, Uint8Array>();
  const add = async (file: string, content: Uint8Array<ArrayBuffer>): Promise<Resource> => {
    files.set(file, content);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
    return resource(file, content.length, Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  };
  const images = (count: number): Uint8Array<ArrayBuffer> => idx([count, side, side], (i) => (i * 2654435761) >>> 24);
  const labels = (count: number): Uint8Array<ArrayBuffer> => idx([count], (i) => i % 10);
  const resources: MNISTResources = [
    await add("train-images-idx3-ubyte", images(train)),
    await add("train-labels-idx1-ubyte", labels(train)),
    await add("t10k-images-idx3-ubyte", images(test)),
    await add("t10k-labels-idx1-ubyte", labels(test)),
  ];
  class Tiny extends MNIST {
    static override readonly name = "TinyMNIST";
    static override readonly mirrors = [];
    static override readonly resources = resources;
  }
  return { TinyMNIST: Tiny, files };
}

/** An IDX file of bytes. */
function idx(shape: readonly number[], element: (i: number) => number): Uint8Array<ArrayBuffer> {
  const length = shape.reduce((product, size) => product * size, 1);
  const header = 4 + 4 * shape.length;
  const file = new Uint8Array(header + length);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x0800 + shape.length);
  for (const [i, size] of shape.entries()) view.setUint32(4 + 4 * i, size);
  for (let i = 0; i < length; i++) file[header + i] = element(i);
  return file;
}
