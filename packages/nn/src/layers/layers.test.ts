import { createHash } from "node:crypto";
import { manualSeed, setWarningSink, type Tensor, zeros } from "@kindling/core";
import { isFloat } from "@kindling/core/extend";
import { beforeEach, describe, expect, test } from "vitest";
import * as nn from "../index.ts";
import { makeLayer } from "../testing/from-rows.ts";
import { expectGolden, fromGolden } from "../testing/golden.ts";
import golden from "./layers.golden.json" with { type: "json" };

// PyTorch warns of some of these too; here it is no matter.
beforeEach(() => setWarningSink(() => undefined));

describe("layers give PyTorch's numbers", () => {
  test.each(golden.cases.map((row, i) => [i, row.layer, row.seed, row.input.shape, row] as const))(
    "%i: %s, seed %i, input %j",
    (_, code, seed, __, row) => {
      manualSeed(seed);
      const layer = makeLayer(code);
      for (const [name, tensor] of Object.entries(layer.stateDict())) {
        expectGolden(tensor, row.stateDict[name as keyof typeof row.stateDict] as never, 0);
      }
      expect(Object.keys(layer.stateDict())).toEqual(Object.keys(row.stateDict));
      expect(String(layer)).toBe(row.text);
      const input = fromGolden(row.input);
      if (isFloat(input.dtype)) input.requiresGrad_();
      const output = layer(code.includes("inplace") ? input.mul(1) : input);
      expectGolden(output, row.output);
      output.mul(fromGolden(row.weight)).sum().backward();
      if (row.inputGrad !== null) expectGolden(input.grad, row.inputGrad);
      for (const [name, parameter] of layer.namedParameters()) {
        expectGolden(parameter.grad, row.grads[name as keyof typeof row.grads] as never);
      }
    },
  );
});

describe("running statistics are PyTorch's", () => {
  test.each(golden.running.map((row) => [row.layer, row] as const))("%s", (code, row) => {
    const layer = makeLayer(code);
    row.batches.forEach((batch, i) => {
      layer(fromGolden(batch));
      const expected: Readonly<Record<string, unknown>> = row.states[i] as never;
      for (const [name, tensor] of Object.entries(layer.stateDict())) expectGolden(tensor, expected[name] as never);
      expect(Object.keys(layer.stateDict())).toEqual(Object.keys(expected));
    });
    expectGolden(layer.eval()(fromGolden(row.batches[0] as never)), row.output);
  });
});

test.each(golden.printed.map(({ layer, text }) => [layer, text]))("%s prints %s", (code, text) => {
  expect(String(makeLayer(code as string))).toBe(text);
});

describe("a transposed convolution gives the size that it is asked for", () => {
  const layer = new nn.ConvTranspose2d(2, 3, 3, { stride: 2, padding: 1 });
  test.each(golden.transposed.map((row) => [row.size, row.outputSize, row] as const))("%j, %j", (size, asked, row) => {
    const call = (): Tensor => layer(zeros(size), asked);
    if (row.message === undefined) expect(call().shape).toEqual(row.shape);
    else expect(call).toThrow(row.message);
  });
});

describe("layers draw PyTorch's initial parameters", () => {
  test.each(golden.initial.map((row) => [row.layer, row.seed, row] as const))("%s, seed %i", (code, seed, row) => {
    manualSeed(seed);
    const layer = makeLayer(code) as nn.Linear;
    const hash = (t: Tensor): string => createHash("sha256").update(t.toTypedArraySync()).digest("hex");
    expect(hash(layer.weight)).toBe(row.weight.sha256);
    expect(hash(layer.bias as Tensor)).toBe(row.bias.sha256);
  });
});

describe("layers refuse what PyTorch refuses", () => {
  test.each(golden.errors.map((row) => [row.layer, row.input.dtype, row.input.shape, row] as const))(
    "%s of %s %j",
    (code, _, __, row) => {
      // PyTorch 2.15 puts the name of its kernel before the message; older ones do not.
      const message = row.message.replace(/^(addmm|mm): /, "");
      expect(() => makeLayer(code)(fromGolden(row.input))).toThrow(message);
    },
  );
});
