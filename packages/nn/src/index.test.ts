import { expect, test } from "vitest";
import * as nn from "./index.ts";
import names from "./torch-names.golden.json" with { type: "json" };

/** What an index holds that PyTorch has not, or not under that name. */
const OWN = {
  nn: [
    "functional", // a module there
    "init", // a module there
    "isModule", // isinstance(x, Module), across copies of the package
    "summary", // torchinfo.summary
    "utils", // a module there
  ],
  functional: [
    "logSigmoid", // logsigmoid, beside LogSigmoid
  ],
  init: [
    "calculateFanInAndFanOut", // _calculate_fan_in_and_fan_out, which many programs call
  ],
};

const beyond = (index: object, ...torch: readonly (readonly string[])[]): string[] =>
  Object.keys(index).filter((name) => !torch.flat().includes(name));

test("the index holds what torch.nn offers, and torch.nn.utils", () => {
  expect(beyond(nn, names.nn, names.utils)).toEqual(OWN.nn);
});

test("functional holds what torch.nn.functional offers", () => {
  expect(beyond(nn.functional, names.functional)).toEqual(OWN.functional);
});

test("utils holds what torch.nn.utils offers", () => {
  expect(beyond(nn.utils, names.utils)).toEqual([]);
});

test("init holds what torch.nn.init offers", () => {
  expect(beyond(nn.init, names.init)).toEqual(OWN.init);
});
