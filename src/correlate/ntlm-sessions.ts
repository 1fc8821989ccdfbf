import { accountKey } from "./analyzer-finding.ts";
import { PairMap, pairList } from "./pair-map.ts";
import type { Joining } from "./quiet-sessions.ts";
import { SessionDraft } from "./session-draft.ts";
import { setSource } from "./session-source.ts";
import { listAt, nearest } from "./time-index.ts";

/** The audit of NTLM and the logon are written in one go. */
const NTLM_MS = 5_000;
/** 8002 names nobody: only a logon of the same moment can be meant. */
const SAME_MOMENT_MS = 1_000;
const NAMES_NOBODY = 8002;

const timeOf = (draft: SessionDraft): number => draft.startMs ?? 0;

/**
 * NTLM 8002 and 8003 on the server: they stand beside the logon they belong to, and where Security does not reach, 8003
 * is all that tells of it (account and workstation).
 */
export function joinNtlm(
  sessions: readonly SessionDraft[],
  { of, hosts, spans }: Joining,
): SessionDraft[] {
  const signals = of("ntlm-in");
  if (signals.length === 0) return [];
  const byAccount = new PairMap<SessionDraft[]>();
  const byHost = new Map<string, SessionDraft[]>();
  const known = sessions
    .filter(({ startMs, authentication }) => startMs !== null && authentication === "NTLM")
    .sort((a, b) => timeOf(a) - timeOf(b));
  for (const session of known) {
    pairList(byAccount, session.host, accountKey(session.account)).push(session);
    listAt(byHost, session.host).push(session);
  }
  const alone: SessionDraft[] = [];
  for (const { fields, ref, timeMs, lastMs, count } of signals) {
    const host = hosts.nameOf(ref.host, timeMs);
    if (ref.eventId === NAMES_NOBODY) {
      const within = { before: SAME_MOMENT_MS, after: SAME_MOMENT_MS };
      nearest(byHost.get(host), timeMs, within, timeOf)?.tell(ref);
      continue;
    }
    const account = (fields.UserName ?? "").replace(/^.*\\/s, "");
    if (account === "" || account === "-" || account === "(NULL)") continue;
    const session = nearest(
      byAccount.get(host, accountKey(account)),
      timeMs,
      { before: NTLM_MS, after: NTLM_MS },
      timeOf,
    );
    if (session !== undefined) {
      session.tell(ref);
      if (session.from === undefined) from(session, fields.Workstation);
      continue;
    }
    if (spans.covers("security", host, timeMs)) continue;
    const draft = new SessionDraft(host, account, timeMs, ref);
    if (fields.DomainName && fields.DomainName !== "-") draft.domain = fields.DomainName;
    draft.authentication = "NTLM";
    draft.logonType = 3;
    draft.fold(count, lastMs);
    from(draft, fields.Workstation);
    alone.push(draft);
  }
  return alone;

  function from(session: SessionDraft, workstation: string | null | undefined): void {
    setSource(session, hosts, "", workstation ?? "");
    if (session.from !== undefined) session.via ??= "network logon";
  }
}
