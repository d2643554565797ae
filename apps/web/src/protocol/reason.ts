/** Browsers throw some errors without a word: what these mean here. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  ["QuotaExceededError", "its storage is full"],
  ["AbortError", "its storage broke off"],
  ["InvalidStateError", "its storage was closed"],
  ["UnknownError", "its storage cannot be read or written"],
  ["SecurityError", "its storage is closed to this page"],
]);

/** Why something failed, in the words of the error; never nothing. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error) || "unknown";
  return error.message.trim() || (MEANINGS.get(error.name) ?? error.name) || "unknown";
}
