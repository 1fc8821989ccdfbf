import { LANGS, type Lang, langOfLocale } from "../report/i18n/message.ts";
import { UsageError } from "./usage-error.ts";

/** The language asked for, or that of the locale. */
export function chosenLang(asked: string | undefined): Lang {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  if (asked === undefined) return langOfLocale(LC_ALL || LC_MESSAGES || LANG);
  const known = LANGS.find((lang) => lang === asked);
  if (known === undefined) throw new UsageError(`--lang ${asked}: write ${LANGS.join(" or ")}`);
  return known;
}
