/**
 * Which of `theirs`, the names in a file, means which of `own`, the names of fields, in another spelling: `run_mean` is `runMean`. What is there in
 * the same spelling means itself and is not listed; nor is what could mean two.
 *
 * @returns their names, by our own
 */
export function snakeCaseNames(own: Iterable<string>, theirs: Iterable<string>): Map<string, string> {
  const [fields, names] = [new Set(own), new Set(theirs)];
  const free = [...names].filter((name) => name.includes("_") && !fields.has(name));
  const found = new Map<string, string>();
  if (free.length === 0) return found;
  for (const field of fields) {
    if (names.has(field)) continue;
    const [name, ...others] = free.filter((candidate) => means(candidate, field));
    if (name !== undefined && others.length === 0) found.set(field, name);
  }
  // Two fields that one name means.
  const taken = [...found.values()];
  for (const [field, name] of found) if (taken.indexOf(name) !== taken.lastIndexOf(name)) found.delete(field);
  return found;
}

function means(name: string, field: string): boolean {
  return snakeCase(field) === name || camelCase(name) === field;
}

/** `runMean` as `run_mean`, `convBN` as `conv_bn`, `RNNCell` as `rnn_cell`. */
function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "_").toLowerCase();
}

/** `run_mean` as `runMean`, `block_1` as `block1`. */
function camelCase(name: string): string {
  return name.replace(/(?<=[A-Za-z0-9])_([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
