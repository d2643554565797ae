import { expect, test } from "vitest";
import { Generator } from "./generator.ts";
import { normal } from "./normal.ts";

test("a state holds the block, the place in it and the normal left over", () => {
  const generator = new Generator(2n ** 63n);
  normal(generator, 5);
  const other = new Generator().setState(generator.getState());
  expect(other.initialSeed()).toBe(2n ** 63n);
  expect(other.getState()).toEqual(generator.getState());
  expect(normal(other, 1000)).toEqual(normal(generator, 1000));
});

test("the float normal of a state from elsewhere is kept", () => {
  const state = new Generator(1).getState();
  new DataView(state.buffer).setFloat32(5048, 1.5, true);
  state[5052] = 1;
  expect(new Generator().setState(state).getState()).toEqual(state);
});

test("what is no state is refused, and the generator left as it was", () => {
  const generator = new Generator(1);
  const before = generator.getState();
  expect(() => generator.setState(new Uint8Array(10))).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: setState: Expected a CPUGeneratorImplState of size 5056 but found the input RNG state size to be 10. Pass what getState() returned.]`,
  );
  expect(() => generator.setState(new Uint8Array(5056))).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: setState: Invalid mt19937 state: seeded is false, left is 0, next is 0. Pass what getState() returned.]`,
  );
  expect(() => generator.setState([1, 2] as unknown as Uint8Array)).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: setState: RNG state must be a torch.ByteTensor: object. Pass a Uint8Array.]`,
  );
  for (const [left, next] of [
    [0, 0],
    [625, 0],
    [-1, 0],
    [300, 326],
  ] as const) {
    const state = before.slice();
    new DataView(state.buffer).setInt32(8, left, true);
    new DataView(state.buffer).setInt32(16, next, true);
    expect(() => generator.setState(state)).toThrow("Invalid mt19937 state");
  }
  expect(generator.getState()).toEqual(before);
});
