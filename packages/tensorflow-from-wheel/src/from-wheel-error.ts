/** What went wrong, in plain words, and the way out. */
export class FromWheelError extends Error {
  override readonly name = "FromWheelError";
  readonly wayOut: string;

  constructor(message: string, wayOut: string, options: { readonly cause?: unknown } = {}) {
    super(`${message}\n${wayOut}`, options);
    this.wayOut = wayOut;
  }
}
