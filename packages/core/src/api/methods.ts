import { backward } from "../autograd/engine.ts";
import { describeValue } from "../base/describe-value.ts";
import { type DType, isDType } from "../base/dtype.ts";
import { ArgumentTypeError, DeviceError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { shapeArgument } from "../base/shape.ts";
import type { Device } from "../device/device.ts";
import { isDevice, namesDevice, notADevice } from "../device/device-argument.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { formatParameter, formatTensor } from "../format/format-tensor.ts";
import { moveTo } from "../graph/op.ts";
import { index } from "../ops/advanced-index.ts";
import * as arithmetic from "../ops/arithmetic.ts";
import * as broadcast from "../ops/broadcast.ts";
import * as comparison from "../ops/comparison.ts";
import { cast } from "../ops/conversion.ts";
import { allclose, clone, detach, equal } from "../ops/copying.ts";
import * as filling from "../ops/filling.ts";
import * as indexing from "../ops/indexing.ts";
import { copyInto, inPlace } from "../ops/inplace.ts";
import { bmm, dot, matmul, mm, mv, outer } from "../ops/matmul.ts";
import * as movement from "../ops/movement.ts";
import * as reduction from "../ops/reduction.ts";
import * as slicing from "../ops/slicing.ts";
import { logSoftmax, softmax } from "../ops/softmax.ts";
import { argsort, sort, topk } from "../ops/sorting.ts";
import { checkTensor } from "../tensor/arguments.ts";
import { IN_PLACE, type InPlaceName } from "../tensor/in-place-names.ts";
import { isParameter } from "../tensor/persistent.ts";
import { hostTensor, isTensor, Tensor } from "../tensor/tensor.ts";
import type { Index, KeepDim, OwnMethods, Sizes, ValuesAndIndices } from "../tensor/tensor-methods.ts";
import { standIn, unknownDType } from "../tensor/tensor-options.ts";

// The one place where ops become methods: ops know tensors, tensors do not know ops.

/** The largest element, the larger of two tensors, or the largest along a dimension with where it stands. */
export function max(x: Tensor): Tensor;
export function max(x: Tensor, other: Tensor): Tensor;
export function max(x: Tensor, dim: number, options?: KeepDim): ValuesAndIndices<Tensor>;
export function max(x: Tensor, other?: Tensor | number, options?: KeepDim): Tensor | ValuesAndIndices<Tensor> {
  checkTensor("max", x);
  if (other !== undefined && typeof other !== "number") checkTensor("max", other, "other", 2);
  if (other === undefined) return reduction.maxOfAll(x);
  if (isTensor(other) && options !== undefined) checkOptions("max", options, []);
  return isTensor(other) ? arithmetic.maximum(x, other) : reduction.maxDim(x, other, options);
}

/** The smallest element, the smaller of two tensors, or the smallest along a dimension with where it stands. */
export function min(x: Tensor): Tensor;
export function min(x: Tensor, other: Tensor): Tensor;
export function min(x: Tensor, dim: number, options?: KeepDim): ValuesAndIndices<Tensor>;
export function min(x: Tensor, other?: Tensor | number, options?: KeepDim): Tensor | ValuesAndIndices<Tensor> {
  checkTensor("min", x);
  if (other !== undefined && typeof other !== "number") checkTensor("min", other, "other", 2);
  if (other === undefined) return reduction.minOfAll(x);
  if (isTensor(other) && options !== undefined) checkOptions("min", options, []);
  return isTensor(other) ? arithmetic.minimum(x, other) : reduction.minDim(x, other, options);
}

/** Another dtype or device; the tensor itself when it is there already. */
export function to(x: Tensor, target: DType | Device): Tensor {
  checkTensor("to", x);
  if (isDevice(target)) return moveTo(x, target);
  if (isDType(target)) return cast(x, target);
  const stand = typeof target === "string" ? standIn(target) : undefined;
  if (stand !== undefined) throw unknownDType("to", target);
  if (namesDevice(target)) throw notADevice("to", target, (device) => `x.to(${device})`);
  throw new DeviceError(
    "to",
    "to() received an invalid combination of arguments",
    `got ${describeValue(target)}`,
    'Give a dtype ("float32", "int32", "uint8", "bool") or a device: x.to(await device("auto")).',
  );
}

/** What `print(tensor)` prints. A device that cannot be read without waiting shows no elements. */
function toText(x: Tensor): string {
  if (x.isDisposed) return `tensor(<freed>, shape=[${x.shape.join(", ")}], made by ${x.op})`;
  const { shape, dtype, device, requiresGrad } = x;
  const host = x.hostElements();
  if (host === null && device.downloadSync === undefined) {
    return `tensor(..., size=(${shape.join(", ")}), device='${device.name}')`;
  }
  const contents = {
    data: x.dataSync(),
    shape,
    dtype,
    ...(device !== cpu && { device: device.name }),
    requiresGrad,
    gradFn: x.gradFn?.name ?? null,
  };
  return isParameter(x) ? formatParameter(contents) : formatTensor(contents);
}

type Rest<F> = F extends (x: Tensor, ...rest: infer R) => unknown ? R : never;

/** `f(x, ...rest)` as the method `x.f(...rest)`. */
function method<F extends (x: Tensor, ...rest: never[]) => unknown>(
  f: F,
): (this: Tensor, ...rest: Rest<F>) => ReturnType<F> {
  return function (this: Tensor, ...rest) {
    // `Rest<F>` is what F takes after the tensor, which the compiler does not see of a generic F.
    return f(this, ...(rest as unknown as never[])) as ReturnType<F>;
  };
}

const methods: OwnMethods<Tensor> & ThisType<Tensor> = {
  add: method(arithmetic.add),
  sub: method(arithmetic.sub),
  mul: method(arithmetic.mul),
  div: method(arithmetic.div),
  pow: method(arithmetic.pow),
  remainder: method(arithmetic.remainder),
  maximum: method(arithmetic.maximum),
  minimum: method(arithmetic.minimum),
  neg: method(arithmetic.neg),
  exp: method(arithmetic.exp),
  expm1: method(arithmetic.expm1),
  log: method(arithmetic.log),
  log1p: method(arithmetic.log1p),
  sqrt: method(arithmetic.sqrt),
  rsqrt: method(arithmetic.rsqrt),
  square: method(arithmetic.square),
  reciprocal: method(arithmetic.reciprocal),
  abs: method(arithmetic.abs),
  sign: method(arithmetic.sign),
  sin: method(arithmetic.sin),
  cos: method(arithmetic.cos),
  erf: method(arithmetic.erf),
  floor: method(arithmetic.floor),
  ceil: method(arithmetic.ceil),
  round: method(arithmetic.round),
  clamp: method(arithmetic.clamp),

  copy_: method(copyInto),
  fill_: method(filling.fill_),
  zero_: method(filling.zero_),
  uniform_: method(filling.uniform_),
  normal_: method(filling.normal_),
  bernoulli_: method(filling.bernoulli_),
  random_: method(filling.random_),

  eq: method(comparison.eq),
  ne: method(comparison.ne),
  lt: method(comparison.lt),
  le: method(comparison.le),
  gt: method(comparison.gt),
  ge: method(comparison.ge),
  logicalAnd: method(comparison.logicalAnd),
  logicalOr: method(comparison.logicalOr),
  logicalNot: method(comparison.logicalNot),
  isnan: method(comparison.isnan),
  isinf: method(comparison.isinf),
  isfinite: method(comparison.isfinite),
  where(condition, other) {
    return comparison.where(condition, this, other);
  },
  maskedFill: method(comparison.maskedFill),
  equal: method(equal),
  allclose: method(allclose),

  sum: method(broadcast.sum),
  mean: method(reduction.mean),
  prod: method(reduction.prod),
  var: method(reduction.variance),
  std: method(reduction.std),
  norm: method(reduction.norm),
  logsumexp: method(reduction.logsumexp),
  amax: method(reduction.amax),
  amin: method(reduction.amin),
  max: method(max as never),
  min: method(min as never),
  argmax: method(reduction.argmax),
  argmin: method(reduction.argmin),
  all: method(reduction.all),
  any: method(reduction.any),
  cumsum: method(reduction.cumsum),
  sort: method(sort),
  argsort: method(argsort),
  topk: method(topk),

  matmul: method(matmul),
  mm: method(mm),
  bmm: method(bmm),
  mv: method(mv),
  dot: method(dot),
  outer: method(outer),

  view(...shape: Sizes) {
    return broadcast.reshape(this, shapeArgument(shape));
  },
  reshape(...shape: Sizes) {
    return broadcast.reshape(this, shapeArgument(shape));
  },
  expand(...shape: Sizes) {
    return broadcast.expand(this, shapeArgument(shape));
  },
  expandAs(other) {
    checkTensor("expandAs", other, "other", 2);
    return broadcast.expand(this, other.shape);
  },
  flatten: method(movement.flatten),
  unflatten: method(movement.unflatten),
  squeeze: method(movement.squeeze),
  unsqueeze: method(movement.unsqueeze),
  repeat(...repeats: Sizes) {
    return movement.repeat(this, shapeArgument(repeats));
  },
  t: method(movement.t),
  transpose: method(movement.transpose),
  permute(...dims: Sizes) {
    return movement.permute(this, shapeArgument(dims));
  },
  flip(...dims: Sizes) {
    return movement.flip(this, shapeArgument(dims));
  },
  pad: method(slicing.pad),
  contiguous() {
    return this;
  },

  index(...indices: Index<Tensor>[]) {
    return index(this, indices);
  },
  select: method(slicing.select),
  narrow: method(slicing.narrow),
  split(size, dim) {
    return slicing.split(this, size, dim);
  },
  chunk: method(slicing.chunk),
  unbind: method(slicing.unbind),
  gather: method(indexing.gather),
  indexSelect: method(indexing.indexSelect),
  maskedSelect: method(indexing.maskedSelect),
  nonzero: method(indexing.nonzero),

  relu: method(arithmetic.relu),
  sigmoid: method(arithmetic.sigmoid),
  tanh: method(arithmetic.tanh),
  softmax: method(softmax),
  logSoftmax: method(logSoftmax),

  to: method(to),
  float() {
    return cast(this, "float32");
  },
  int() {
    return cast(this, "int32");
  },
  bool() {
    return cast(this, "bool");
  },
  byte() {
    return cast(this, "uint8");
  },
  clone: method(clone),
  detach: method(detach),
  backward(options) {
    backward(this, options);
  },
  async cpu() {
    if (this.device === cpu) return this;
    if (this.device.downloadSync !== undefined) return moveTo(this, cpu);
    const data = await this.data();
    const elements = { data, offset: 0, length: data.length, steps: null };
    return hostTensor("cpu", elements, this.shape, this.dtype, cpu);
  },
};

/** A method that leaves its result in the tensor. */
function changing(name: InPlaceName): (this: Tensor, ...rest: never[]) => Tensor {
  const compute: (this: Tensor, ...rest: never[]) => Tensor = methods[name];
  return function (this: Tensor, ...rest) {
    return inPlace(`${name}_`, this, (x) => compute.apply(x, rest));
  };
}

Object.assign(
  Tensor.prototype,
  methods,
  Object.fromEntries(IN_PLACE.map((name) => [`${name}_`, changing(name)] as const)),
);
Object.defineProperties(Tensor.prototype, {
  [Symbol.toPrimitive]: {
    value(this: Tensor, hint: string) {
      if (hint === "string") return toText(this);
      throw new ArgumentTypeError(
        "Tensor",
        "a tensor is not a number: JavaScript's operators do not take tensors",
        "",
        hint === "number"
          ? "Write x.mul(2), x.gt(0), ... for x * 2, x > 0, ...; await x.item() gives the number of a single element."
          : "Write x.add(1) for x + 1, x.eq(1) for x == 1, String(x) to print; await x.item() gives the number of a single element.",
      );
    },
  },
  // What JSON.stringify writes.
  toJSON: {
    value(this: Tensor) {
      return this.toListSync();
    },
  },
  toString: {
    value(this: Tensor) {
      return toText(this);
    },
  },
  // What Node's console.log shows.
  [Symbol.for("nodejs.util.inspect.custom")]: {
    value(this: Tensor) {
      return toText(this);
    },
  },
});
