import { deviceLaws } from "@kindling/core/testing";
import { webgpu } from "./webgpu/index.ts";

deviceLaws("webgpu", webgpu);
