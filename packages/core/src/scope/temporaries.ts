import { shared } from "../base/global.ts";
import { adopt, type Disposable } from "./ambient-scope.ts";

/**
 * Tensors that are being made on the way to a result: each op and each `backward` frees its own when it is done. Null when
 * ops are not running.
 */
const running = shared<{ frame: Disposable[] | null }>("frame", () => ({ frame: null }));

/** Hands a tensor that was just made to the op that is running, or else to its scope. */
export function made<V extends Disposable>(tensor: V, inputs: readonly Disposable[] = []): V {
  if (running.frame !== null) running.frame.push(tensor);
  else adopt(tensor, inputs);
  return tensor;
}

/** Begins to collect what is made; what it returns is for `closeFrame`. */
export function openFrame(): Disposable[] | null {
  const outer = running.frame;
  running.frame = [];
  return outer;
}

/** Ends what `openFrame` began, and gives what was made. */
export function closeFrame(outer: Disposable[] | null): Disposable[] {
  const mine = running.frame as Disposable[];
  running.frame = outer;
  return mine;
}

/** Runs `fn` and frees the tensors it made, but for its `results`, which join the scope of `inputs`. */
export function freeingTemporaries<R>(
  fn: () => R,
  results: (value: R) => Iterable<Disposable>,
  inputs: readonly Disposable[] = [],
): R {
  const outer = openFrame();
  let value: R;
  try {
    value = fn();
  } catch (error) {
    for (const tensor of closeFrame(outer)) tensor.dispose();
    throw error;
  }
  const mine = closeFrame(outer);
  const kept = new Set(results(value));
  for (const tensor of mine) {
    if (!kept.has(tensor)) tensor.dispose();
    else made(tensor, inputs);
  }
  return value;
}

/** Runs `fn`, the program's own code, as if no op were running: what it makes is not temporary. */
export function outsideFrames<R>(fn: () => R): R {
  const outer = running.frame;
  running.frame = null;
  try {
    return fn();
  } finally {
    running.frame = outer;
  }
}

/** Takes a tensor from the op that is running, which does not free it then. */
export function leaveFrame(tensor: Disposable): void {
  const { frame } = running;
  if (frame === null) return;
  const at = frame.lastIndexOf(tensor);
  if (at >= 0) frame.splice(at, 1);
}
