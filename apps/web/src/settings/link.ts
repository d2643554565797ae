import { DATASETS } from "@kindling/recipes/config";
import { FIELDS, parseField } from "./fields.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";

const NAMES = Object.keys(FIELDS) as (keyof Settings)[];

/** The settings as the part of an address after `#`: what differs from the notes' alone. */
export function toLink(settings: Settings): string {
  const entries = NAMES.filter((name) => settings[name] !== DEFAULT_SETTINGS[name]).map((name) => [
    name,
    String(settings[name]),
  ]);
  return new URLSearchParams(entries).toString();
}

/** What `toLink` gave, or somebody typed: what cannot be, or is not among `datasets`, is left as the notes have it. */
export function fromLink(hash: string, datasets: readonly string[] = DATASETS): Settings {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const known = NAMES.flatMap((name) => {
    const text = given.get(name);
    const value = text === null ? undefined : parseField(FIELDS[name], text);
    const isAbsent = name === "dataset" && !datasets.includes(String(value));
    return value === undefined || isAbsent ? [] : [[name, value] as const];
  });
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(known) };
}

/** Whether `value` keeps the rule of the setting `name`. */
export function isSetting(name: keyof Settings, value: unknown): boolean {
  return parseField(FIELDS[name], String(value)) === value;
}
