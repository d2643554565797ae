export { moduleCases } from "./module-cases.ts";
export { type ModuleCase, type ModuleLawsOptions, moduleLaws } from "./module-laws.ts";
