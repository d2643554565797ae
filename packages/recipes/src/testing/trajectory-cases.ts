import type { TrajectoryCase } from "./trajectory-laws.ts";

/** The trainings whose losses PyTorch was asked for. */
export const trajectoryCases: Readonly<Record<string, TrajectoryCase>> = {
  "ConvNet with dropout": { model: "cnn", dropout: true, tolerance: 5e-4 },
  "ConvNet without dropout": { model: "cnn", dropout: false, tolerance: 5e-4 },
  "Net of the notes": { model: "mlp", dropout: false, tolerance: 2e-4 },
};
