export { trajectoryCases } from "./trajectory-cases.ts";
export { type TrajectoryCase, type TrajectoryLawsOptions, trajectoryLaws } from "./trajectory-laws.ts";
