export { datasetLaws } from "./dataset-laws.ts";
export { type TinyMNIST, tinyMNIST } from "./tiny-mnist.ts";
