export { transformCases } from "./transform-cases.ts";
export { type TransformCase, transformLaws } from "./transform-laws.ts";
