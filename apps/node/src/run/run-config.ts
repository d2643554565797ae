import {
  CNN_CONFIG,
  type CnnConfig,
  DEFAULT_CONFIG,
  MLP_ONLY,
  type MlpConfig,
  type ModelName,
} from "@kindling/recipes/config";
import { dashed, FIXED, OPTIONS, type OptionName, type TrainingOptions } from "../options/train-options.ts";
import { UsageError } from "../usage-error.ts";

interface Place {
  readonly root: string;
  readonly device: string;
}

/** `config.json` of a run: what it was asked for. */
export type RunConfig = (MlpConfig | CnnConfig) & Place;

const NAMES = [...FIXED, "epochs", "root", "device"] as const;

/** What a run may be asked for, its seed chosen. */
export type Asked = TrainingOptions & Place & { readonly seed: number | bigint };

/**
 * What a run's `config.json` holds: the options, and for those that were not given what the network asked for has in their place.
 *
 * @throws UsageError for an option that this network does not have
 */
export function pickConfig(asked: Asked): RunConfig {
  checkApplies(asked.model, asked);
  const defaults: Readonly<Record<string, unknown>> = asked.model === "cnn" ? CNN_CONFIG : DEFAULT_CONFIG;
  const entries = namesFor(asked.model).map((name) => [name, asked[name] ?? defaults[name]]);
  return Object.fromEntries(entries) as unknown as RunConfig;
}

/** Refuses options that the network does not have. */
export function checkApplies(model: ModelName, given: Partial<Record<OptionName, unknown>>): void {
  if (model === "mlp") return;
  const stray = MLP_ONLY.find((name) => given[name] !== undefined);
  if (stray === undefined) return;
  throw new UsageError(`--${dashed(stray)} does not apply to --model ${model}, whose layers are fixed: omit it`);
}

function namesFor(model: ModelName): readonly (typeof NAMES)[number][] {
  return NAMES.filter((name) => model === "mlp" || !(MLP_ONLY as readonly string[]).includes(name));
}

/** Seeds that a double cannot hold are written as text. */
export function formatConfig(config: RunConfig): string {
  return `${JSON.stringify(config, (_, value) => (typeof value === "bigint" ? String(value) : value), 2)}\n`;
}

/**
 * What `formatConfig` has written, checked as if it were typed on the command line.
 *
 * @throws UsageError naming the file and what is wrong with it
 */
export function parseConfig(text: string, file: string): RunConfig {
  // Before there were several networks and optimizers, a run did not say which.
  const given: Readonly<Record<string, unknown>> = { model: "mlp", optimizer: "sgd", ...parseObject(text, file) };
  const config: Record<string, unknown> = {};
  for (const name of namesFor(given.model as ModelName)) {
    const value = given[name];
    if (typeof value !== "string" && typeof value !== "number") throw new UsageError(`${file} has no ${name}`);
    try {
      const { parseArg } = OPTIONS[name]();
      config[name] = parseArg === undefined ? value : parseArg(String(value), undefined);
    } catch (error) {
      throw new UsageError(`${file}: ${name} is ${value}. ${(error as Error).message}`);
    }
  }
  return config as unknown as RunConfig;
}

function parseObject(text: string, file: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new UsageError(`${file} is not the configuration of a run`);
}
