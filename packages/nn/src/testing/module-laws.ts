import {
  autograd,
  cpu,
  type Device,
  manualSeed,
  memory,
  noGrad,
  randn,
  scope,
  type Tensor,
  zeros,
} from "@kindling/core";
import { isFloat } from "@kindling/core/extend";
import { expectDamageRefused, tier } from "@kindling/core/testing";
import { describe, expect, test } from "vitest";
import type { Module } from "../module.ts";

/** An example of a module: `make` returns a new one each time, `inputs` the arguments of its `forward`. */
export interface ModuleCase {
  make(): Module;
  /** Away from kinks (0 for a ReLU): slopes are measured there. */
  inputs(): Tensor[];
}

export interface ModuleLawsOptions {
  /** Where the module is tried. Default: the cpu. */
  readonly device?: Device;
  /** Whether another example of the same module is tried on the device: only what it computes is held to the laws then. Default: false. */
  readonly again?: boolean;
}

/**
 * The laws of every module. One line in a test file:
 *
 * ```ts
 * moduleLaws("Linear", { make: () => new Linear(3, 2), inputs: () => [tensor([[1, 2, 3]])] });
 * ```
 */
export function moduleLaws(
  name: string,
  { make, inputs }: ModuleCase,
  { device = cpu, again = false }: ModuleLawsOptions = {},
): void {
  const seeded = (seed = 1): Module => {
    manualSeed(seed);
    return make().to(device);
  };
  const inputsHere = (): Tensor[] => inputs().map((input) => input.to(device));
  /** The output for the same draws each time. */
  const run = (module: Module, given = inputsHere()): Tensor => {
    manualSeed(2);
    return module(...given.map((input) => (input.requiresGrad ? input.mul(1) : input.clone())));
  };

  /** The gradients of a weighted output on a device, and what is needed to measure them. */
  const differentiated = (on: Device) => {
    manualSeed(1);
    const module = make().to(on);
    const given = inputs().map((input) => (isFloat(input.dtype) ? input.to(on).clone().requiresGrad_() : input.to(on)));
    const leaves = [...given, ...module.parameters()].filter(({ requiresGrad }) => requiresGrad);
    const output = run(module, given);
    const weight = weightsFor(output);
    output.backward({ gradient: weight });
    /** The weighted output, summed, after the leaves were moved along `directions`. */
    const shifted = (directions: readonly Tensor[], step: number): number =>
      noGrad(() => {
        for (const [i, leaf] of leaves.entries()) leaf.add_(directions[i] as Tensor, { alpha: step });
        return run(module, given).mul(weight).sum().itemSync();
      });
    return { leaves, gradients: leaves.map(({ grad }) => grad), shifted };
  };

  describe(`${name} as a module on ${device.name}`, () => {
    test("moving keeps parameters and buffers the same objects, and the output", async () => {
      manualSeed(1);
      const module = make();
      const tensors = [...module.parameters(), ...module.buffers()];
      const before = await run(module, inputs()).toTypedArray();
      expect(module.to(device)).toBe(module);
      expect([...module.parameters(), ...module.buffers()]).toEqual(tensors);
      expect(tensors.every((tensor) => tensor.device === device)).toBe(true);
      const after = await run(module).toTypedArray();
      after.forEach((value, i) => {
        expect(value).toBeCloseTo(before[i] as number, 4);
      });
    });

    test("gradients are the slopes of the output", async () => {
      const { leaves, gradients, shifted } = differentiated(cpu);
      const directions = leaves.map(({ shape }) => unitDirection(shape));
      const slope = gradients.reduce(
        (sum, gradient, i) =>
          sum +
          (gradient
            ?.mul(directions[i] as Tensor)
            .sum()
            .itemSync() ?? 0),
        0,
      );
      const step = 2 ** -7;
      const measured = (shifted(directions, step) - shifted(directions, -2 * step)) / (2 * step);
      expect(Math.abs(measured - slope)).toBeLessThan(2e-2 * Math.max(1, Math.abs(slope)));
      if (device === cpu) return;

      // Measured once; a device's gradients are those, number by number.
      const there = differentiated(device).gradients;
      for (const [i, gradient] of gradients.entries()) {
        const found = Array.from((await there[i]?.toTypedArray()) ?? []);
        const wanted = Array.from(gradient?.toTypedArraySync() ?? []);
        expect(found.length).toBe(wanted.length);
        const scale = Math.max(1, ...wanted.map(Math.abs));
        const furthest = Math.max(0, ...found.map((value, at) => Math.abs(value - (wanted[at] as number))));
        expect(furthest).toBeLessThan(1e-4 * scale);
      }
    });

    test("slopes have slopes", tier("proofs", { device: device.name, package: "nn" }), async () => {
      const module = seeded();
      const given = inputsHere().map((input) => (isFloat(input.dtype) ? input.clone().requiresGrad_() : input));
      const leaves = [...given, ...module.parameters()].filter(({ requiresGrad }) => requiresGrad);
      const weight = weightsFor(run(module, given));
      const [directions, others] = [0, 1].map(() => leaves.map(({ shape }) => unitDirection(shape).to(device)));
      const along = (tensors: readonly (Tensor | null)[], ways: readonly Tensor[] = []): Tensor =>
        tensors
          .map((tensor, i) => tensor?.mul(ways[i] as Tensor).sum() ?? zeros([], { device }))
          .reduce((total, term) => total.add(term));
      /** How steep the output is in the other directions. */
      const steepness = (): Tensor =>
        along(
          autograd.grad(run(module, given).mul(weight).sum(), leaves, { createGraph: true, allowUnused: true }),
          others,
        );
      const steep = steepness();
      const slope = steep.requiresGrad
        ? await along(autograd.grad(steep, leaves, { allowUnused: true }), directions).item()
        : 0;
      const shifted = async (step: number): Promise<number> => {
        noGrad(() => {
          for (const [i, leaf] of leaves.entries()) leaf.add_(directions?.[i] as Tensor, { alpha: step });
        });
        return steepness().item();
      };
      const step = 2 ** -7;
      const measured = ((await shifted(step)) - (await shifted(-2 * step))) / (2 * step);
      expect(Math.abs(measured - slope)).toBeLessThan(2e-2 * Math.max(1, Math.abs(slope)));
    });

    if (again) return;

    test("the same seed makes the same module, another seed the same names", async () => {
      const [one, same, other] = [seeded(), seeded(), seeded(3)];
      expect(await stateOf(one)).toEqual(await stateOf(same));
      expect(Object.keys(other.stateDict())).toEqual(Object.keys(one.stateDict()));
    });

    test("a state dict makes another module give the same output", async () => {
      const [module, other] = [seeded(), seeded(3)];
      const keys = other.loadStateDict(module.stateDict());
      expect(String(keys)).toBe("<All keys matched successfully>");
      expect(await run(other).toList()).toEqual(await run(module).toList());
    });

    test("a damaged state dict is refused with a typed error, and changes nothing", async () => {
      const saved = seeded(3).stateDict();
      if (Object.keys(saved).length === 0) return;
      const optional = [...seeded().modules()].flatMap(
        (module) => (module.constructor as { optionalState?: readonly string[] }).optionalState ?? [],
      );
      await expectDamageRefused<Module>({
        make: () => seeded(),
        state: saved,
        use: (module) => void run(module),
        allows: ({ sort, path }) => sort === "missing" && optional.includes(path[0]?.split(".").at(-1) ?? ""),
      });
    });

    test("eval reaches everything below, and draws nothing", async () => {
      const module = seeded().eval();
      expect([...module.modules()].some(({ training }) => training)).toBe(false);
      const output = await run(module).toList();
      manualSeed(99);
      expect(await module(...inputsHere()).toList()).toEqual(output);
      expect([...module.train().modules()].every(({ training }) => training)).toBe(true);
    });

    test("what it is given stays as it was, unless it says inplace", () => {
      if (String(seeded()).includes("inplace=True")) return;
      const given = inputs();
      const before = given.map((input) => input.toListSync());
      manualSeed(1);
      make()(...given);
      expect(given.map((input) => input.toListSync())).toEqual(before);
    });

    test("a call runs the hooks, and forward by its name does not", () => {
      const module = seeded();
      const seen: Tensor[] = [];
      const hook = module.registerForwardHook((_, __, output) => {
        seen.push(output);
      });
      const output = run(module);
      manualSeed(2);
      module.forward(...inputsHere());
      hook.remove();
      run(module);
      expect(seen).toEqual([output]);
    });

    test("it prints its name and arguments, and copies print the same", () => {
      const text = seeded().toString();
      expect(text.startsWith(`${seeded().constructor.name}(`)).toBe(true);
      expect(text).toMatch(/\)$/);
      expect(text).not.toContain("[object");
      expect(seeded(3).toString()).toBe(text);
    });

    test("it leaves no memory behind", () => {
      const round = (): void =>
        scope(() => {
          const module = seeded();
          const output = run(module);
          if (output.requiresGrad) output.sum().backward();
          module.dispose();
        });
      round();
      const before = memory().tensors;
      round();
      expect(memory().tensors).toBe(before);
    });
  });
}

async function stateOf(module: Module): Promise<unknown> {
  const entries = Object.entries(module.stateDict());
  return Promise.all(entries.map(async ([name, tensor]) => [name, await tensor.toList()]));
}

/** Numbers that make a scalar of an output in which no element is lost. */
function weightsFor(output: Tensor): Tensor {
  manualSeed(11);
  return randn(output.shape).to(output.device);
}

function unitDirection(shape: readonly number[]): Tensor {
  const direction = randn(shape);
  return direction.div(Math.max(direction.norm().itemSync(), 1e-6));
}
