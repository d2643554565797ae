import { fromBuffer, tensor } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { pack, type State, unpack } from "./pack.ts";

const ofBytes = (bytes: Uint8Array) => fromBuffer(bytes, [bytes.length]);
const toBytes = (t: { toTypedArraySync(): ArrayLike<number> }) => Uint8Array.from(t.toTypedArraySync());

describe("pack", () => {
  test("through JSON and back", () => {
    const state: State = {
      list: [1, "two", true, null, undefined, [Number.NaN, Number.NEGATIVE_INFINITY, -0]],
      bytes: Uint8Array.of(1, 2, 3),
      empty: {},
    };
    const { form, tensors } = pack(state, ofBytes);
    expect(Object.keys(tensors)).toEqual(["bytes"]);
    expect(unpack({ form: JSON.parse(JSON.stringify(form)), tensors }, toBytes)).toEqual(state);
  });

  test("names tensors by their path", () => {
    const [weight, momentum] = [tensor([1, 2]), tensor(3)];
    const { form, tensors } = pack({ model: { "l1.weight": weight }, optimizer: { state: [{ momentum }] } }, ofBytes);
    expect(tensors).toEqual({ "model.l1.weight": weight, "optimizer.state.0.momentum": momentum });
    const back = unpack({ form, tensors }, toBytes) as { model: Record<string, unknown> };
    expect(back.model["l1.weight"]).toBe(weight);
  });

  test("misses a tensor that is not there", () => {
    const { form } = pack({ model: tensor([1]) }, ofBytes);
    expect(() => unpack({ form, tensors: {} }, toBytes)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: unpack: model: the saved state is incomplete: the tensor model is missing]`,
    );
  });
});
