/** Deeper than any stack that a program means to have; a longer one is not compared. */
const DEPTH = 200;

/** Where something happens: the calls that are running, innermost first. Cheap to take; the text is made when it is read. */
export interface CallSite {
  readonly stack?: string;
}

/** The calls that are running now. The first frame is that of the caller of this function. */
export function callSite(): CallSite {
  const before = Error.stackTraceLimit;
  // Not an assignment: where Error is frozen it would throw.
  Reflect.set(Error, "stackTraceLimit", DEPTH);
  const site = new Error();
  Reflect.set(Error, "stackTraceLimit", before);
  return site;
}

/** The frames of a call site, one line each; engines write them differently, but all end in `:line:column`. */
export function framesOf(site: CallSite): string[] {
  return (site.stack ?? "")
    .split("\n")
    .filter((line) => POSITION.test(line))
    .slice(1);
}

const POSITION = /^(.*?):(\d+):(\d+)\)?$/;

/**
 * Whether `at` is a moment of the very call whose first frame is `origin[0]`, after that moment: the calls around it are the
 * same ones, at the same places, and it has got further. (Two runs of one function, both resumed from an `await`, look alike.)
 */
export function isWithin(origin: readonly string[], at: readonly string[]): boolean {
  const [first, ...around] = origin;
  const depth = at.length - around.length;
  if (first === undefined || depth < 1 || origin.length >= DEPTH - 4 || at.length >= DEPTH - 4) return false;
  if (around.some((frame, i) => frame !== at[depth + i])) return false;
  const [before, after] = [POSITION.exec(first), POSITION.exec(at[depth - 1] as string)];
  if (before === null || after === null || before[1] !== after[1]) return false;
  const lines = Number(after[2]) - Number(before[2]);
  return lines > 0 || (lines === 0 && Number(after[3]) > Number(before[3]));
}
