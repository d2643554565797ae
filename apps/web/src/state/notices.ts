import { reasonOf } from "../protocol/reason.ts";
import { Refusal } from "../protocol/refusal.ts";
import { WorkerError } from "../protocol/worker-client.ts";
import type { Notice } from "./page-state.ts";

export function failure(error: unknown): Notice {
  const sentence = error instanceof Refusal || error instanceof WorkerError ? error.sentence : undefined;
  if (sentence !== undefined) return { tone: "error", ...sentence };
  if (error instanceof WorkerError && error.name === "RunElsewhere") return { tone: "warning", key: "isElsewhere" };
  const isData = error instanceof WorkerError && /^(Download|Store|DatasetNotFound)Error$/.test(error.name);
  return { tone: "error", key: isData ? "dataFailed" : "failed", values: { reason: reasonOf(error) } };
}
