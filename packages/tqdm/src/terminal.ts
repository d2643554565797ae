/** Where bars are drawn: a stream of Node (`process.stderr`), or anything with `write`. */
export interface Output {
  write(text: string): unknown;
  /** Width and height of the terminal, read at every drawing; absent where it is none. */
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  readonly isTTY?: boolean | undefined;
  /** false: draw with ASCII. */
  readonly unicode?: boolean | undefined;
}

/** Looks up a variable of the environment. */
export type Env = (name: string) => string | undefined;

/** What a platform offers; `#terminal` of package.json's `imports` picks the file that says so. */
export interface Terminal {
  /** Where bars go by default; null: nowhere. */
  readonly stderr: Output | null;
  /** Where `tqdm.write` goes by default. */
  readonly stdout: Output;
  /** Whether the terminal shows `█▏`, for outputs that do not say so themselves. */
  readonly unicode: boolean;
  /** A variable of the environment, such as `TQDM_NCOLS`; undefined where it is not set or may not be read. */
  readonly env: Env;
}
