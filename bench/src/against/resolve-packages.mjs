// Node runs these hooks in a thread of their own, which tsx does not reach: hence no TypeScript.

let where;

/** `ours`: the folder of the benchmarks; `theirs`: the file that Kindling's packages are to be found from instead. */
export function initialize(data) {
  where = data;
}

export function resolve(specifier, context, next) {
  const moved = specifier.startsWith("@kindling/") && context.parentURL?.startsWith(where.ours);
  return next(specifier, moved ? { ...context, parentURL: where.theirs } : context);
}
