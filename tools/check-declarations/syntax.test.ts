import { expect, test } from "vitest";
import { tooNew } from "./syntax.ts";

test.each([
  "declare function save(): Promise<Uint8Array<ArrayBuffer>>;",
  "declare const view: DataView<ArrayBuffer>;",
  "declare class Epoch<B> implements AsyncIterableIterator<B, undefined> {}",
  "declare function walk(): Iterable<number, void>;",
  "declare function walk(): IteratorObject<number>;",
])("%s", (text) => {
  expect(tooNew("index.d.ts", text)).toHaveLength(1);
});

test("what TypeScript 5.5 knows", () => {
  const text = `
    declare function save(): Promise<ReturnType<Uint8ArrayConstructor["of"]>>;
    declare class Epoch<B> implements AsyncIterableIterator<B> { next(): Promise<IteratorResult<B, undefined>>; }
    declare function walk(of: Uint8Array): Generator<number, void, undefined>;
  `;
  expect(tooNew("index.d.ts", text)).toEqual([]);
});
