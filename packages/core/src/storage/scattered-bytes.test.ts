import { describe, expect, test } from "vitest";
import { fromBuffer, stack, type Tensor, tensor } from "../index.ts";
import { ScatteredBytes } from "./scattered-bytes.ts";

const images = (): Tensor =>
  fromBuffer(
    Uint8Array.from({ length: 40 }, (_, i) => (i * 37) % 256),
    [5, 2, 4],
  );
const ROWS = [3, 0, 3, 1];
const rows = (x: Tensor): Tensor => x.indexSelect(0, tensor(ROWS, { dtype: "int32" }));
const isApart = (x: Tensor): boolean => x.content().host instanceof ScatteredBytes;

/** The same rows, of floats that nothing waits for: those are copied at once. */
const copied = (): Tensor => rows(fromBuffer(images().to("float32").toTypedArraySync(), [5, 2, 4]));

describe("rows that lie apart", () => {
  test.each<[string, (x: Tensor) => Tensor]>([
    ["all of them", (x) => x],
    ["one", (x) => x.select(0, 2)],
    ["some that follow each other", (x) => x.narrow(0, 1, 2)],
    ["none", (x) => x.narrow(0, 2, 0)],
    ["a batch in parts", (x) => x.split(3)[0] as Tensor],
    ["a view of another width, and a piece of it", (x) => x.view(16, 2).narrow(0, 3, 5)],
    ["half a row", (x) => x.view(8, 4).select(0, 3)],
    ["an element", (x) => x.select(0, 1).select(0, 1).select(0, 2)],
    ["a copy", (x) => x.clone()],
    ["rows of rows", (x) => x.indexSelect(0, tensor([2, 2, 0], { dtype: "int32" }))],
    ["samples joined again", (x) => stack(x.unbind().map((row) => row.view(-1)))],
    ["turned round", (x) => x.transpose(0, 2)],
    ["changed in place", (x) => x.clone().add_(1)],
    ["as whole numbers", (x) => x.to("int32")],
  ])("%s", (_, look) => {
    const expected = look(copied()).toListSync();
    expect(look(rows(images())).to("float32").toListSync()).toEqual(expected);
    expect(look(rows(images().to("float32"))).toListSync()).toEqual(expected);
  });

  test("stay where they are until they are read, and are put together once", () => {
    const x = rows(images());
    expect([isApart(x), isApart(x.view(4, 8)), isApart(x.narrow(0, 1, 2)), isApart(x.to("float32").div(255))]).toEqual(
      Array(4).fill(true),
    );
    x.toListSync();
    expect(isApart(x)).toBe(false);
    expect(x.storage.host).toBe(x.view(4, 8).storage.host);
  });

  test("do not change with what they were taken from", () => {
    const source = images();
    const x = rows(source);
    const before = rows(images()).toListSync();
    source.add_(100);
    expect(x.toListSync()).toEqual(before);
  });

  test("changed in place leave it as it was", () => {
    const source = images();
    rows(source).fill_(7);
    expect(source.toListSync()).toEqual(images().toListSync());
  });

  test("those read are the reader's own", () => {
    const source = images();
    rows(source).toTypedArraySync().fill(9);
    source.select(0, 0).toTypedArraySync().fill(9);
    expect(source.toListSync()).toEqual(images().toListSync());
  });

  test("floats are copied at once", () => {
    expect(isApart(copied())).toBe(false);
  });
});
