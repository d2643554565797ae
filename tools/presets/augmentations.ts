import { dirname, relative, resolve, sep } from "node:path";

/** `declare module "./tensor.ts" { ... }`, as the compiler writes it: the block ends where a line begins with `}`. */
const BLOCK = /^declare module "(\.[^"]+)" \{\n([\s\S]*?)^\}\n?/gm;

/** An interface in such a block, up to its members. */
const INTERFACE = /^ {4}(?:export )?interface (\w+)\b/gm;

/** A line of such a block that is none of these: another statement, or an interface with type parameters. */
const OTHER = /^ {4}(?!(?:export )?interface \w+ )[A-Za-z@].*$/m;

/** A block that is left, as the compiler does not write it. */
const LEFT = /^declare module "\.[^"]+".*$/m;

/**
 * Declaration files, by their paths, in which no file extends an interface or class of another by its relative path: once files are joined,
 * the path names nothing. The members stay where they are, in an interface of its own that the extended one extends.
 */
export function withoutAugmentations(files: ReadonlyMap<string, string>): Map<string, string> {
  const changed = new Map(files);
  for (const [file, text] of files) {
    const kept = text.replaceAll(BLOCK, (_, path: string, body: string) => {
      const target = resolve(dirname(file), path).replace(/\.ts$/, ".d.ts");
      const extended = changed.get(target);
      if (extended === undefined) throw new Error(`${file} extends ${path}, which is no file of this package`);
      const [other] = OTHER.exec(body) ?? [];
      if (other !== undefined) throw new Error(`${file} extends ${path} by more than interfaces: ${other.trim()}`);
      const added = new Set<string>();
      const own = body.replaceAll(INTERFACE, (_, name: string) => {
        const members = `${name}In${pascal(file)}`;
        added.add(
          `import type { ${members} } from "${specifier(target, file)}";\nexport interface ${name} extends ${members} {\n}\n`,
        );
        return `export interface ${members}`;
      });
      changed.set(target, `${extended}${[...added].join("")}`);
      const seen = exportedBy(files.get(target) ?? "").filter((name) => mentions(own, name) && !knows(text, name));
      return seen.length > 0 ? `import type { ${seen.join(", ")} } from "${specifier(file, target)}";\n${own}` : own;
    });
    const [left] = LEFT.exec(kept) ?? [];
    if (left !== undefined) throw new Error(`${file}: ${left} is not understood`);
    if (kept !== text) changed.set(file, `${kept}${changed.get(file)?.slice(text.length)}`);
  }
  return changed;
}

const exportedBy = (text: string): string[] =>
  [...text.matchAll(/^export (?:declare )?(?:abstract )?(?:class|interface|type) (\w+)/gm)].map(
    ([, name = ""]) => name,
  );

const mentions = (text: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);

/** Whether a file imports or declares `name`; inside of the block it sees what the other file exports, too. */
const knows = (text: string, name: string): boolean =>
  new RegExp(`^import [^;]*\\b${name}\\b|^(?:export )?(?:declare )?(?:class|interface|type) ${name}\\b`, "m").test(
    text,
  );

/** `tensor-methods.d.ts` as a part of a name: `TensorMethods`. */
function pascal(file: string): string {
  const [, name = ""] = /([^/\\]+)\.d\.ts$/.exec(file) ?? [];
  return name.replaceAll(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to)
    .replaceAll(sep, "/")
    .replace(/\.d\.ts$/, ".ts");
  return path.startsWith(".") ? path : `./${path}`;
}
