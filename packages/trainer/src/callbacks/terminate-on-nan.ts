import { pythonFloat, StateReader, surplusArguments } from "@kindling/core/extend";
import { nonFiniteLoss } from "../non-finite.ts";
import type { State } from "../state/pack.ts";
import type { Callback, Trainer } from "../trainer.ts";

/**
 * Ends the training after an epoch whose training or validation loss is NaN or infinite. Looks at the numbers that are read once an
 * epoch anyway. Put it before callbacks that save, if they are to see `shouldStop`.
 *
 * @see https://keras.io/api/callbacks/terminate_on_nan/; Lightning has `EarlyStopping(check_finite=True)`, which is here too
 */
export class TerminateOnNaN implements Callback {
  readonly name = "TerminateOnNaN";
  /** The epoch after which it stopped; 0 before. */
  stoppedEpoch = 0;
  /** Why it stopped, in words. */
  reason: string | null = null;

  constructor() {
    if (arguments.length > 0) throw surplusArguments("new TerminateOnNaN()", arguments.length);
  }

  onEpochEnd(trainer: Trainer): void {
    const found = nonFiniteLoss(trainer);
    if (found === null) return;
    trainer.shouldStop = true;
    this.stoppedEpoch = trainer.epoch;
    this.reason = `Epoch ${trainer.epoch}: Invalid loss, terminating training: the ${found.pass} loss is ${pythonFloat(found.loss)}`;
  }

  stateDict(): State {
    if (arguments.length > 0) throw surplusArguments("TerminateOnNaN.stateDict()", arguments.length);
    const { stoppedEpoch, reason } = this;
    return { stoppedEpoch, reason };
  }

  loadStateDict(state: State): void {
    if (arguments.length > 1) throw surplusArguments("TerminateOnNaN.loadStateDict(state)", arguments.length);
    const saved = new StateReader("TerminateOnNaN.loadStateDict", state);
    const stoppedEpoch = saved.count("stoppedEpoch");
    const reason = saved.value("reason") === null ? null : saved.string("reason");
    if ((reason === null) !== (stoppedEpoch === 0)) {
      throw saved.broken("reason", `it is ${reason}, and the training was stopped after epoch ${stoppedEpoch}`);
    }
    this.stoppedEpoch = stoppedEpoch;
    this.reason = reason;
  }
}
