import { resolve } from "node:path";
import { expect, test } from "vitest";
import { withoutAugmentations } from "./augmentations.ts";

const file = (name: string) => resolve("/package", name);

test("an interface that another file extends by its path extends that file's own", () => {
  const files = new Map([
    [file("tensor.d.ts"), "export declare class Tensor {\n}\nexport type Nested = number;\n"],
    [
      file("api/to-text.d.ts"),
      'import type { Text } from "./text.ts";\ndeclare module "../tensor.ts" {\n    interface Tensor extends Text {\n        toJSON(): Nested;\n    }\n}\nexport {};\n',
    ],
    [file("other.d.ts"), 'declare module "vitest" {\n}\n'],
  ]);
  expect(Object.fromEntries(withoutAugmentations(files))).toEqual({
    [file("tensor.d.ts")]:
      'export declare class Tensor {\n}\nexport type Nested = number;\nimport type { TensorInToText } from "./api/to-text.ts";\nexport interface Tensor extends TensorInToText {\n}\n',
    [file("api/to-text.d.ts")]:
      'import type { Text } from "./text.ts";\nimport type { Nested } from "../tensor.ts";\nexport interface TensorInToText extends Text {\n        toJSON(): Nested;\n    }\nexport {};\n',
    [file("other.d.ts")]: 'declare module "vitest" {\n}\n',
  });
});

test("what is not there cannot be extended", () => {
  const files = new Map([[file("a.d.ts"), 'declare module "./b.ts" {\n    interface B {\n    }\n}\n']]);
  expect(() => withoutAugmentations(files)).toThrow("extends ./b.ts");
});

const extending = (block: string) =>
  new Map([
    [file("b.d.ts"), "export interface B {\n}\n"],
    [file("a.d.ts"), block],
  ]);

test("an interface that is extended twice is extended once, by both", () => {
  const once = "    interface B {\n        one: 1;\n    }\n    interface B {\n        two: 2;\n    }\n";
  const joined = withoutAugmentations(extending(`declare module "./b.ts" {\n${once}}\n`));
  expect(joined.get(file("b.d.ts"))).toBe(
    'export interface B {\n}\nimport type { BInA } from "./a.ts";\nexport interface B extends BInA {\n}\n',
  );
});

test.each([
  ["type parameters", "    interface B<T> {\n        one: T;\n    }\n", "by more than interfaces: interface B<T> {"],
  ["a type", "    type C = 1;\n", "by more than interfaces: type C = 1;"],
  ["a constant", "    interface B {\n    }\n    const c: 1;\n", "by more than interfaces: const c: 1;"],
])("%s would be lost", (_, body, message) => {
  expect(() => withoutAugmentations(extending(`declare module "./b.ts" {\n${body}}\n`))).toThrow(message);
});

test("a block in one line, which the compiler does not write, is not left in", () => {
  expect(() => withoutAugmentations(extending('declare module "./b.ts" { interface B {} }\n'))).toThrow(
    "is not understood",
  );
});
