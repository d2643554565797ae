import type { MNISTOptions } from "@kindling/datasets";
import { TqdmBar } from "@kindling/tqdm";

type OnProgress = NonNullable<MNISTOptions["onProgress"]>;

/** Draws a bar for every file that comes in, and says where it comes from. */
export class DownloadBars implements Disposable {
  readonly #note: (text: string) => void;
  #bar: TqdmBar | null = null;
  #from = "";

  constructor(note: (text: string) => void) {
    this.#note = note;
  }

  readonly onProgress: OnProgress = ({ file, mirror, loaded, total }) => {
    const from = `${mirror.replace(/\/?$/, "/")}${file}`;
    if (from !== this.#from) {
      this.#close();
      this.#note(`Downloading ${from}`);
      this.#from = from;
      this.#bar = new TqdmBar({ total: total ?? null, unit: "B", unitScale: true });
    }
    const bar = this.#bar;
    bar?.update(loaded - bar.n);
  };

  [Symbol.dispose](): void {
    this.#close();
  }

  #close(): void {
    this.#bar?.close();
    this.#bar = null;
  }
}
