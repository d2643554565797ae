/** Deeper than any stack that a program means to have; a longer one is not compared. */
export const DEPTH = 200;

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
