import { type Instead, redirectPythonNames } from "../base/python-names.ts";
import { Tensor } from "./tensor.ts";

const METHODS: Instead = {
  numpy: "await x.toTypedArray(), a typed array, or await x.toList(), nested arrays",
  tolist: "await x.toList()",
  cuda: 'x.to(await device("auto")); device is exported by @kindling/backends',
  mps: 'x.to(await device("auto")); device is exported by @kindling/backends',
  ndimension: "x.ndim",
  type: "x.dtype, or x.to(dtype)",
  get_device: "x.device",
  is_floating_point: 'x.dtype === "float32"',
  pin_memory: "nothing: there is no pinned memory here",
  multiply: "x.mul(y)",
  subtract: "x.sub(y)",
  divide: "x.div(y)",
  negative: "x.neg()",
  absolute: "x.abs()",
  clip: "x.clamp(min, max)",
  greater: "x.gt(y)",
  less: "x.lt(y)",
  not_equal: "x.ne(y)",
};

const ATTRIBUTES: Instead = {
  is_cuda: "x.device",
};

redirectPythonNames(Tensor.prototype, "Tensor", METHODS, ATTRIBUTES);
