/** The lines of a built declaration file that show what is marked `@internal`: the build strips them (`stripInternal`). */
export function internals(file: string, text: string): string[] {
  return text
    .split("\n")
    .flatMap((line, at) => (line.includes("@internal") ? [`${file}:${at + 1}: is internal: ${line.trim()}`] : []));
}
