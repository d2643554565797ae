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
