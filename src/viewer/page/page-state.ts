import type { Verdict } from "../../model/finding.ts";
import { severityRank } from "../../model/severity.ts";
import { type Lang, type MessageKey, message } from "../../report/i18n/message.ts";
import { type Sayings, sayingsOf, sentence, statementIn } from "../../report/i18n/sentence.ts";
import { passesAsFinding, passesFilter, searchText } from "../finding-filter.ts";
import type { PageData, PageFinding } from "../page-data.ts";
import { NO_FILTER, type ReportFilter, TimelineModel } from "../timeline-model.ts";

/** What changed: views redraw only for what they show. */
export type Change = "filter" | "window" | "verdict";

/** The page's one state: filter, chosen period, verdicts, language; views listen to it. */
export class PageState {
  readonly data: PageData;
  readonly timeline: TimelineModel;
  readonly verdicts = new Map<string, Verdict>();
  lang: Lang;
  filter: ReportFilter = NO_FILTER;
  fromMs: number;
  toMs: number;
  /** Results of the filter, kept until it changes. */
  findings: readonly PageFinding[] = [];
  entries: Uint32Array = new Uint32Array();
  readonly #said: Sayings;
  readonly #searchTexts: readonly string[];
  #listeners: ((change: Change) => void)[] = [];

  constructor(data: PageData) {
    this.data = data;
    this.timeline = new TimelineModel(data);
    this.lang = data.lang;
    this.#said = sayingsOf(data.findings);
    this.#searchTexts = data.findings.map((finding) => searchText(finding, this.#said));
    for (const finding of data.findings) {
      if (finding.verdict !== undefined) this.verdicts.set(finding.id, finding.verdict);
    }
    [this.fromMs, this.toMs] = this.wholePeriod();
    this.#applyFilter();
  }

  t(key: MessageKey, params?: Readonly<Record<string, string | number>>): string {
    return message(this.lang, key, params);
  }

  /** A title or sentence of konseki in the page's language. */
  own(text: string): string {
    return sentence(this.lang, text, this.#said);
  }

  /** What a finding, or a timeline entry of it, says, in the page's language. */
  statement(finding: PageFinding | undefined, text: string): string {
    return statementIn(this.lang, finding?.rule.title, text, this.#said);
  }

  onChange(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  /** Before the views are built anew (another language). */
  dropListeners(): void {
    this.#listeners = [];
  }

  setFilter(part: Partial<ReportFilter>): void {
    this.filter = { ...this.filter, ...part };
    this.#applyFilter();
    this.#tell("filter");
  }

  /** The whole period with a margin, so that the outermost events are not at the very edge. */
  wholePeriod(): [number, number] {
    const { firstMs, lastMs } = this.timeline;
    const margin = (lastMs - firstMs) * 0.01;
    return [firstMs - margin, lastMs + margin];
  }

  setWindow(fromMs: number, toMs: number): void {
    const [first, last] = this.wholePeriod();
    const span = Math.min(Math.max(toMs - fromMs, 10), last - first);
    this.fromMs = Math.min(Math.max(fromMs, first), last - span);
    this.toMs = this.fromMs + span;
    this.#tell("window");
  }

  verdictOf(findingId: string): string {
    return this.verdicts.get(findingId)?.verdict ?? "open";
  }

  setVerdict(findingId: string, verdict: Verdict | undefined): void {
    if (verdict === undefined) this.verdicts.delete(findingId);
    else this.verdicts.set(findingId, verdict);
    if (this.filter.verdict !== "") {
      this.#applyFilter();
      this.#tell("filter");
    }
    this.#tell("verdict");
  }

  #applyFilter(): void {
    const verdictOf = (id: string) => this.verdictOf(id);
    const { filter, data } = this;
    this.findings = data.findings.filter((finding, at) =>
      passesFilter(finding, this.#searchTexts[at]!, filter, verdictOf),
    );
    this.entries = this.timeline.filtered(
      filter,
      data.findings.map((finding) => passesAsFinding(finding, filter, verdictOf)),
    );
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** Hypotheses worst first. */
  hypotheses(): readonly PageFinding[] {
    return this.data.findings
      .filter((finding) => finding.kind === "hypothesis")
      .sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  }
}
