import { isLanguage, type Language, preferredLanguage } from "../text/text.ts";
import { THEMES, type Theme } from "./page-state.ts";

const KEY = "kindling-preferences";

export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
}

/** Language and colours as they were chosen, else as the browser has them. */
export function loadPreferences(): Preferences {
  const defaults: Preferences = { language: preferredLanguage(navigator.languages), theme: "auto" };
  try {
    const { language, theme } = JSON.parse(localStorage.getItem(KEY) ?? "{}") as { [K in keyof Preferences]?: unknown };
    return {
      language: isLanguage(language) ? language : defaults.language,
      theme: THEMES.find((known) => known === theme) ?? defaults.theme,
    };
  } catch {
    return defaults; // nothing is kept here, or not by us
  }
}

export function savePreferences({ language, theme }: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ language, theme }));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
