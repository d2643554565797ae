import { expect, test } from "vitest";
import { Generator } from "./generator.ts";
import { randint } from "./randint.ts";

test("the whole range of int32 is drawn from", () => {
  const values = randint(new Generator(0), 1000, -(2 ** 31), 2 ** 31);
  expect(Math.min(...values)).toBeLessThan(-2e9);
  expect(Math.max(...values)).toBeGreaterThan(2e9);
});

test("the dtype changes how values are held, not which", () => {
  const draw = (dtype: "float32" | "int32" | "uint8") => randint(new Generator(0), 20, 0, 256, dtype);
  expect(draw("float32")).toEqual(Float32Array.from(draw("int32")));
  expect(draw("uint8")).toEqual(Uint8Array.from(draw("int32")));
  expect(randint(new Generator(0), 8, 0, 2, "bool")).toEqual(Uint8Array.from(randint(new Generator(0), 8, 0, 2)));
});

test("bounds that make no sense are refused in PyTorch's words", () => {
  const generator = new Generator(0);
  expect(() => randint(generator, 1, 5, 5)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: randint: random_ expects 'from' to be less than 'to', but got from=5 >= to=5. The upper bound is not among the values.]`,
  );
  expect(() => randint(generator, 1, 0, 300, "uint8")).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: randint: to - 1 is out of bounds for unsigned char: 300. Values of uint8 go from 0 to 255.]`,
  );
  expect(() => randint(generator, 1, -1, 3, "uint8")).toThrow("from is out of bounds for unsigned char");
  expect(() => randint(generator, 1, 0, 3, "bool")).toThrow("to - 1 is out of bounds for bool");
  expect(() => randint(generator, 1, 0, 2 ** 40, "int32")).toThrow("to - 1 is out of bounds for int");
  expect(() => randint(generator, 1, 0, 1.5)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: randint: bounds must be whole numbers: low is 0, high is 1.5. Round them.]`,
  );
});
