import { ValueError } from "../base/errors.ts";
import { shared } from "../base/global.ts";
import { checkOptions } from "../base/options.ts";
import { surplusArguments } from "../base/surplus-arguments.ts";

/** How tensors are printed. */
export interface PrintOptions {
  /** Digits after the point of floats. */
  precision: number;
  /** Tensors with more elements are summarised. */
  threshold: number;
  /** Elements shown at either end of each dimension of a summary. */
  edgeitems: number;
  /** Characters a line; a suffix, or an element, that would go beyond starts a new one. */
  linewidth: number;
  /** Scientific notation always (true), never (false), or where the values ask for it (null). */
  sciMode: boolean | null;
}

export type PrintProfile = "default" | "short" | "full";

const PROFILES: Record<PrintProfile, Omit<PrintOptions, "sciMode">> = {
  default: { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80 },
  short: { precision: 2, threshold: 1000, edgeitems: 2, linewidth: 80 },
  full: { precision: 4, threshold: Infinity, edgeitems: 3, linewidth: 80 },
};

const current = (): { options: PrintOptions } =>
  shared("printOptions", () => ({ options: { ...PROFILES.default, sciMode: null } }));

/** The options that tensors are printed with (`torch.get_printoptions`). */
export function getPrintOptions(): PrintOptions {
  if (arguments.length > 0) throw surplusArguments("getPrintOptions()", arguments.length);
  return { ...current().options };
}

/**
 * Changes how tensors are printed (`torch.set_printoptions`): a profile first, then what is named beside it. What is not
 * named stays, but for `sciMode`, which goes back to null, as in PyTorch.
 *
 * @throws ValueError for an unknown profile, or a number that is not a count.
 */
export function setPrintOptions(options: Partial<PrintOptions> & { profile?: PrintProfile } = {}): void {
  if (arguments.length > 1) throw surplusArguments("setPrintOptions(options?)", arguments.length);
  checkOptions("setPrintOptions", options, ["profile", "sciMode", ...Object.keys(PROFILES.default)]);
  const { profile, sciMode = null, ...rest } = options;
  if (profile !== undefined && !Object.hasOwn(PROFILES, profile)) {
    const known = Object.keys(PROFILES).join(", ");
    throw new ValueError("setPrintOptions", "unknown profile", String(profile), `Known ones: ${known}.`);
  }
  const next = { ...current().options, ...(profile === undefined ? {} : PROFILES[profile]), sciMode };
  for (const [name, value] of Object.entries(rest) as [keyof typeof rest, number | undefined][]) {
    if (value === undefined) continue;
    const most = name === "precision" ? 99 : Infinity;
    if (!(value >= 0 && value <= most && (Number.isInteger(value) || value === Infinity))) {
      const rule = `${name} must be a whole number from 0 to ${most}`;
      throw new ValueError("setPrintOptions", rule, String(value), 'The defaults are profile: "default".');
    }
    next[name] = value;
  }
  current().options = next;
}
