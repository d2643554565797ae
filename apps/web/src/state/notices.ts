import { WorkerError } from "../protocol/worker-client.ts";
import type { Notice } from "./page-state.ts";

/** What went wrong, in the words of whoever says so. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function failure(error: unknown): Notice {
  if (error instanceof WorkerError && error.name === "RunElsewhere") return { tone: "warning", key: "isElsewhere" };
  const isData = error instanceof WorkerError && /^(Download|Store|DatasetNotFound)Error$/.test(error.name);
  return { tone: "error", key: isData ? "dataFailed" : "failed", values: { reason: reasonOf(error) } };
}
