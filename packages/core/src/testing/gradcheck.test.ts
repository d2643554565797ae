import { describe, expect, test } from "vitest";
import { defineOp } from "../extend.ts";
import { detach, type Tensor, tensor, zeros } from "../index.ts";
import { gradcheck, gradgradcheck } from "./gradcheck.ts";
import { leakGuard } from "./leak-guard.ts";

leakGuard();

const x = () => tensor([0.5, -1.25, 2], { requiresGrad: true });
const y = () => tensor([[1.5], [-0.75]], { requiresGrad: true });

describe("passes", () => {
  test.each<[string, (a: Tensor, b: Tensor) => Tensor]>([
    ["a product that broadcasts", (a, b) => a.mul(b)],
    ["a mean of squares", (a, b) => a.sub(b).square().mean()],
    ["a softmax", (a, b) => a.mul(b).softmax(1)],
    ["a cube", (a, b) => a.pow(3).sum().add(b)],
    ["what does not depend on one", (a) => a.exp()],
  ])("%s", async (_, fn) => {
    expect(await gradcheck(fn, [x(), y()])).toBe(true);
    expect(await gradgradcheck(fn, [x(), y()])).toBe(true);
  });

  test("inputs that ask for no gradient are left alone", async () => {
    expect(await gradcheck((a, b) => detach(a).mul(b), [tensor([1, 2, 3]), x()])).toBe(true);
  });

  test("several outputs, integers among them", async () => {
    expect(await gradcheck((a) => a.sort(), [x()])).toBe(true);
    expect(await gradgradcheck((a) => [a.mul(a), a.exp()], [x()])).toBe(true);
  });
});

/** `x²` with a derivative that is off. */
function wrongSquare(slope: (grad: Tensor, input: Tensor) => Tensor): (a: Tensor) => Tensor {
  const op = defineOp(`wrong square`, {
    forward: ([input]) => (input as Tensor).mul(input as Tensor),
    backward: (grad, saved) => [slope(grad, saved.input(0))],
  });
  return (a) => op([a], undefined);
}

describe("catches", () => {
  test.each<[string, (grad: Tensor, input: Tensor) => Tensor]>([
    ["a factor that is missing", (grad, input) => grad.mul(input)],
    ["a factor that is off by one in a hundred", (grad, input) => grad.mul(input).mul(2.02)],
    ["a sign", (grad, input) => grad.mul(input).mul(-2)],
    ["a gradient that is not used", (_, input) => input.mul(2)],
    ["one wrong element", (grad, input) => grad.mul(input).mul(tensor([2, 2, 2.1]))],
    ["a gradient in the wrong order", (grad, input) => grad.mul(input).mul(2).flip(0)],
    ["none at all", (grad) => zeros(grad.shape)],
  ])("%s", async (_, slope) => {
    await expect(gradcheck(wrongSquare(slope), [x()])).rejects.toThrow("is not what finite differences give");
  });

  test("what is cut out of the graph", async () => {
    await expect(gradcheck((a) => detach(a).mul(a), [x()])).rejects.toThrow("element 0");
  });

  test("a second derivative that is wrong where the first is right", async () => {
    // The input is taken out of the graph of the derivative.
    const op = wrongSquare((grad, input) => grad.mul(detach(input)).mul(2));
    expect(await gradcheck(op, [x()])).toBe(true);
    await expect(gradgradcheck(op, [x()])).rejects.toThrow("is not what finite differences give");
  });
});

test("says what is wrong, and where", async () => {
  const fn = (a: Tensor, b: Tensor) => a.mul(wrongSquare((grad) => grad)(b));
  await expect(
    gradcheck(fn, [tensor([2], { requiresGrad: true }), tensor([3], { requiresGrad: true })]),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[GradcheckError: gradcheck: the derivative with respect to input 1 is not what finite differences give: element 0: 4.682941913604736 by autograd, 28.097651481628418 by differences. Look at the backward of the ops in this function. If it has a kink within 2 eps, move the inputs away from that.]`,
  );
});
