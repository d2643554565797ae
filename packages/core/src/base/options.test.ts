import { describe, expect, test } from "vitest";
import {
  arange,
  autograd,
  avgPool2d,
  conv1d,
  conv2d,
  convTranspose2d,
  empty,
  eye,
  fromBuffer,
  full,
  fullLike,
  KindlingError,
  linspace,
  maxPool2d,
  ones,
  onesLike,
  pad,
  rand,
  randint,
  randLike,
  randn,
  randperm,
  setPrintOptions,
  type Tensor,
  tensor,
  zeros,
  zerosLike,
} from "../index.ts";
import { checkOptions } from "./options.ts";

/** What JavaScript would let through. */
const wrong = { wat: 1 } as object;
const x = (): Tensor => tensor([[1, 2]]);
const images = (): Tensor => zeros([1, 1, 2, 2]);

describe("an option that does not exist is refused", () => {
  test.each<[string, () => unknown]>([
    ["add", () => x().add(1, wrong)],
    ["sub", () => x().sub(1, wrong)],
    ["div", () => x().div(1, wrong)],
    ["clamp", () => x().clamp({ min: 0, ...wrong })],
    ["sum", () => x().sum(wrong)],
    ["sum", () => x().sum(0, wrong)],
    ["mean", () => x().mean(0, wrong)],
    ["prod", () => x().prod(0, wrong)],
    ["var", () => x().var(0, wrong)],
    ["std", () => x().std(wrong)],
    ["norm", () => x().norm(2, 0, wrong)],
    ["logsumexp", () => x().logsumexp(0, wrong)],
    ["amax", () => x().amax(0, wrong)],
    ["amin", () => x().amin(wrong)],
    ["max", () => x().max(0, wrong)],
    ["min", () => x().min(0, wrong)],
    ["argmax", () => x().argmax(0, wrong)],
    ["argmin", () => x().argmin(wrong)],
    ["all", () => x().all(0, wrong)],
    ["any", () => x().any(wrong)],
    ["sort", () => x().sort(0, wrong)],
    ["argsort", () => x().argsort(0, wrong)],
    ["topk", () => x().topk(1, 0, wrong)],
    ["pad", () => pad(x(), [1, 1], wrong)],
    ["allclose", () => x().allclose(x(), wrong)],
    ["uniform_", () => x().uniform_(0, 1, wrong)],
    ["normal_", () => x().normal_(0, 1, wrong)],
    ["bernoulli_", () => x().bernoulli_(0.5, wrong)],
    ["random_", () => x().random_(0, 9, wrong)],
    ["backward", () => x().requiresGrad_().sum().backward(wrong)],
    ["grad", () => autograd.grad(x().requiresGrad_().sum(), x().requiresGrad_(), wrong)],
    ["conv1d", () => conv1d(zeros([1, 1, 3]), zeros([1, 1, 2]), null, wrong)],
    ["conv2d", () => conv2d(images(), images(), null, wrong)],
    ["convTranspose2d", () => convTranspose2d(images(), images(), null, wrong)],
    ["maxPool2d", () => maxPool2d(images(), 2, wrong)],
    ["avgPool2d", () => avgPool2d(images(), 2, wrong)],
    ["tensor", () => tensor([1], wrong)],
    ["zeros", () => zeros([1], wrong)],
    ["ones", () => ones([1], wrong)],
    ["full", () => full([1], 2, wrong)],
    ["empty", () => empty([1], wrong)],
    ["zerosLike", () => zerosLike(x(), wrong)],
    ["onesLike", () => onesLike(x(), wrong)],
    ["fullLike", () => fullLike(x(), 2, wrong)],
    ["arange", () => arange(3, wrong)],
    ["linspace", () => linspace(0, 1, 3, wrong)],
    ["eye", () => eye(2, wrong)],
    ["rand", () => rand([1], wrong)],
    ["randLike", () => randLike(x(), wrong)],
    ["randn", () => randn([1], wrong)],
    ["randint", () => randint(0, 3, [1], wrong)],
    ["randperm", () => randperm(3, wrong)],
    ["fromBuffer", () => fromBuffer(new Uint8Array(1), [1], wrong)],
    ["setPrintOptions", () => setPrintOptions(wrong)],
  ])("%s", (op, call) => {
    expect(call).toThrow(KindlingError);
    expect(call).toThrow(`${op}() got an unexpected keyword argument 'wat'`);
  });

  test("with the ones that there are, and the one that was meant", () => {
    expect(() => x().sum(0, { keepDims: true } as object)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: sum: sum() got an unexpected keyword argument 'keepDims'. Did you mean keepdim? Its options are: keepdim, dtype.]`,
    );
    expect(() => tensor([1], { requires_grad: true } as object)).toThrow(
      "Did you mean requiresGrad? Its options are: ",
    );
    expect(() => x().sort(0, { decending: true } as object)).toThrow("Did you mean descending?");
    expect(() => x().sort(0, { reverse: true } as object)).toThrow("'reverse'. Its options are: descending, stable.");
    expect(() => checkOptions("noop", { a: 1 }, [])).toThrow(
      "noop() got an unexpected keyword argument 'a'. It has no",
    );
    expect(() => x().sum(0, true as never)).toThrow(
      "sum() takes its options as an object: got true. Write { keepdim: true }. Its options are:",
    );
  });

  test("what is undefined is not given, whatever exists is taken", () => {
    expect(x().sum(0, undefined).shape).toEqual([2]);
    expect(x().sum({ keepdim: true, dtype: "int32" }).toListSync()).toEqual([[3]]);
  });
});

describe("a dtype that does not exist is refused", () => {
  test("by every function that takes one", () => {
    const complex = { dtype: "complex64" as never };
    const names = '"float64", "float32", "bfloat16", "float16", "int64", "int32", "int16", "int8", "uint8" or "bool"';
    expect(() => zeros([2], complex)).toThrow(`zeros: zeros(): argument 'dtype' must be ${names}: got 'complex64'`);
    expect(() => x().to("complex64" as never)).toThrow('got "complex64". Give a dtype ("float64"');
    expect(() => zeros([2], { dtype: 7 as never })).toThrow(`"uint8" or "bool": got 7`);
    for (const make of [
      () => tensor([1], complex),
      () => full([1], 3, complex),
      () => onesLike(x(), complex),
      () => arange(3, complex),
      () => linspace(0, 1, 2, complex),
      () => eye(2, complex),
      () => rand([1], complex),
      () => randint(0, 3, [1], complex),
      () => randperm(3, complex),
      () => fromBuffer(new Uint8Array(1), [1], complex),
      () => x().sum(0, complex),
    ]) {
      expect(make).toThrow("got 'complex64'");
    }
  });
});
