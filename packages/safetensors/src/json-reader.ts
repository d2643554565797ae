import { quoted, SafetensorError } from "./safetensor-error.ts";

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they may not stand in a string
const PLAIN_STRING = /"[^"\\\u0000-\u001f]*"/y;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const MAX_DEPTH = 127;

/**
 * Reads JSON of a known form. Unlike `JSON.parse` it sees a key that stands twice, does not round what should be an
 * integer, and builds nothing that was not asked for: not a hundred million nested arrays either.
 */
export class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** `{...}`: calls `member` with every key, to read its value. */
  object(member: (key: string) => void): void {
    const seen = new Set<string>();
    this.#open("{", "a map");
    for (let first = true; !this.#closes("}", first); first = false) {
      const key = this.string();
      if (seen.has(key)) this.fail(`duplicate key \`${quoted(key)}\``);
      seen.add(key);
      this.#skipSpace();
      if (this.#text[this.#at] !== ":") this.fail("expected `:`");
      this.#at++;
      member(key);
    }
  }

  /** `[...]`: calls `element` for every one, to read it. */
  array(element: () => void): void {
    this.#open("[", "a sequence");
    for (let first = true; !this.#closes("]", first); first = false) element();
  }

  string(): string {
    this.#skipSpace();
    if (this.#text[this.#at] !== '"') this.fail(`invalid type: ${this.#found()}, expected a string`);
    const start = this.#at;
    PLAIN_STRING.lastIndex = start;
    if (PLAIN_STRING.test(this.#text)) {
      this.#at = PLAIN_STRING.lastIndex;
      return this.#text.slice(start + 1, this.#at - 1);
    }
    let end = start + 1;
    for (; this.#text[end] !== '"'; end += this.#text[end] === "\\" ? 2 : 1) {
      const code = this.#text.charCodeAt(end);
      if (Number.isNaN(code)) this.fail("EOF while parsing a string");
      if (code < 0x20) this.fail("control character (\\u0000-\\u001F) found while parsing a string");
    }
    this.#at = end + 1;
    return this.#unescaped(this.#text.slice(start, this.#at));
  }

  /** A whole number of 64 bits. One beyond 2^53 comes back rounded: still too large for everything. */
  integer(): number {
    const token = this.#numberToken();
    if (token === null) this.fail(`invalid type: ${this.#found()}, expected usize`);
    const tooLong = token.length > 19 && (token.length > 20 || BigInt(token) >= 2n ** 64n);
    if (tooLong || /[.eE]/.test(token)) this.fail(`invalid type: floating point \`${quoted(token)}\`, expected usize`);
    if (token.startsWith("-")) this.fail(`invalid value: integer \`${quoted(token)}\`, expected usize`);
    return Number(token);
  }

  /** `null`, if that is what comes. */
  isNull(): boolean {
    this.#skipSpace();
    if (!this.#text.startsWith("null", this.#at)) return false;
    this.#at += 4;
    return true;
  }

  /** Any value, not kept. */
  skip(depth = 0): void {
    if (depth > MAX_DEPTH) this.fail("recursion limit exceeded");
    this.#skipSpace();
    const next = this.#text[this.#at];
    if (next === "{") this.object(() => this.skip(depth + 1));
    else if (next === "[") this.array(() => this.skip(depth + 1));
    else if (next === '"') this.string();
    else if (this.#numberToken() === null) {
      const word = ["true", "false", "null"].find((literal) => this.#text.startsWith(literal, this.#at));
      if (word === undefined) this.fail("expected value");
      this.#at += word.length;
    }
  }

  /** Nothing but spaces may follow. */
  end(): void {
    this.#skipSpace();
    if (this.#at < this.#text.length) this.fail("trailing characters");
  }

  fail(detail: string): never {
    throw new SafetensorError("invalid JSON in header", `${detail} at character ${this.#at + 1}`);
  }

  #open(bracket: string, expected: string): void {
    this.#skipSpace();
    if (this.#text[this.#at] !== bracket) this.fail(`invalid type: ${this.#found()}, expected ${expected}`);
    this.#at++;
  }

  #closes(bracket: string, first: boolean): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] === bracket) {
      this.#at++;
      return true;
    }
    if (this.#at >= this.#text.length) this.fail(`EOF while parsing ${bracket === "}" ? "an object" : "a list"}`);
    if (first) return false;
    if (this.#text[this.#at] !== ",") this.fail(`expected \`,\` or \`${bracket}\``);
    this.#at++;
    return false;
  }

  #numberToken(): string | null {
    this.#skipSpace();
    NUMBER.lastIndex = this.#at;
    const token = NUMBER.exec(this.#text)?.[0] ?? null;
    if (token === null) return null;
    this.#at += token.length;
    if (/[\d.eE+-]/.test(this.#text[this.#at] ?? "")) this.fail("invalid number");
    return token;
  }

  #unescaped(literal: string): string {
    let value: string;
    try {
      value = JSON.parse(literal) as string;
    } catch {
      return this.fail("invalid escape");
    }
    if (LONE_SURROGATE.test(value)) this.fail("lone surrogate in hex escape");
    return value;
  }

  #skipSpace(): void {
    for (; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  #found(): string {
    const next = this.#text[this.#at];
    if (next === undefined) return "end of header";
    if (next === "{") return "map";
    if (next === "[") return "sequence";
    if (next === '"') return "string";
    if (/[\d-]/.test(next)) return "number";
    if (/[tfn]/.test(next)) return "literal";
    return `\`${next}\``;
  }
}
