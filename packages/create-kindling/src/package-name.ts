import validate from "validate-npm-package-name";

/** What npm has against a name for a new package; null where it is fine. */
export function problemOfName(name: string): string | null {
  const { validForNewPackages, errors = [], warnings = [] } = validate(name);
  return validForNewPackages ? null : ([...errors, ...warnings][0] ?? "name is not valid");
}

/** `My App!` as a package's name: `my-app`. A name that npm takes stays as it is. */
export function packageNameOf(folderName: string): string {
  if (problemOfName(folderName) === null) return folderName;
  const name = folderName
    .trim()
    .normalize("NFKD") // letters and their accents apart
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (name === "") return "kindling-app";
  return problemOfName(name) === null ? name : `${name}-app`;
}
