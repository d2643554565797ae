import { expect, test } from "vitest";
import { cpu } from "../../index.ts";

test.each(["constructor", "__proto__", "Sum", "Atan"])("%s is no kernel, and is refused by name", (kernel) => {
  const spec = { shape: [1], dtype: "float32" } as const;
  const handle = cpu.upload(new Float32Array(1), spec.shape, spec.dtype);
  // As a JavaScript program may: the types know all kernels.
  const run = (): unknown => cpu.run(kernel as "exp", { x: { handle, ...spec } }, {}, [spec]);
  expect(run).toThrow(`${kernel}: there is no such kernel`);
  cpu.free(handle);
});
