import { ValueError } from "./errors.ts";

/** Devices that Windows sees under these names in every folder, whatever ending they have. */
const DEVICES = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])(?:\.|$)/i;

/** The longest name that file systems take, in bytes. */
const LONGEST = 255;

/**
 * Refuses a name that would not stay in the folder it is joined to, or that is no name on some system: one with a separator, `..`,
 * a drive, NUL. For names that come from a program, a file or an address; paths that people give are theirs to choose.
 *
 * @param argument what the name is: `filename`
 * @throws ValueError `CsvLogger: filename must be the plain name of a file or folder: "../escaped" holds "/"`
 */
export function checkFileName(op: string, argument: string, name: unknown): asserts name is string {
  const flaw = typeof name === "string" ? flawOf(name) : "is no text";
  if (flaw === undefined) return;
  const given = typeof name === "string" ? JSON.stringify(name.slice(0, 80)) : String(name);
  throw new ValueError(
    op,
    `${argument} must be the plain name of a file or folder`,
    `${given} ${flaw}`,
    "Use letters, digits, ., - and _.",
  );
}

function flawOf(name: string): string | undefined {
  if (name === "" || name === "." || name === "..") return "names no file";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const [reserved] = /[/\\:*?"<>|\u0000-\u001f\u007f]/.exec(name) ?? [];
  if (reserved !== undefined) return `holds ${JSON.stringify(reserved)}`;
  if (/[. ]$/.test(name)) return "ends with a dot or a space, which Windows takes away";
  if (DEVICES.test(name)) return "is a device on Windows";
  return new TextEncoder().encode(name).length > LONGEST ? `is longer than ${LONGEST} bytes` : undefined;
}
