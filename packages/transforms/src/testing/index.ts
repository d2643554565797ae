export { type TransformCase, transformLaws } from "./transform-laws.ts";
