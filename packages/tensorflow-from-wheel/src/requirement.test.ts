import { expect, test } from "vitest";
import { cudaRequirements, pythonVersionFor, wheelRequirement } from "./requirement.ts";

test("the wheel of the CPU, or that of CUDA, by the machine", () => {
  expect(wheelRequirement({ gpu: false, version: "2.21.0" })).toBe("tensorflow-cpu==2.21.0");
  expect(wheelRequirement({ gpu: true, version: "2.21.0" })).toBe("tensorflow==2.21.0");
  expect(wheelRequirement({ gpu: false, version: "2.20.0" }, { platform: "darwin", arch: "arm64" })).toBe(
    "tensorflow==2.20.0",
  );
  expect(wheelRequirement({ gpu: false, version: "2.20.0" }, { platform: "linux", arch: "arm64" })).toBe(
    "tensorflow==2.20.0",
  );
});

test("a Python that the wheel exists for", () => {
  expect(["2.15.0", "2.16.1", "2.21.0", "3.0"].map(pythonVersionFor)).toEqual(["3.10", "3.12", "3.12", "3.12"]);
});

test("what CUDA needs is read from the wheel", () => {
  const metadata = `Metadata-Version: 2.4
Name: tensorflow
Requires-Dist: numpy>=1.26.0
Provides-Extra: and-cuda
Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"
Requires-Dist: nvidia-nccl-cu12<3.0,>=2.27.7; extra == 'and-cuda'
Requires-Dist: tensorflow-metal; extra == "metal"
`;
  expect(cudaRequirements(metadata)).toEqual(["nvidia-cublas-cu12<13.0,>=12.5.3.2", "nvidia-nccl-cu12<3.0,>=2.27.7"]);
});
