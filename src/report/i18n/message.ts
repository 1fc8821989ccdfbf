import { en } from "./en.ts";
import { ja } from "./ja.ts";

export const LANGS = ["en", "ja"] as const;
export type Lang = (typeof LANGS)[number];
export type MessageKey = keyof typeof en;

export const CATALOGUES: Readonly<Record<Lang, Readonly<Record<MessageKey, string>>>> = { en, ja };

/**
 * The wording of `key` in `lang`, with each `{name}` replaced by the parameter of that name. A placeholder
 * without its parameter stays as it is, so that a mistake is seen. Parameters are inserted as they are:
 * whoever prints the result escapes it.
 */
export function message(
  lang: Lang,
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return CATALOGUES[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}

/** The language of a locale name such as `ja_JP.UTF-8`, `ja-JP` or `C`; English unless it is known. */
export function langOfLocale(locale: string | undefined): Lang {
  const language = (locale ?? "").slice(0, 2).toLowerCase();
  return LANGS.find((lang) => lang === language) ?? "en";
}
