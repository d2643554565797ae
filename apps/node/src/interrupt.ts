import { constants } from "node:os";
import process from "node:process";

/** Two signals closer than this are one key press: npm passes Ctrl-C on to us, who have had it from the terminal already. */
const ONE_PRESS = 500;

export interface Interrupt extends Disposable {
  /** Aborted by the first Ctrl-C (or SIGTERM, SIGHUP). */
  readonly signal: AbortSignal;
  /** What the process is to exit with: 130 after Ctrl-C; 0 when there was none. */
  readonly exitCode: number;
}

/** Takes signals: the first one asks for an end, a second one is the end. */
export function watchInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController();
  let exitCode = 0;
  let since = 0;
  const take = (name: "SIGINT" | "SIGTERM" | "SIGHUP"): void => {
    const code = 128 + constants.signals[name];
    const now = performance.now();
    if (exitCode !== 0 && now - since > ONE_PRESS) process.exit(code);
    if (exitCode !== 0) return;
    exitCode = code;
    since = now;
    onFirst();
    controller.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, take);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    [Symbol.dispose]() {
      for (const name of signals) process.off(name, take);
    },
  };
}
