/**
 * The print forms of a device: `str(device)` and `repr(device)` of PyTorch. A class that implements `Device` extends this one.
 *
 * @example String(device) // "cpu"; console.log(device) prints device(type='cpu')
 */
export abstract class NamedDevice {
  abstract readonly name: string;

  toString(): string {
    return this.name;
  }

  toJSON(): string {
    return this.name;
  }

  /** For `console.log` in Node, Deno and Bun. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `device(type='${this.name}')`;
  }
}
