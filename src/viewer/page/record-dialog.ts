import type { RecordRef } from "../../model/record-ref.ts";
import type { CitedRecord } from "../../model/report.ts";
import { recordKey } from "../../report/finding-index.ts";
import type { MessageKey } from "../../report/i18n/message.ts";
import { h } from "./dom.ts";
import type { PageState } from "./page-state.ts";
import { timeText } from "./time-text.ts";

const citedOf = new WeakMap<object, ReadonlyMap<string, CitedRecord>>();

/** The record viewer: where the record is, its fields, its XML, and how to read it again. */
export function showRecord(state: PageState, ref: RecordRef): void {
  const cited = citedRecords(state).get(recordKey(ref));
  const row = (key: MessageKey, value: string | number | undefined) =>
    value === undefined ? [] : [h("dt", {}, state.t(key)), h("dd", {}, h("code", {}, value))];
  const dialog = h(
    "dialog",
    { class: "record", "aria-labelledby": "record-title", onclose: () => dialog.remove() },
    h(
      "header",
      {},
      h("h2", { id: "record-title" }, `${ref.channel} ${ref.eventId} · ${ref.recordId}`),
      h(
        "button",
        { type: "button", class: "close", onclick: () => dialog.close() },
        state.t("action.close"),
      ),
    ),
    h(
      "dl",
      {},
      ...row("record.time", timeText(ref.time)),
      ...row("record.host", ref.host),
      ...row("record.provider", ref.provider),
      ...row("record.file", ref.file),
      ...row("record.offset", hex(ref.fileOffset)),
      ...row("record.chunk", ref.chunk),
      ...row("record.line", ref.line),
      ...row("record.state", state.t(`state.${ref.state}`)),
      ...row(
        "record.completeness",
        ref.completeness === undefined ? undefined : state.t(`completeness.${ref.completeness}`),
      ),
    ),
    ...(cited === undefined
      ? [
          h("p", {}, state.t("record.noFields")),
          h(
            "pre",
            { tabindex: 0 },
            `konseki dump ${quoted(ref.file)} --records ${ref.recordId} --format xml`,
          ),
        ]
      : content(state, cited)),
  );
  document.body.append(dialog);
  dialog.showModal();
}

function content(state: PageState, cited: CitedRecord): HTMLElement[] {
  const parts: HTMLElement[] = [
    h("h3", {}, state.t("record.fields")),
    h(
      "dl",
      { class: "fields" },
      ...cited.fields.flatMap(([name, text]) => [
        h("dt", {}, name),
        h("dd", {}, h("code", {}, text ?? "–")),
      ]),
    ),
  ];
  if (cited.xml !== undefined) {
    parts.push(h("h3", {}, state.t("record.xml")), h("pre", { tabindex: 0 }, ...lines(cited.xml)));
  }
  return parts;
}

/** XML keeps its line ends; each line is made visible on its own. */
function lines(xml: string): Node[] {
  return xml.split(/\r?\n/).map((line) => h("div", {}, line));
}

function citedRecords(state: PageState): ReadonlyMap<string, CitedRecord> {
  const known = citedOf.get(state.data);
  if (known !== undefined) return known;
  const cited = new Map((state.data.cited ?? []).map((record) => [recordKey(record.ref), record]));
  citedOf.set(state.data, cited);
  return cited;
}

function hex(offset: number | undefined): string | undefined {
  return offset === undefined ? undefined : `0x${offset.toString(16)}`;
}

/** One word for a shell, so that copying the line is safe whatever the file is called. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
