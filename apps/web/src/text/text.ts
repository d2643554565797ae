import { en, type TextKey } from "./en.ts";
import { ko } from "./ko.ts";

export const LANGUAGES = { en: "English", ko: "한국어" } as const;
export type Language = keyof typeof LANGUAGES;

export type Values = Readonly<Record<string, string | number>>;

/** What the page says in one language. */
export type Say = (key: TextKey, values?: Values) => string;

const texts: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, ko };

export function sayIn(language: Language): Say {
  return (key, values = {}) =>
    texts[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** The first of the browser's languages that there is. */
export function preferredLanguage(languages: readonly string[]): Language {
  const known = languages.map((language) => language.slice(0, 2)).find((language) => language in LANGUAGES);
  return (known as Language | undefined) ?? "en";
}

/** Whether there is such a text. */
export function isTextKey(key: string): key is TextKey {
  return key in en;
}
