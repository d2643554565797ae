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

/** The site whose frames were asked for last: a read asks for its own for each scope that is open. */
let last: { readonly site: CallSite; readonly frames: readonly string[] } | null = null;

/** The frames of a call site, one line each; engines write them differently, but all end in `:line:column`. */
export function framesOf(site: CallSite): readonly string[] {
  if (last?.site === site) return last.frames;
  const lines = (site.stack ?? "").split("\n");
  const frames = lines.filter((line) => POSITION.test(line)).slice(1);
  last = { site, frames };
  return frames;
}

const POSITION = /^(.*?):(\d+):(\d+)\)?$/;

/** A frame of an async function that awaits what runs: V8 adds these below the calls that are running, Node with its own queue between. */
const AWAITING = /^\s*at async |^async\*|\bnode:internal\b/;

/** Whether `site` is deeper than frames are taken: its outermost ones are missing. */
function isCut(frames: readonly string[]): boolean {
  return frames.length >= DEPTH - 4;
}

/** The function of a frame: its name, if it has one, and its file. */
export function functionOf(frame: string): string {
  return (POSITION.exec(frame)?.[1] ?? frame).replace("at async ", "at ").replace(/^async\*/, "");
}

/** The calls that are running, without the async functions that await them. Of code that goes on after an `await`, the last is what awaited. */
export function runningOf(frames: readonly string[]): readonly string[] {
  if (isCut(frames)) return [];
  const end = frames.findIndex((frame) => AWAITING.test(frame));
  return end < 0 ? frames : frames.slice(0, end);
}

/** How many of the `frames` of a call site lie inside a call that was made at `around`, whose own first frame they include; 0 if none do. */
export function depthWithin(around: readonly string[], frames: readonly string[]): number {
  const [first, ...callers] = around;
  const depth = frames.length - callers.length;
  if (first === undefined || depth < 1 || isCut(around) || isCut(frames)) return 0;
  if (callers.some((frame, i) => frame !== frames[depth + i])) return 0;
  return functionOf(first) === functionOf(frames[depth - 1] as string) ? depth : 0;
}

/**
 * Whether `at` is a moment of the very call whose first frame is `origin[0]`, after that moment: the calls around it are the
 * same ones, at the same places, and it has got further. (Two runs of one function, both resumed from an `await`, look alike.)
 */
export function isWithin(origin: readonly string[], at: readonly string[]): boolean {
  const depth = depthWithin(origin, at);
  return depth > 0 && isFurther(origin[0] as string, at[depth - 1] as string);
}

/** Whether `frame` is further on in the function of `before`. */
export function isFurther(before: string, frame: string): boolean {
  const [from, to] = [POSITION.exec(before), POSITION.exec(frame)];
  if (from === null || to === null || functionOf(before) !== functionOf(frame)) return false;
  const lines = Number(to[2]) - Number(from[2]);
  return lines > 0 || (lines === 0 && Number(to[3]) > Number(from[3]));
}
