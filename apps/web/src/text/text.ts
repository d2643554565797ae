import { en, type TextKey } from "./en.ts";
import { ko } from "./ko.ts";

export const LANGUAGES = { en: "English", ko: "한국어" } as const;
export type Language = keyof typeof LANGUAGES;

export type Values = Readonly<Record<string, string | number>>;

/** What the page says in one language. */
export type Say = (key: TextKey, values?: Values) => string;

const texts: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, ko };

/** Fills a blank for which there is nothing: no sentence has a hole in it. */
const NOTHING = "–";

export function sayIn(language: Language): Say {
  return (key, values = {}) =>
    texts[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? "") || NOTHING);
}

/** The first of the browser's languages that there is. */
export function preferredLanguage(languages: readonly string[]): Language {
  return languages.map((language) => language.slice(0, 2)).find(isLanguage) ?? "en";
}

/** Whether the page speaks it: `value` may come from anywhere. */
export function isLanguage(value: unknown): value is Language {
  return typeof value === "string" && Object.hasOwn(LANGUAGES, value);
}
