import type { InputLedger, MftTimes } from "../model/ledger.ts";
import { type Lang, message } from "./i18n/message.ts";

/** Where a log lay inside an image or collection and what the file system says of it: one line each, none for plain files. */
export function evidenceLines(
  { evidence, mft }: Pick<InputLedger, "evidence" | "mft">,
  lang: Lang,
): string[] {
  const lines: string[] = [];
  if (evidence !== undefined) {
    const { inside, shadowCopy, layout, host, collected } = evidence;
    const parts = [
      ...inside,
      ...(shadowCopy === undefined
        ? []
        : [message(lang, "evidence.shadowCopy", { time: shadowCopy })]),
    ];
    if (parts.length > 0) lines.push(`${message(lang, "evidence.inside")}: ${parts.join(" › ")}`);
    const collection = [
      ...(layout === undefined ? [] : [layout]),
      ...(host === undefined ? [] : [`${message(lang, "record.host")} ${host}`]),
      ...(collected === undefined
        ? []
        : [message(lang, "evidence.collected", { time: collected })]),
    ];
    if (collection.length > 0)
      lines.push(`${message(lang, "evidence.collection")}: ${collection.join(", ")}`);
  }
  if (mft !== undefined) {
    const { entry, sequence, deleted, clusters, standard, fileName } = mft;
    const state = !deleted
      ? ""
      : clusters === undefined
        ? `, ${message(lang, "evidence.deleted")}`
        : `, ${message(lang, "evidence.deletedClusters", clusters)}`;
    lines.push(`${message(lang, "evidence.mftEntry")} ${entry}-${sequence}${state}`);
    if (standard !== null) lines.push(timesLine("evidence.standardTimes", standard, lang));
    if (fileName !== null && !same(standard, fileName))
      lines.push(timesLine("evidence.fileNameTimes", fileName, lang));
  }
  return lines;
}

function timesLine(
  key: "evidence.standardTimes" | "evidence.fileNameTimes",
  { created, modified, changed }: MftTimes,
  lang: Lang,
): string {
  return message(lang, key, { created, modified, changed });
}

function same(a: MftTimes | null, b: MftTimes): boolean {
  return (
    a !== null && a.created === b.created && a.modified === b.modified && a.changed === b.changed
  );
}
