// For authors of optimizers and schedulers: rules of their options.

export {
  type Broken,
  notNegative,
  type OptionRule,
  type OptionRules,
  positiveInteger,
  twoBetas,
} from "./option-rules.ts";
