import { fileStore } from "../store/file-store.node.ts";
import { open } from "./open.node.ts";
import type { Platform } from "./platform.ts";

export const platform: Platform = { store: fileStore, open };
