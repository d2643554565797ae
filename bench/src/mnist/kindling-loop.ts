import { report } from "../run/report.ts";
import { notesLoop } from "./notes-loop.ts";

for await (const { epoch, span, train, val } of notesLoop()) {
  report({ epoch, ...span, trainLoss: train.loss, trainAcc: train.acc, valLoss: val.loss, valAcc: val.acc });
}
