import type { ByteSource } from "../base/byte-source.ts";
import { LIMITS } from "../base/limits.ts";
import type { EvtxRecord } from "../evtx/evtx-record.ts";
import type { SharedCaches } from "../evtx/log-scan.ts";
import type { LocatedRecords } from "../evtx/recover/located-records.ts";
import type { LogResidue } from "../evtx/recover/log-residue.ts";
import { LogRecovery } from "../evtx/recover/recover-log.ts";
import type { TemplateLibrary } from "../evtx/recover/template-library.ts";
import type { Issue } from "../model/issue.ts";
import type { InputLedger, RecoveryCounts } from "../model/ledger.ts";
import { LogMapper, type MapPlan, type MapResult, type PlaceCounts } from "./log-mapper.ts";
import type { WaitingRecoveries } from "./waiting-recoveries.ts";

export interface RecoveredOptions {
  readonly shared: SharedCaches;
  /** Templates of other logs. */
  readonly library?: TemplateLibrary;
}

const NO_VISITOR = { onRecord: (): void => {} };

/** Of a log whose records wait to be mapped. */
const NOT_YET: RecoveryCounts = {
  ...{ records: 0, copies: 0, repeats: 0, unreadable: 0, limited: false },
  byCompleteness: { full: 0, repaired: 0, partial: 0, positional: 0 },
};

/**
 * Adds what the live walk of a log does not reach to its result. Where templates are missing, the result keeps what it
 * takes to do this again once other logs have been read; those records that may wait until then are left to
 * {@link recoveredAnew} altogether.
 */
export function withRecovered(
  live: MapResult,
  source: ByteSource,
  residue: LogResidue,
  plan: MapPlan,
  options: RecoveredOptions & { readonly waiting?: WaitingRecoveries },
): MapResult {
  const { signals, places, events, filtered } = live;
  const unread = (templates: readonly number[]): Pick<MapResult, "unread"> => ({
    unread: { templates, residue, live: { signals: signals.length, places, events, filtered } },
  });
  const recovery = new LogRecovery(source, residue, options);
  const located = recovery.locate();
  if (located.records.length === 0)
    return { ...live, ledger: recoveredLedger(live.ledger, recovery.tell(located, NO_VISITOR)) };
  const wanted = options.waiting && recovery.missing(located);
  if (wanted && wanted.size > 0 && options.waiting?.keep(residue, located)) {
    const templates = [...wanted].slice(0, LIMITS.notedTemplates);
    return { ...live, ledger: recoveredLedger(live.ledger, NOT_YET), ...unread(templates) };
  }
  const mapped = mapRecovered(live.ledger, recovery, located, plan);
  const { recovered, counts, missing } = mapped;
  return {
    ...joined(live, recovered),
    ledger: recoveredLedger(recovered.ledger, counts),
    ...(missing.length > 0 && unread(missing)),
  };
}

/** The same with templates of other logs: once more, or at last where they waited (`waited`). */
export function recoveredAnew(
  result: MapResult,
  source: ByteSource,
  plan: MapPlan,
  options: RecoveredOptions,
  waited?: LocatedRecords,
): MapResult {
  const { unread, ...rest } = result;
  if (unread === undefined) return result;
  const { residue } = unread;
  const recovery = new LogRecovery(source, residue, options, waited?.templates);
  const located = waited ?? recovery.locate();
  const { recovered, counts } = mapRecovered(rest.ledger, recovery, located, plan);
  const live = { ...rest, ...unread.live, signals: rest.signals.slice(0, unread.live.signals) };
  return { ...joined(live, recovered), ledger: recoveredLedger(rest.ledger, counts) };
}

interface MappedRecords {
  readonly recovered: MapResult;
  readonly counts: RecoveryCounts;
  /** Templates that nothing at hand proves. */
  readonly missing: readonly number[];
}

function mapRecovered(
  ledger: InputLedger,
  recovery: LogRecovery,
  located: LocatedRecords,
  plan: MapPlan,
): MappedRecords {
  const mapper = new LogMapper(plan, ledger.path);
  const missing = new Set<number>();
  const visitor = {
    onRecord(record: EvtxRecord): void {
      if (record.recovery?.copyOf?.equal !== true) mapper.recovered(record);
    },
    onMissingTemplates(ids: ReadonlySet<number>): void {
      for (const id of ids) if (missing.size < LIMITS.notedTemplates) missing.add(id);
    },
  };
  const counts = recovery.tell(located, visitor);
  return { recovered: mapper.finish(ledger), counts, missing: [...missing] };
}

function joined(live: MapResult, recovered: MapResult): MapResult {
  return {
    ...live,
    signals: live.signals.concat(recovered.signals),
    places: added(live.places, recovered.places),
    events: live.events + recovered.events,
    filtered: live.filtered + recovered.filtered,
  };
}

/** The ledger line of a log with what was brought back from it. */
export function recoveredLedger(live: InputLedger, recovery: RecoveryCounts): InputLedger {
  const recovered = recovery.records + recovery.copies;
  const ledger = { ...live, records: { ...live.records, recovered }, recovery };
  const { limited, templatesLeftOut = 0 } = recovery;
  return withRecoveryIssue(
    withRecoveryIssue(
      ledger,
      "recovery-limited",
      limited ? 1 : 0,
      "it holds more places that look like records than are looked at: those behind were not brought back",
    ),
    TEMPLATES_LEFT_OUT,
    templatesLeftOut,
    "it defines more templates than are kept: records that need one of the rest are not read in full",
  );
}

/** More definitions than {@link LIMITS} lets a library hold. */
export const TEMPLATES_LEFT_OUT = "templates-left-out";

/** Says once what a limit left out, however often the log is read. */
export function withRecoveryIssue(
  ledger: InputLedger,
  code: string,
  count: number,
  message: string,
): InputLedger {
  if (count === 0) return ledger;
  const issue: Issue = { code, severity: "warning", source: ledger.path, message };
  return {
    ...ledger,
    issues: [...ledger.issues.filter((known) => known.code !== code), issue],
    issueCounts: { ...ledger.issueCounts, [code]: count },
  };
}

function added(one: PlaceCounts, other: PlaceCounts): PlaceCounts {
  const sum: Record<string, Record<number, number>> = Object.create(null);
  for (const [channel, ids] of Object.entries(one)) sum[channel] = { ...ids };
  for (const [channel, ids] of Object.entries(other)) {
    const into = sum[channel] ?? {};
    sum[channel] = into;
    for (const [id, count] of Object.entries(ids))
      into[Number(id)] = (into[Number(id)] ?? 0) + count;
  }
  return sum;
}
