import { formatValue } from "./format-spec.ts";

const FIELD = /\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::([^{}]*))?\}|[{}]/g;

/**
 * `template.format(**fields)` of Python: `{name}`, `{name:spec}`, `{name[key]}`, `{name.attribute}`, `{{`, `}}`.
 *
 * @throws TqdmKeyError for a name that `fields` lacks, listing those it has.
 */
export function formatTemplate(template: string, fields: Readonly<Record<string, unknown>>): string {
  return template.replace(FIELD, (match, path: string | undefined, spec: string | undefined) => {
    if (match === "{{") return "{";
    if (match === "}}") return "}";
    if (path === undefined)
      throw new TypeError(`Single '${match}' encountered in format string: write '${match}${match}'.`);
    return formatValue(lookUp(path, fields), spec ?? "");
  });
}

/** Thrown for an option or a bar-format variable that tqdm does not have. */
export class TqdmKeyError extends Error {
  override readonly name = "TqdmKeyError";
}

function lookUp(path: string, fields: Readonly<Record<string, unknown>>): unknown {
  const [name = "", ...rest] = path.split(/\]\[|\]\.|[[\].]/).filter((part, i) => i === 0 || part !== "");
  if (!Object.hasOwn(fields, name)) {
    throw new TqdmKeyError(`'${name}' is not a variable of barFormat. It has: ${Object.keys(fields).join(", ")}.`);
  }
  return rest.reduce<unknown>((value, key) => (Object(value) as Record<string, unknown>)[key], fields[name]);
}
