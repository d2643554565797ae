export { callbackCases } from "./callback-cases.ts";
export { callbackLaws } from "./callback-laws.ts";
export { tinyTraining } from "./tiny-training.ts";
