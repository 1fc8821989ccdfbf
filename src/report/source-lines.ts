import type { EvidenceSource } from "../model/evidence-source.ts";
import type { Text } from "../model/phrase.ts";
import { type Lang, message } from "./i18n/message.ts";

/** One source of the case: the first line names it and its hosts, the others what contradicts, in the words of `say`. */
export function sourceLines(
  source: EvidenceSource,
  lang: Lang,
  say: (text: Text) => string,
): string[] {
  const { path, inputs, unread, hosts, conflicts = [] } = source;
  const counts = [
    message(lang, "sources.logs", { count: inputs }),
    ...(unread > 0 ? [message(lang, "sources.unread", { count: unread })] : []),
  ].join(", ");
  const names = hosts.map(({ host }) => host).join(", ") || message(lang, "report.none");
  return [`${path}: ${names} (${counts})`, ...conflicts.map(say)];
}

/** One source of one host is told by the inputs already. */
export function isWorthTelling(sources: readonly EvidenceSource[]): boolean {
  return sources.length > 1 || sources.some(({ conflicts }) => conflicts !== undefined);
}
