import * as backends from "@kindling/backends";
import * as core from "@kindling/core";
import * as coreDevice from "@kindling/core/device";
import * as coreExtend from "@kindling/core/extend";
import * as data from "@kindling/data";
import * as dataExtend from "@kindling/data/extend";
import * as datasets from "@kindling/datasets";
import * as metrics from "@kindling/metrics";
import * as nn from "@kindling/nn";
import * as onnx from "@kindling/onnx";
import * as optim from "@kindling/optim";
import * as optimExtend from "@kindling/optim/extend";
import * as safetensors from "@kindling/safetensors";
import * as safetensorsNode from "@kindling/safetensors/node";
import * as tqdm from "@kindling/tqdm";
import * as trainer from "@kindling/trainer";
import * as transforms from "@kindling/transforms";
import { expect, test } from "vitest";
import * as kindling from "./index.ts";
import * as node from "./node.ts";

const packages = { backends, core, data, datasets, metrics, nn, onnx, optim, safetensors, tqdm, trainer, transforms };

test.each(Object.entries(packages))("everything of %s is here, and is the same", (_, own) => {
  // Two packages that export one name would both lose it.
  const all: Readonly<Record<string, unknown>> = kindling;
  for (const [name, value] of Object.entries(own)) expect(all[name], name).toBe(value);
});

test("nothing else is here but the namespaces", () => {
  const names = new Set(Object.values(packages).flatMap((own) => Object.keys(own)));
  expect(Object.keys(kindling).filter((name) => !names.has(name))).toEqual([
    "datasets",
    "metrics",
    "nn",
    "optim",
    "safetensors",
    "transforms",
  ]);
});

test("what authors use is not here", () => {
  const forAuthors = [coreDevice, coreExtend, dataExtend, optimExtend].flatMap((entry) => Object.keys(entry));
  expect(forAuthors.filter((name) => name in kindling)).toEqual([]);
});

test("what has files is in the entry for Node", () => {
  expect({ ...node }).toEqual({ ...safetensorsNode });
  expect(Object.keys(node).filter((name) => name in kindling)).toEqual([]);
});
