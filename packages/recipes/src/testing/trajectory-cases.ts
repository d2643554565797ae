import type { TrajectoryCase } from "./trajectory-laws.ts";

/** The trainings whose losses PyTorch was asked for. */
export const trajectoryCases: Readonly<Record<string, TrajectoryCase>> = {
  "ConvNet with dropout": { dropout: true },
  "ConvNet without dropout": { dropout: false },
};
