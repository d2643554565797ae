import type { Piece, Recipe } from "./piece.ts";

/** What has to be computed to get some pieces. */
export interface Request {
  /** What has to be computed, each after what it needs. */
  readonly recipes: readonly Recipe[];
  /** What is there already, or on its way. */
  readonly given: readonly Piece[];
  /** What was asked for. */
  readonly roots: readonly Piece[];
  /** Says what is computed of what: equal texts, equal graphs. */
  readonly text: string;
}

let visits = 0;

/**
 * Walks from `roots` to what is there. Whatever of an earlier tape is asked for, or needed by another tape's recipe, should have been
 * computed with that tape: `learn` is told.
 */
export function requestFor(roots: readonly Piece[], learn: (piece: Piece) => void): Request {
  visits += 1;
  const recipes: Recipe[] = [];
  const given = new Map<Piece, number>();
  const text: (number | string)[] = [];

  const numberOf = (piece: Piece): number => {
    if (piece.isPending) return (piece.recipe as Recipe).number * 4 + piece.slot;
    let number = given.get(piece);
    if (number === undefined) {
      number = -1 - given.size;
      given.set(piece, number);
    }
    return number;
  };

  const finish = (recipe: Recipe): void => {
    recipe.number = recipes.push(recipe) - 1;
    text.push(recipe.signature.id);
    for (const input of recipe.inputs) text.push(numberOf(input));
  };

  // Recipes on the way, and how many of their inputs have been seen to.
  const path: Recipe[] = [];
  const progress: number[] = [];
  const enter = (recipe: Recipe): void => {
    if (recipe.visited === visits) return;
    recipe.visited = visits;
    path.push(recipe);
    progress.push(0);
  };

  for (const root of roots) {
    if (root.isPending) enter(root.recipe as Recipe);
    while (path.length > 0) {
      const recipe = path[path.length - 1] as Recipe;
      const next = progress[progress.length - 1] as number;
      const input = recipe.inputs[next];
      if (input === undefined) {
        path.pop();
        progress.pop();
        finish(recipe);
        continue;
      }
      progress[progress.length - 1] = next + 1;
      if (!input.isPending) continue;
      if (input.tape !== (recipe.outs[0] as Piece).tape) learn(input);
      enter(input.recipe as Recipe);
    }
  }
  text.push(">");
  for (const root of roots) text.push(numberOf(root));
  // A view of something given is told by the shape it has.
  text.push("<");
  for (const piece of given.keys()) text.push(`${piece.dtype}${piece.shape}${piece.scalar === null ? "" : "s"};`);
  return { recipes, given: [...given.keys()], roots, text: text.join() };
}
