/** How far the download of one file is. Another `mirror` for the same `file` means that the one before has failed. */
export interface Progress {
  /** The file asked for: `train-images-idx3-ubyte.gz`. */
  readonly file: string;
  /** The base URL that it comes from, as given. */
  readonly mirror: string;
  /** Bytes received so far, and in all where the mirror has said so. */
  readonly loaded: number;
  readonly total: number | undefined;
}
