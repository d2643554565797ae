export { callbackLaws } from "./callback-laws.ts";
export { tinyTraining } from "./tiny-training.ts";
