import { expect, test } from "vitest";
import { withInPlaceDocs } from "./in-place-docs.ts";

const namespace = (name: string, ...members: string[]): string =>
  [
    `declare namespace ${name} {`,
    ...members.flatMap((member) => [
      "  /**",
      `   * The doc of ${member}.`,
      "   */",
      `  export const ${member}: typeof ${name}_${member};`,
    ]),
    "}\n",
  ].join("\n");

const joined = [
  namespace("arithmetic", "add", "maximum"),
  namespace("comparison", "eq"),
  namespace("functions", "add", "maximum", "eq", "cumsum", "matmul"),
  "type Pointwise = keyof typeof arithmetic | keyof typeof comparison;\n",
  'declare const WITHOUT: readonly ["maximum"];\n',
  'declare const BESIDES: readonly ["cumsum"];\n',
  "interface TensorMethods extends InPlaceOf<Pick<Functions, InPlaceName>> {\n}\n",
].join("");

test("in-place variants have the docs of their functions", () => {
  const written = withInPlaceDocs(joined);
  expect(written).toContain(`declare namespace inPlace {
  /**
   * The doc of add.
   */
  export const add_: typeof functions_add;
  /**
   * The doc of eq.
   */
  export const eq_: typeof functions_eq;
  /**
   * The doc of cumsum.
   */
  export const cumsum_: typeof functions_cumsum;
}
`);
  expect(written).toContain(`extends MethodsOf<Pick<typeof inPlace, \`\${InPlaceName}_\`>> {`);
});

test("other declarations stay as they are", () => {
  const code = namespace("functions", "add");
  expect(withInPlaceDocs(code)).toBe(code);
});

test("a namespace that is gone fails the build", () => {
  expect(() => withInPlaceDocs(joined.replace("namespace comparison", "namespace logic"))).toThrow(
    "there is no namespace comparison",
  );
});
