export { loadFile, loadFileWithMetadata } from "./load-file.node.ts";
export { saveFile } from "./save-file.node.ts";
