/** One mirror's failure, its message in plain words. The next mirror is tried; anything else that is thrown is not caught. */
export class MirrorError extends Error {
  override readonly name = "MirrorError";
  /** The mirror answers, but has no file of this name. */
  readonly missing: boolean;

  constructor(reason: string, { missing = false, cause }: { missing?: boolean; cause?: unknown } = {}) {
    super(reason, { cause });
    this.missing = missing;
  }
}

/** An answer other than the file. Only a 404 says that the file is not there under this name. */
export function httpError(status: number, text: string): MirrorError {
  return new MirrorError(`HTTP Error ${status}: ${text}`, { missing: status === 404 });
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EAI_AGAIN: "host not found, the name server does not answer",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset or closed",
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  ENOTFOUND: "host not found",
  ETIMEDOUT: "no connection in time",
};

/** What `error` says went wrong, in plain words: a system's error code, or the message. */
export function inPlainWords(error: unknown): string {
  const root = rootCause(error);
  const { code, message } = root as { code?: unknown; message?: unknown };
  const known = typeof code === "string" ? WORDS[code] : undefined;
  if (known !== undefined) return `${known} (${String(code)})`;
  return typeof message === "string" && message !== "" ? message : String(code ?? error);
}

function rootCause(error: unknown): object {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error) return rootCause(error.cause);
  return Object(error);
}
