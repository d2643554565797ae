import type { Progress } from "./download/progress.ts";
import type { SampleTransform } from "./sample-transform.ts";
import type { Store } from "./store/store.ts";

export interface MNISTOptions {
  /** The folder that holds `MNIST/raw/...`, laid out as torchvision does: either may have filled it. */
  readonly root: string;
  /** The 60,000 images to train on, or the 10,000 to test with. Default: true. */
  readonly train?: boolean | undefined;
  /** Fetch what is missing or damaged. Default: false. */
  readonly download?: boolean | undefined;
  /** What is done to each image as it is read. */
  readonly transform?: SampleTransform | undefined;
  readonly targetTransform?: ((target: number) => number) | undefined;
  /** Base URLs (`https:`, `http:`, `file:`) in the order to try. Default: `MNIST.mirrors`. */
  readonly mirrors?: Iterable<string | URL> | undefined;
  /** Milliseconds of silence, to connect and between bytes, after which the next mirror is tried. Default: 5000. */
  readonly timeout?: number | undefined;
  /** Where the files are kept. Default: the disk in Node, the Cache API in a browser. */
  readonly store?: Store | undefined;
  /** Hears of each piece of each file that arrives. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the loading with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}
