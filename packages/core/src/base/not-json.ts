import { ArgumentTypeError } from "./errors.ts";

/**
 * The `toJSON` of an object that JSON cannot hold.
 *
 * @throws ArgumentTypeError `Object of type Net is not JSON serializable`
 */
export function refuseJson(value: object, instead: string): never {
  const { name } = value.constructor;
  throw new ArgumentTypeError(
    "JSON.stringify",
    `Object of type ${name} is not JSON serializable`,
    "",
    `Write ${instead}.`,
  );
}
