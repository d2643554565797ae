import { describe, expect, test } from "vitest";
import { ones, tensor } from "../api/creation.ts";
import { FreedTensorError, KindlingError, ValueError } from "../base/errors.ts";
import { StateReader } from "./state-reader.ts";

const state = {
  step: 3,
  lr: 0.5,
  name: "adam",
  flag: true,
  bytes: Uint8Array.of(1, 2),
  betas: [0.9, 0.999],
  "l1.weight": ones([2, 3]),
  scalar: tensor(4),
  groups: [{ lr: 1 }, { lr: 2 }],
  nothing: null,
};
const reader = new StateReader("Adam.loadStateDict", state);

describe("StateReader", () => {
  test("gives what is there, typed", () => {
    expect([reader.count("step"), reader.number("lr"), reader.string("name"), reader.boolean("flag")]).toEqual([
      3,
      0.5,
      "adam",
      true,
    ]);
    expect(reader.bytes("bytes")).toBe(state.bytes);
    expect(reader.numbers("betas", { length: 2 })).toEqual([0.9, 0.999]);
    expect(reader.tensor("l1.weight", { shape: [2, 3], dtype: "float32" })).toBe(state["l1.weight"]);
    expect(reader.number("scalar", { scalar: true, integer: true })).toBe(4);
    expect(reader.objects("groups").map((group) => group.number("lr"))).toEqual([1, 2]);
    expect([reader.has("nothing"), reader.has("constructor"), reader.has("__proto__")]).toEqual([true, false, false]);
  });

  test("names the path of what is wrong, what was expected and what came", () => {
    const messages = [
      () => reader.count("lr"),
      () => reader.number("name"),
      () => reader.number("scalar"),
      () => reader.boolean("step"),
      () => reader.string("betas"),
      () => reader.bytes("nothing"),
      () => reader.numbers("betas", { length: 3 }),
      () => reader.numbers("betas", { min: 0.95 }),
      () => reader.tensor("l1.weight", { shape: [3, 2], dtype: "int32" }),
      () => reader.tensor("groups"),
      () => reader.object("l1.weight"),
      () => reader.objects("betas"),
      () => (reader.objects("groups")[1] as StateReader).string("lr"),
      () => (reader.objects("groups")[1] as StateReader).number("momentum"),
      () => reader.value("constructor"),
      () => reader.only(["step", "lr", "name", "flag", "bytes", "betas", "l1.weight", "groups", "nothing"]),
      () => new StateReader("Adam.loadStateDict", [1]),
    ].map(messageOf);
    expect(messages.map((message) => message.replace("Adam.loadStateDict: ", ""))).toMatchInlineSnapshot(`
      [
        "lr: expected a whole number from 0 on, got 0.5. Pass what stateDict() of the same kind of object returned.",
        "name: expected a number, got 'adam'. Pass what stateDict() of the same kind of object returned.",
        "scalar: expected a number, got a float32 tensor of shape []. Pass what stateDict() of the same kind of object returned.",
        "step: expected true or false, got 3. Pass what stateDict() of the same kind of object returned.",
        "betas: expected a string, got an array of 2. Pass what stateDict() of the same kind of object returned.",
        "nothing: expected bytes (a Uint8Array), got null. Pass what stateDict() of the same kind of object returned.",
        "betas: expected an array of 3, got an array of 2. Pass what stateDict() of the same kind of object returned.",
        "betas.0: expected a number from 0.95 on, got 0.9. Pass what stateDict() of the same kind of object returned.",
        "l1.weight: expected an int32 tensor of shape [3, 2], got a float32 tensor of shape [2, 3]. Pass what stateDict() of the same kind of object returned.",
        "groups: expected a tensor, got an array of 2. Pass what stateDict() of the same kind of object returned.",
        "l1.weight: expected an object, got a float32 tensor of shape [2, 3]. Pass what stateDict() of the same kind of object returned.",
        "betas.0: expected an object, got 0.9. Pass what stateDict() of the same kind of object returned.",
        "groups.1.lr: expected a string, got 2. Pass what stateDict() of the same kind of object returned.",
        "Missing key(s) in state_dict: "groups.1.momentum": there are lr. Pass what stateDict() of the same kind of object returned.",
        "Missing key(s) in state_dict: "constructor": there are step, lr, name, flag, bytes, betas, l1.weight, scalar, ... Pass what stateDict() of the same kind of object returned.",
        "Unexpected key(s) in state_dict: "scalar". Pass what stateDict() of the same kind of object returned.",
        "Expected state_dict to be dict-like, got <class 'list'>. Pass what stateDict() of the same kind of object returned.",
      ]
    `);
  });

  test("what is like an example", () => {
    expect(reader.like("lr", 1)).toBe(0.5);
    expect(reader.like("betas", [1])).toEqual([0.9, 0.999]);
    expect(reader.like("groups", [{}])).toBe(state.groups);
    expect(reader.like("name", null)).toBe("adam");
    const kinds = {
      nan: Number.NaN,
      fn: () => 1,
      tensor: ones([2]),
      map: new Map([[0, 1]]),
      floats: new Float32Array(2),
    };
    const own = new StateReader("Adam.loadStateDict", kinds);
    for (const [key, value] of Object.entries(kinds)) expect(own.like(key, value)).toBe(value);
    expect(messageOf(() => own.like("nan", 1))).toContain("nan: expected a number, got NaN");
    expect(messageOf(() => own.like("fn", new Map()))).toContain("fn: expected a Map, got a function");
    expect(messageOf(() => own.like("map", () => 1))).toContain("map: expected a function, got a Map of 1");
    expect(messageOf(() => own.like("tensor", {}))).toContain("tensor: expected an object, got a float32 tensor");
    expect(messageOf(() => own.like("floats", ones([2])))).toContain("floats: expected a tensor, got 8 bytes");
    expect(messageOf(() => reader.like("lr", "text"))).toContain("lr: expected a string, got 0.5");
    expect(messageOf(() => reader.like("betas", [""]))).toContain("betas.0: expected a string, got 0.9");
    expect(messageOf(() => reader.like("nothing", {}))).toContain("nothing: expected an object, got null");
  });

  test("a freed tensor is refused", () => {
    const freed = ones([1]);
    freed.dispose();
    expect(() => new StateReader("load", { freed }).tensor("freed")).toThrow(FreedTensorError);
  });

  test("what a part refuses is reported with its place; what is no error of ours stays as it is", () => {
    const refused = new KindlingError("SGD.loadStateDict", "lr: expected a number");
    const inside = (error: unknown) => () =>
      reader.within("groups", () => {
        throw error;
      });
    expect(inside(refused)).toThrow("Adam.loadStateDict: groups: SGD.loadStateDict: lr: expected a number");
    const raw = new TypeError("x is not a function");
    expect(inside(raw)).toThrow(raw);
  });

  test("long text and many keys are shortened", () => {
    const keys = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`key${i}`, i]));
    expect(messageOf(() => new StateReader("load", keys).value("x".repeat(1e6))).length).toBeLessThan(300);
    expect(messageOf(() => new StateReader("load", { a: "x".repeat(1e6) }).count("a")).length).toBeLessThan(200);
  });
});

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(ValueError);
    return (error as Error).message;
  }
  return expect.fail("nothing was refused");
}
