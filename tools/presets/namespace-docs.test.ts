import { expect, test } from "vitest";
import { withNamespaceDocs } from "./namespace-docs.ts";

const joined = `/**
 * The sum.
 */
declare function add(x: number): number;
declare const sub: (x: number) => number;

declare const functions_add: typeof add;
declare const functions_sub: typeof sub;
declare namespace functions {
  export {
    functions_add as add,
    functions_sub as sub,
  };
  export type { functions_Options as Options };
}
`;

test("what a namespace exports has the doc of what it stands for", () => {
  expect(withNamespaceDocs(joined).split("typeof sub;\n")[1]).toBe(`declare namespace functions {
  /**
   * The sum.
   */
  export const add: typeof functions_add;
  export { functions_sub as sub };
  export type { functions_Options as Options };
}
`);
});

test("a namespace on one line, too", () => {
  const line = joined.replace(/export \{\n.*\n.*\n {2}\};/, "export { functions_add as add, functions_sub as sub };");
  expect(line).not.toBe(joined);
  expect(withNamespaceDocs(line)).toBe(withNamespaceDocs(joined));
});

test("without namespaces nothing changes", () => {
  const code = "/** A number. */\ndeclare const x: number;\nexport { x };\n";
  expect(withNamespaceDocs(code)).toBe(code);
});
