import process from "node:process";
import { thisProcess } from "../run/process-identity.ts";
import { lockRun } from "../run/run-lock.ts";

/** What a racer is asked for. */
export type Order = { readonly take: string } | "release" | "who";

/** What it answers: null for a lock that it has got, else why not. */
export type Answer = { readonly refused: string | null } | { readonly who: unknown };

// A process that takes locks when it is told to.
let lock: Disposable | null = null;
process.on("message", async (order: Order) => {
  if (order === "release") {
    lock?.[Symbol.dispose]();
    lock = null;
    process.send?.({ refused: null });
  } else if (order === "who") {
    process.send?.({ who: await thisProcess() });
  } else {
    try {
      lock = await lockRun(order.take);
      process.send?.({ refused: null });
    } catch (error) {
      process.send?.({ refused: (error as Error).message });
    }
  }
});
process.send?.({ refused: null });
