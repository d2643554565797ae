import { ValueError } from "@kindling/core";
import { checkOptions } from "@kindling/core/extend";
import type { Progress } from "./download/progress.ts";
import { DEFAULT_LIMITS, type TransferLimits } from "./download/transfer-limits.ts";
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
  /** A base URL (`https:`, `http:`, `file:`), or several in the order to try. Default: `MNIST.mirrors`. */
  readonly mirrors?: string | URL | Iterable<string | URL> | undefined;
  /** Milliseconds of silence, to connect and between bytes, after which the next mirror is tried. Default: 5000. */
  readonly timeout?: number | undefined;
  /** Bytes per second: the next mirror is tried after one that sends fewer for `speedTime`. Default: 1000; 0 is no limit. */
  readonly speedLimit?: number | undefined;
  /** Milliseconds over which that speed is measured. Default: 15000. */
  readonly speedTime?: number | undefined;
  /** Where the files are kept. Default: the disk in Node, the Cache API in a browser. */
  readonly store?: Store | undefined;
  /** Hears of each piece of each file that arrives. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the loading with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const KNOWN: Readonly<Record<keyof MNISTOptions, true>> = {
  root: true,
  train: true,
  download: true,
  transform: true,
  targetTransform: true,
  mirrors: true,
  timeout: true,
  speedLimit: true,
  speedTime: true,
  store: true,
  onProgress: true,
  signal: true,
};

/** Throws ValueError for an option that there is not, or that cannot be what it is, before anything is read. */
export function checkLoadOptions(dataset: string, options: MNISTOptions): void {
  const op = `${dataset}.load`;
  checkOptions(op, options, Object.keys(KNOWN), `${dataset}.__init__()`);
  const { root, transform, targetTransform } = options;
  const { timeout, speedLimit, speedTime } = limitsOf(options);
  if (typeof root !== "string" || root === "") {
    throw new ValueError(
      op,
      "root must be the path of a folder",
      `got ${described(root)}`,
      'Give one: { root: "./data" }.',
    );
  }
  if (!(timeout > 0)) throw new ValueError(op, "timeout must be a positive number of milliseconds", String(timeout));
  if (!(speedTime > 0)) {
    throw new ValueError(op, "speedTime must be a positive number of milliseconds", String(speedTime));
  }
  if (!(speedLimit >= 0 && speedLimit < Number.POSITIVE_INFINITY)) {
    const wayOut = "Give 0 for no limit.";
    throw new ValueError(op, "speedLimit must be a number of bytes per second, 0 or more", String(speedLimit), wayOut);
  }
  checkMirrors(op, options.mirrors, options.download !== false);
  const applies = typeof transform === "function" || typeof (transform as { apply?: unknown })?.apply === "function";
  if (transform !== undefined && !applies) {
    throw new ValueError(op, "transform must be a transform or a function", `got ${described(transform)}`);
  }
  if (targetTransform !== undefined && typeof targetTransform !== "function") {
    throw new ValueError(op, "targetTransform must be a function", `got ${described(targetTransform)}`);
  }
}

/** Refuses what is no address, and a list without one where something may be fetched. */
function checkMirrors(op: string, mirrors: unknown, fetches: boolean): void {
  if (mirrors === undefined) return;
  // A page may give one that is relative to itself.
  const isAddress = (value: unknown): boolean => value instanceof URL || (typeof value === "string" && value !== "");
  if (isAddress(mirrors)) return;
  const isList = typeof mirrors === "object" && mirrors !== null && Symbol.iterator in mirrors;
  const list: unknown[] = isList ? [...(mirrors as Iterable<unknown>)] : [mirrors];
  const wrong = list.find((value) => !isAddress(value));
  if (wrong === undefined && (list.length > 0 || !fetches)) return;
  throw new ValueError(
    op,
    "mirrors must be a base URL, or a list of them",
    list.length === 0 ? "got none" : `got ${described(wrong)}`,
    'Give one: { mirrors: "https://example.org/mnist/" }.',
  );
}

/** How long a mirror is waited for. */
export function limitsOf(options: MNISTOptions): TransferLimits {
  const { timeout, speedLimit, speedTime } = DEFAULT_LIMITS;
  return {
    timeout: options.timeout ?? timeout,
    speedLimit: options.speedLimit ?? speedLimit,
    speedTime: options.speedTime ?? speedTime,
  };
}

function described(value: unknown): string {
  return typeof value === "string"
    ? `'${value}'`
    : typeof value === "object" && value !== null
      ? "an object"
      : String(value);
}
