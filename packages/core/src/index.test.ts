import { describe, expect, test } from "vitest";
import * as functionsOfTensors from "./api/functions.ts";
import * as onlyMethods from "./api/only-methods.ts";
import names from "./api/torch-names.golden.json" with { type: "json" };
import * as device from "./device.ts";
import * as extend from "./extend.ts";
import * as core from "./index.ts";
import { Tensor } from "./tensor/tensor.ts";
import * as testing from "./testing/index.ts";

const entries = {
  "@kindling/core": core,
  "@kindling/core/device": device,
  "@kindling/core/extend": extend,
  "@kindling/core/testing": testing,
};

/** PyTorch's names, in the spelling of this package. */
const torch = new Set([...names.torch, ...names.functional]);
const tensorMethods = new Set(names.Tensor);

/** The functions of the index that PyTorch has not, or not under that name. */
const OWN = [
  "cpu", // a device is an object here
  "defaultGenerator", // torch.default_generator, which is an object there
  "deviceFromTfjs",
  "fromBuffer", // torch.frombuffer
  "fromTfjs",
  "getPrintOptions", // torch._tensor_str.PRINT_OPTS
  "memory", // torch.cuda.memory_stats
  "scope",
  "setPrintOptions", // torch.set_printoptions
  "setWarningSink", // warnings.showwarning
  "toTfjs",
  "var_", // torch.var: `var` is a word of the language
];

/** Their in-place variants change the shape or the graph of the tensor instead of its elements: there are none here. */
const CHANGES_MORE = ["detach", "squeeze", "t", "transpose", "unsqueeze"];

const functions = Object.entries(core).filter(([name, value]) => /^[a-z]/.test(name) && typeof value === "function");

describe("the index", () => {
  test("holds what torch offers, and scope", () => {
    const lowercase = Object.keys(core).filter((name) => /^[a-z]/.test(name) && name !== "autograd");
    expect(lowercase.filter((name) => !torch.has(name)).sort()).toEqual(OWN);
  });

  test("beside it, classes and errors", () => {
    expect(Object.keys(core).filter((name) => /^[A-Z]/.test(name))).toMatchInlineSnapshot(`
      [
        "ArgumentTypeError",
        "AutogradError",
        "DeviceError",
        "DTypeError",
        "FreedTensorError",
        "IndexOutOfRangeError",
        "KindlingError",
        "ShapeError",
        "ValueError",
        "Generator",
        "Tensor",
      ]
    `);
  });

  test.each(functions)("%s is a method where PyTorch has one", (name) => {
    const method = name === "var_" ? "var" : name;
    expect(method in Tensor.prototype).toBe(tensorMethods.has(method));
  });
});

describe("methods", () => {
  const methods = Object.keys({ ...functionsOfTensors, ...onlyMethods }).map((name) =>
    name === "var_" ? "var" : name,
  );

  test.each(methods)("%s is called so, and is not enumerable", (name) => {
    const { value, enumerable } = Object.getOwnPropertyDescriptor(Tensor.prototype, name) ?? {};
    expect([value.name, enumerable]).toEqual([name, false]);
  });

  test.each(methods.filter((name) => !name.endsWith("_") && torch.has(name)))("%s is a function too", (name) => {
    expect(name === "var" ? "var_" : name in core).toBeTruthy();
  });

  test.each(methods.filter((name) => !CHANGES_MORE.includes(name)))(
    "%s has an in-place variant where PyTorch has one",
    (name) => {
      if (!name.endsWith("_")) expect(`${name}_` in Tensor.prototype).toBe(tensorMethods.has(`${name}_`));
    },
  );
});

test("for authors of devices", () => {
  expect(Object.keys(device).sort()).toMatchInlineSnapshot(`
    [
      "NamedDevice",
      "TfjsDevice",
      "adamFactors",
      "allFinite",
      "allocate",
      "blocksOf",
      "castArray",
      "castKernel",
      "convolveInputGradInto",
      "convolveInto",
      "convolveWeightGradInto",
      "fusedKernels",
      "geometryOf",
      "gradientLayout",
      "imageLayout",
      "integerKernels",
      "isKernelName",
      "isLaidOut",
      "isList",
      "layOut",
      "lookUp",
      "maxPoolGradInto",
      "maxPoolInto",
      "maxPoolPlacesInto",
      "maxPoolingOf",
      "quotientKernels",
      "rankingKernels",
      "refusingOverflow",
      "runningSums",
      "sgdFactors",
      "swappedWeight",
      "zeroDivision",
    ]
  `);
});

test("for authors of ops and layers", () => {
  expect(Object.keys(extend).sort()).toMatchInlineSnapshot(`
    [
      "CALL",
      "Callable",
      "DTYPES",
      "StateReader",
      "adamStep",
      "allocateForFile",
      "asBuffer",
      "asParameter",
      "bytesPerElement",
      "checkFileName",
      "checkInts",
      "checkList",
      "checkOperand",
      "checkOptions",
      "checkTensor",
      "defineFused",
      "defineOp",
      "describeValue",
      "detachFromScope",
      "dtypeNamed",
      "fileArrayOf",
      "firstReaching",
      "floatOf",
      "formatFixed",
      "formatShape",
      "fromFileArray",
      "isBuffer",
      "isDType",
      "isDevice",
      "isFloat",
      "isGenerator",
      "isInteger",
      "isObject",
      "isParameter",
      "isPersistentBuffer",
      "kernel",
      "leaveScope",
      "leavingScope",
      "loadTogether",
      "namesDevice",
      "normalize",
      "notADevice",
      "numel",
      "onOneDevice",
      "opNames",
      "outsideScopes",
      "peek",
      "pythonFloat",
      "pythonRepr",
      "pythonType",
      "redirectPythonNames",
      "refuseJson",
      "resetGrad",
      "runKernel",
      "sameShape",
      "scalarTypeName",
      "setData",
      "sgdStep",
      "surplusArguments",
      "toFileArray",
      "warn",
      "watchOps",
    ]
  `);
});

test("for tests", () => {
  expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
    [
      "GradcheckError",
      "RecordingDevice",
      "agree",
      "damagesOf",
      "deviceLaws",
      "differs",
      "expectDamageRefused",
      "fromGolden",
      "goldenNumbers",
      "gradcheck",
      "gradgradcheck",
      "leakGuard",
      "tier",
      "unownedMemory",
    ]
  `);
});

test("each name has one entry", () => {
  const names = Object.values(entries).flatMap((entry) => Object.keys(entry));
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test("a tensor of another copy of the package is a tensor", () => {
  const foreign = Object.create(null, { [Symbol.for("kindling.Tensor")]: { value: true } });
  expect(core.isTensor(foreign)).toBe(true);
  expect([null, undefined, 3, {}, [], "tensor"].some(core.isTensor)).toBe(false);
});
