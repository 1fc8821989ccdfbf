import type { Finding } from "../../model/finding.ts";
import { say } from "../../model/phrase.ts";
import type { Signal, SignalWant } from "../../model/signal.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { accountOf, clock, deletionFinding } from "./deletion-finding.ts";
import { gapOf } from "./witnesses.ts";

/** An account, not policy, changed what is audited. */
export const AUDIT_CHANGED: SignalWant = {
  kind: "audit-changed",
  subscription: {
    channels: ["Security"],
    providers: ["Microsoft-Windows-Security-Auditing"],
    eventIds: [4719],
    fields: [
      "SubjectUserSid",
      "SubjectUserName",
      "SubjectDomainName",
      "SubjectLogonId",
      "SubcategoryGuid",
      "AuditPolicyChanges",
    ],
  },
};

/** Success removed, failure removed; success added, failure added. */
const REMOVED = ["%%8448", "%%8450"];
const ADDED = ["%%8449", "%%8451"];
const SYSTEM = "S-1-5-18";
/** Changes by one account that lie closer together are one act. */
const ONE_ACT_MS = 10 * 60_000;

/** The period in which an account kept auditing switched off. */
export const auditingOff: Analyzer = {
  name: "auditing-off",
  wants: [AUDIT_CHANGED],
  run: (view) => ({ findings: view.filtered ? [] : acts(view).map((act) => told(view, act)) }),
};

interface Act {
  readonly host: string;
  readonly account: string;
  readonly removed: Signal[];
}

function acts(view: CaseView): Act[] {
  const made: Act[] = [];
  const open = new Map<string, Act>();
  for (const signal of view.of(AUDIT_CHANGED.kind)) {
    const { SubjectUserSid: sid, AuditPolicyChanges: changes } = signal.fields;
    if (sid === SYSTEM || !REMOVED.some((code) => changes?.includes(code))) continue;
    const host = view.story.hosts.nameOf(signal.ref.host);
    const account = accountOf(signal);
    const key = `${host}\n${account}`.toLowerCase();
    const act = open.get(key);
    if (act !== undefined && signal.timeMs - act.removed.at(-1)!.timeMs <= ONE_ACT_MS)
      act.removed.push(signal);
    else {
      const fresh: Act = { host, account, removed: [signal] };
      open.set(key, fresh);
      made.push(fresh);
    }
  }
  return made;
}

function told(view: CaseView, { host, account, removed }: Act): Finding {
  const first = removed[0]!;
  const kinds = new Set(removed.map(({ fields }) => fields.SubcategoryGuid?.toLowerCase() ?? ""));
  const back = view
    .of(AUDIT_CHANGED.kind)
    .find(
      ({ timeMs, ref, fields }) =>
        timeMs > removed.at(-1)!.timeMs &&
        view.story.hosts.nameOf(ref.host) === host &&
        kinds.has(fields.SubcategoryGuid?.toLowerCase() ?? "") &&
        ADDED.some((code) => fields.AuditPolicyChanges?.includes(code)),
    );
  const toMs = back?.timeMs ?? lastOf(view, host, first.timeMs);
  return deletionFinding({
    rule: "konseki-auditing-off",
    key: [account.toLowerCase(), first.ref.time],
    host,
    kind: "fact",
    severity: "high",
    confidence: "high",
    title: "Auditing was switched off for a time",
    statement: say`${account || say`An unnamed account`} switched off auditing of ${kinds.size === 1 ? say`one kind` : say`${kinds.size} kinds`} of events on ${host} at ${clock(first.timeMs)}${back === undefined ? say`; no record tells that it was switched on again` : say`, until ${clock(back.timeMs)}`}.`,
    reasons: {
      for: [
        "Windows itself recorded the change of the audit policy",
        "an account made it, not Group Policy",
      ],
      against: [],
    },
    evidence: [...removed.map(({ ref }) => ref), ...(back === undefined ? [] : [back.ref])],
    accounts: account === "" ? [] : [account],
    attack: ["T1562.002"],
    gaps: [gapOf(view, { host, channel: "Security", fromMs: first.timeMs, toMs })],
    falsePositives: ["An administrator tests or tunes the audit policy."],
    checkNext: [
      "Find the account's session by its logon id, and what it did in the time without auditing.",
    ],
  });
}

function lastOf(view: CaseView, host: string, fromMs: number): number {
  let last = fromMs;
  for (const { hosts, last: end } of view.inputs)
    if (end !== null && hosts.some((name) => view.story.hosts.nameOf(name) === host))
      last = Math.max(last, Date.parse(end));
  return last;
}
