import { type CallSite, DEPTH } from "./call-site.ts";

/** One of the calls of a call site. Engines write them differently, but all end in `:line:column`. */
export interface Frame {
  readonly text: string;
  /** The function: its name, if it has one, and its file. */
  readonly fn: string;
  readonly line: number;
  readonly column: number;
  /** Whether it is an async function that awaits what runs: V8 adds these below the calls that are running, Node with its own queue between. */
  readonly isAwaiting: boolean;
}

/** Call sites whose frames are remembered: a loop comes by the same few places. */
const KEPT = 64;

const known = new Map<string, readonly Frame[]>();

/** The frames of a call site. */
export function framesOf(site: CallSite): readonly Frame[] {
  const stack = site.stack ?? "";
  let frames = known.get(stack);
  if (frames === undefined) {
    frames = readFrames(stack);
    if (known.size >= KEPT) known.clear();
    known.set(stack, frames);
  }
  return frames;
}

/** Reads a stack. The frame of `callSite` itself is left out. */
function readFrames(stack: string): Frame[] {
  return stack.split("\n").flatMap(readFrame).slice(1);
}

const POSITION = /^(.*?):(\d+):(\d+)\)?$/;
const AWAITING = /^\s*at async |^async\*|\bnode:internal\b/;

/** Reads a line of a stack; nothing where it is none of a frame. */
export function readFrame(text: string): Frame[] {
  const found = POSITION.exec(text);
  if (found === null) return [];
  const [, place = "", line, column] = found;
  const fn = place.replace("at async ", "at ").replace(/^async\*/, "");
  return [{ text, fn, line: Number(line), column: Number(column), isAwaiting: AWAITING.test(text) }];
}

/** Whether a call site is deeper than frames are taken: its outermost ones are missing. */
function isCut(frames: readonly Frame[]): boolean {
  return frames.length >= DEPTH - 4;
}

/** The calls that are running, without the async functions that await them. Of code that goes on after an `await`, the last is what awaited. */
export function runningOf(frames: readonly Frame[]): readonly Frame[] {
  if (isCut(frames)) return [];
  const end = frames.findIndex(({ isAwaiting }) => isAwaiting);
  return end < 0 ? frames : frames.slice(0, end);
}

/** How many of the `frames` of a call site lie inside a call that was made at `around`, whose own first frame they include; 0 if none do. */
export function depthWithin(around: readonly Frame[], frames: readonly Frame[]): number {
  const [first, ...callers] = around;
  const depth = frames.length - callers.length;
  if (first === undefined || depth < 1 || isCut(around) || isCut(frames)) return 0;
  if (callers.some(({ text }, i) => text !== frames[depth + i]?.text)) return 0;
  return first.fn === frames[depth - 1]?.fn ? depth : 0;
}

/**
 * Whether `at` is a moment of the very call whose first frame is `origin[0]`, after that moment: the calls around it are the
 * same ones, at the same places, and it has got further. (Two runs of one function, both resumed from an `await`, look alike.)
 */
export function isWithin(origin: readonly Frame[], at: readonly Frame[]): boolean {
  const depth = depthWithin(origin, at);
  return depth > 0 && isFurther(origin[0] as Frame, at[depth - 1] as Frame);
}

/** Whether `frame` is further on in the function of `before`. */
export function isFurther(before: Frame, frame: Frame): boolean {
  if (before.fn !== frame.fn) return false;
  return frame.line > before.line || (frame.line === before.line && frame.column > before.column);
}
