import { ValueError } from "@kindling/core";

/** A rule that a value breaks, in PyTorch's words where it has them, and the way out. */
export interface Broken {
  readonly rule: string;
  readonly wayOut: string;
}

/**
 * Which values an option takes: null for those, else what is wrong. A class lists its rules as `static optionRules`; they hold for
 * the constructor, for groups added later and for state dicts. An option without a rule takes values of its default's kind.
 */
export type OptionRule = (value: unknown) => Broken | null;

export type OptionRules = Readonly<Record<string, OptionRule>>;

/** `Invalid learning rate: -1` */
export function notNegative(what: string): OptionRule {
  return (value) => {
    if (typeof value === "number" && value >= 0) return null;
    return { rule: `Invalid ${what}: ${shown(value)}`, wayOut: "It is a number from 0 on." };
  };
}

/** Two numbers from 0 to below 1: `Invalid beta parameter at index 0: 1` */
export const twoBetas: OptionRule = (value) => {
  if (!Array.isArray(value) || value.length !== 2) {
    return { rule: `Invalid betas: ${shown(value)}`, wayOut: "Give two numbers: [0.9, 0.999]." };
  }
  const wrong = value.findIndex((beta) => !(typeof beta === "number" && beta >= 0 && beta < 1));
  if (wrong < 0) return null;
  return {
    rule: `Invalid beta parameter at index ${wrong}: ${shown(value[wrong])}`,
    wayOut: "It lies from 0 to below 1.",
  };
};

/** A whole number from 1 on: `Invalid step_size: 0` */
export function positiveInteger(what: string): OptionRule {
  return (value) => {
    if (Number.isInteger(value) && (value as number) > 0) return null;
    return { rule: `Invalid ${what}: ${shown(value)}`, wayOut: "It is a whole number above 0." };
  };
}

/** Throws for the first option that breaks its rule. */
export function checkRules(op: string, options: object, rules: OptionRules): void {
  for (const [name, rule] of Object.entries(rules)) {
    const broken = rule((options as Readonly<Record<string, unknown>>)[name]);
    if (broken !== null) throw new ValueError(op, broken.rule, "", broken.wayOut);
  }
}

function shown(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Array.isArray(value) ? `an array of ${value.length}` : "an object";
}
