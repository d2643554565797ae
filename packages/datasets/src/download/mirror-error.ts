/**
 * Whether there is a file: `absent` is a 404, `other` an answer that cannot be the file, as some servers send in place of a
 * 404, and `failed` says nothing about it.
 */
export type Verdict = "absent" | "other" | "failed";

/** One mirror's failure, its message in plain words. The next mirror is tried; anything else that is thrown is not caught. */
export class MirrorError extends Error {
  override readonly name = "MirrorError";
  readonly verdict: Verdict;

  constructor(reason: string, { verdict = "failed", cause }: { verdict?: Verdict; cause?: unknown } = {}) {
    super(reason, { cause });
    this.verdict = verdict;
  }
}

/** An answer with another status than 200. Only a 404 says that the file is not there under this name. */
export function httpError(status: number, text: string): MirrorError {
  return new MirrorError(`HTTP Error ${status}: ${text}`, { verdict: status === 404 ? "absent" : "failed" });
}

const WORDS = new Map(
  Object.entries({
    EACCES: "no permission",
    EAI_AGAIN: "host not found, the name server does not answer",
    ECONNREFUSED: "connection refused",
    ECONNRESET: "connection reset or closed",
    EHOSTUNREACH: "host unreachable",
    ENETUNREACH: "network unreachable",
    ENOTFOUND: "host not found",
    EPROTO: "the TLS handshake failed",
    ETIMEDOUT: "no connection in time",
  }),
);

/** What `error` says went wrong, in plain words: a system's error code, or the message. */
export function inPlainWords(error: unknown): string {
  const root = rootCause(error);
  const { code, message } = root as { code?: unknown; message?: unknown };
  const known = typeof code === "string" ? wordsFor(code) : undefined;
  if (known !== undefined) return `${known} (${String(code)})`;
  return typeof message === "string" && message !== "" ? message : String(code ?? error);
}

/** OpenSSL's codes are many: `ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE`. */
function wordsFor(code: string): string | undefined {
  return WORDS.get(code.startsWith("ERR_SSL_") ? "EPROTO" : code);
}

function rootCause(error: unknown): object {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error) return rootCause(error.cause);
  return Object(error);
}
