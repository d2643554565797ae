import { ValueError } from "@kindling/core";

/** Puts `properties` on `target` for good: setting one later throws, in PyTorch's words. */
export function locked<T extends object>(target: T, properties: Readonly<Partial<T>>): void {
  for (const [name, value] of Object.entries(properties)) {
    Object.defineProperty(target, name, {
      enumerable: true,
      get: () => value,
      set() {
        const pythonName = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
        throw new ValueError(
          target.constructor.name,
          `${pythonName} attribute should not be set after ${target.constructor.name} is initialized`,
          "",
          `Make a new ${target.constructor.name}.`,
        );
      },
    });
  }
}
