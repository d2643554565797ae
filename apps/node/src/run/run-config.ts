import type { TrainingConfig } from "@kindling/recipes/config";
import { FIXED, OPTIONS, type OptionName } from "../options/train-options.ts";
import { UsageError } from "../usage-error.ts";

/** `config.json` of a run: what it was asked for. */
export interface RunConfig extends TrainingConfig {
  readonly root: string;
  readonly device: string;
}

const NAMES: readonly (OptionName & keyof RunConfig)[] = [...FIXED, "epochs", "root", "device"];

/** The options of a run that its `config.json` holds. */
export function pickConfig(options: RunConfig): RunConfig {
  return Object.fromEntries(NAMES.map((name) => [name, options[name]])) as unknown as RunConfig;
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
  const given = parseObject(text, file);
  const config: Record<string, unknown> = {};
  for (const name of NAMES) {
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
