import { pythonFloat, warn } from "@kindling/core/extend";

/** The part of a trainer that this needs. */
interface Measured {
  readonly measured: Readonly<Record<string, number>>;
  readonly epoch: number;
  readonly shouldStop: boolean;
}

/** A loss that is NaN or infinite. */
export interface NonFinite {
  /** `training` or `validation`. */
  readonly pass: string;
  readonly loss: number;
}

/** The loss of the last epoch that is NaN or infinite, if one is. */
export function nonFiniteLoss({ measured }: Pick<Measured, "measured">): NonFinite | null {
  const losses = [
    { pass: "training", loss: measured.trainLoss },
    { pass: "validation", loss: measured.valLoss },
  ];
  for (const { pass, loss } of losses) if (loss !== undefined && !Number.isFinite(loss)) return { pass, loss };
  return null;
}

/**
 * Warns when the loss of the last epoch is not finite: nothing is learned from there on. Gives whether it did.
 *
 * @param step of the epoch, from 1, whose training loss was the first
 */
export function warnOfNonFinite(trainer: Measured, step: number | null): boolean {
  const found = nonFiniteLoss(trainer);
  if (found === null) return false;
  const { pass, loss } = found;
  const at = pass === "training" && step !== null ? `at step ${step} of` : "in";
  warn(
    `The ${pass} loss is ${pythonFloat(loss)} ${at} epoch ${trainer.epoch}. Usual causes: a learning rate that is too high, the logarithm of 0 or a ` +
      "division by 0 in the model or the loss, NaN or infinity in the inputs. Lower the learning rate or clip gradients (clipGradNorm)." +
      (trainer.shouldStop
        ? ""
        : " The training goes on; the callback TerminateOnNaN (kindling train --stop-on-nan) would end it."),
  );
  return true;
}
