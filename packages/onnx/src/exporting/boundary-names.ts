import { ValueError } from "@kindling/core";

/** The names of a graph's inputs and outputs. */
export interface BoundaryNames {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

interface Boundary {
  readonly inputs: readonly unknown[];
  readonly outputs: readonly unknown[];
}

interface GivenNames {
  readonly inputNames?: readonly string[];
  readonly outputNames?: readonly string[];
}

/** The names that the user gives, or those of the defaults that no parameter or buffer (`state`) has. */
export function boundaryNames(boundary: Boundary, given: GivenNames, state: readonly string[]): BoundaryNames {
  const names = {
    inputs: namesFor("input", boundary.inputs, given.inputNames, state),
    outputs: namesFor("output", boundary.outputs, given.outputNames, state),
  };
  checkNames(names, state);
  return names;
}

/** The user's names, or `stem` by number, with `_` at its end where a parameter has that name. */
function namesFor(
  stem: string,
  pieces: readonly unknown[],
  given: readonly string[] | undefined,
  state: readonly string[],
): readonly string[] {
  if (given === undefined) {
    return pieces.map((_, i) => {
      let name = pieces.length === 1 ? stem : `${stem}${i}`;
      while (state.includes(name)) name += "_";
      return name;
    });
  }
  const isGood = given.length === pieces.length && new Set(given).size === given.length;
  if (isGood) return given;
  const rule = `${stem}Names must be as many different names as there are ${stem}s`;
  throw new ValueError("exportOnnx", rule, `got ${given.length} for ${pieces.length}`);
}

/** Everything in a graph has a name of its own. */
function checkNames({ inputs, outputs }: BoundaryNames, state: readonly string[]): void {
  const known = new Map<string, string>(state.map((name) => [name, "a parameter or buffer"]));
  for (const [kind, list] of [
    ["an input", inputs],
    ["an output", outputs],
  ] as const) {
    for (const name of list) {
      if (name === "") throw new ValueError("exportOnnx", `the name of ${kind} must not be empty`);
      const other = known.get(name);
      if (other !== undefined) {
        const rule = `"${name}" cannot be the name of ${kind}`;
        throw new ValueError("exportOnnx", rule, `${other} has it`, "Choose another.");
      }
      known.set(name, kind);
    }
  }
}
