import { ACTIVATIONS, DATASETS, INITS, LAYERS, MODELS, OPTIMIZERS } from "@kindling/recipes/config";
import { LIMITS } from "./limits.ts";
import { DEVICES, type Settings } from "./settings.ts";

/** What a setting may be: one of a few, or a number or text that keeps a rule. */
export type Field =
  | { readonly kind: "choice"; readonly values: readonly (string | number)[] }
  | { readonly kind: "integer"; readonly least: number; readonly most: number }
  | { readonly kind: "number"; readonly most: number }
  | { readonly kind: "seed" };

export const FIELDS: Readonly<Record<keyof Settings, Field>> = {
  dataset: { kind: "choice", values: DATASETS },
  model: { kind: "choice", values: MODELS },
  layers: { kind: "choice", values: LAYERS },
  hidden: { kind: "integer", least: 1, most: LIMITS.hidden },
  activation: { kind: "choice", values: ACTIVATIONS },
  batchSize: { kind: "integer", least: 1, most: LIMITS.batchSize },
  lr: { kind: "number", most: LIMITS.lr },
  optimizer: { kind: "choice", values: OPTIMIZERS },
  init: { kind: "choice", values: INITS },
  epochs: { kind: "integer", least: 1, most: LIMITS.epochs },
  seed: { kind: "seed" },
  device: { kind: "choice", values: DEVICES },
};

/** The value that `text` stands for; undefined where it breaks the field's rule. */
export function parseField(field: Field, text: string): string | number | undefined {
  if (field.kind === "choice") return field.values.find((value) => String(value) === text);
  if (field.kind === "seed") return isSeed(text) ? String(BigInt(text)) : undefined;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value > field.most) return undefined;
  if (field.kind === "number") return value >= 0 ? value : undefined;
  return Number.isInteger(value) && value >= field.least ? value : undefined;
}

/** As `torch.manual_seed` takes it: any integer of 64 bits, with or without sign. */
function isSeed(text: string): boolean {
  if (!/^-?\d{1,20}$/.test(text)) return false;
  const value = BigInt(text);
  return value >= -(2n ** 63n) && value < 2n ** 64n;
}
