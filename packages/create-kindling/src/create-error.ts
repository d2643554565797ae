/** No project was made: the rule that was broken, what was given, and the way out. */
export class CreateError extends Error {
  override readonly name = "CreateError";
  readonly wayOut: string;

  constructor(message: string, wayOut: string, options: { readonly cause?: unknown } = {}) {
    super(`${message}\n${wayOut}`, options);
    this.wayOut = wayOut;
  }
}
