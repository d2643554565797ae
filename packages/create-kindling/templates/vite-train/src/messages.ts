/** What the page asks of the worker. */
export type Command =
  /** Comes first; `base` is the page's address. */
  | { readonly type: "start"; readonly base: string }
  | { readonly type: "train"; readonly epochs: number }
  | { readonly type: "stop" }
  | { readonly type: "classify"; readonly image: Uint8Array };

/** What the worker tells the page. */
export type News =
  | { readonly type: "ready"; readonly device: string; readonly data: string }
  /** A step was made; `bar` is tqdm's line. */
  | { readonly type: "step"; readonly loss: number; readonly done: number; readonly bar: string }
  | { readonly type: "epoch"; readonly epoch: number; readonly loss: number; readonly accuracy: number }
  | { readonly type: "finished" }
  | { readonly type: "classified"; readonly probabilities: readonly number[] }
  | { readonly type: "failed"; readonly message: string };
