import { describe, expect, test } from "vitest";
import { tensor } from "../api/creation.ts";
import { DeviceError } from "../base/errors.ts";
import type { Device } from "../device/device.ts";
import { cpu } from "../devices/cpu/cpu.ts";
import { scope } from "../scope/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { agree, fromGolden } from "./golden.ts";
import { callOp, describeCall, type GoldenCase, goldenCases } from "./golden-cases.ts";
import { RecordingDevice } from "./recording-device.ts";

const CLOSE = { rtol: 1e-6, atol: 0 };

/** Calls of ops with several tensors that hold elements: PyTorch wants them on one device. */
function severalTensors(): GoldenCase[] {
  const seen = new Set<string>();
  return goldenCases.filter(({ op, inputs, args }) => {
    // An index may be on the cpu, a source anywhere, and of `other` only the shape counts.
    if (
      ["index", "copy_", "expandAs", "reshapeAs", "viewAs"].includes(op) ||
      inputs.filter(({ shape }) => shape.length > 0).length < 2
    )
      return false;
    if (!inputs.every(({ shape }) => shape.length > 0 && !shape.includes(0))) return false;
    const form = `${op} ${args.map((arg) => typeof arg)} ${inputs.map(({ dtype }) => dtype)} ${inputs.map(({ shape }) => shape.length)}`;
    if (seen.has(form)) return false;
    seen.add(form);
    return true;
  });
}

/** Tensors of one op are on one device, or it says so before it computes; a cpu scalar may be anywhere. */
export function placementLaws(device: () => Device): void {
  const cases = severalTensors();

  describe("tensors on two devices are refused before any kernel runs", () => {
    for (const op of new Set(cases.map((call) => call.op))) {
      test(op, () => {
        for (const call of cases.filter((other) => other.op === op)) {
          const [first, second] = [new RecordingDevice(device(), "first"), new RecordingDevice(device(), "second")];
          for (let moved = 0; moved < call.inputs.length; moved++) {
            const refused = (): unknown =>
              scope(() => {
                const inputs = call.inputs.map((input, i) => fromGolden(input, i === moved ? second : first));
                first.kernels.length = 0;
                second.kernels.length = 0;
                return callOp(call, inputs, first);
              });
            expect(refused, describeCall(call)).toThrow(DeviceError);
            expect(refused).toThrow("Expected all tensors to be on the same device, but found at least two devices, ");
            expect([...first.kernels, ...second.kernels], describeCall(call)).toEqual([]);
          }
        }
      });
    }
  });

  test("the message names the op, both devices, and the way out", () => {
    const [first, second] = [new RecordingDevice(device(), "first"), new RecordingDevice(device(), "second")];
    const add = (): unknown => scope(() => tensor([1, 2], { device: first }).add(tensor([1, 2], { device: second })));
    expect(add).toThrow(
      "add: Expected all tensors to be on the same device, but found at least two devices, first and second! Move one of them: t.to(device)",
    );
  });

  describe("a scalar on the cpu mixes", () => {
    const ops: Record<string, (a: Tensor, b: Tensor) => Tensor> = {
      add: (a, b) => a.add(b),
      sub: (a, b) => a.sub(b),
      mul: (a, b) => a.mul(b),
      div: (a, b) => a.div(b),
      pow: (a, b) => a.pow(b),
      maximum: (a, b) => a.maximum(b),
      where: (a, b) => a.where(a.gt(b), b),
      gt: (a, b) => a.gt(b),
    };
    test.each(Object.entries(ops))("%s, on either side", async (_, op) => {
      const values = [1.5, 2.5, 0.25];
      const there = tensor(values, { device: device() });
      const [left, right] = [op(there, tensor(2)), op(tensor(2), there)];
      expect([left.device, right.device]).toEqual([device(), device()]);
      // A power is no arithmetic: it may be off in the last digits.
      const wanted = [op(tensor(values), tensor(2)), op(tensor(2), tensor(values))].map((x) => x.to("float32"));
      for (const [i, found] of [left, right].entries()) {
        const [got, sought] = [await found.to("float32").toTypedArray(), await (wanted[i] as Tensor).toTypedArray()];
        expect(Array.from(got, (value, k) => agree(value, sought[k] as number, CLOSE))).toEqual([true, true, true]);
      }
    });

    test("and gets its gradient there", async () => {
      const scalar = tensor(3, { requiresGrad: true });
      const loss = tensor([1, 2], { device: device() }).mul(scalar).sum();
      if (device().downloadSync === undefined) {
        expect(() => loss.backward()).toThrow("cannot be read without waiting");
        return;
      }
      loss.backward();
      expect(scalar.grad?.device).toBe(cpu);
      expect(await scalar.grad?.item()).toBe(3);
    });

    test("a vector on the cpu does not", () => {
      const other = new RecordingDevice(device(), "other");
      expect(() => scope(() => tensor([1, 2], { device: other }).mul(tensor([3, 4])))).toThrow(
        "two devices, other and cpu",
      );
      expect(() => scope(() => tensor([1, 2]).mul(tensor([3], { device: other })))).toThrow(
        "two devices, cpu and other",
      );
    });
  });
}
