import type { ChannelSpans, SpannedChannel } from "./channel-spans.ts";
import type { SessionDraft } from "./session-draft.ts";

const NOTHING: readonly string[] = [];
const NO_BEGINNING: readonly string[] = [
  "Security 4624 (logon): the session ends in these logs and begins in none",
];
const LOGOFF = new Set([4634, 4647]);
const SESSION_LOGOFF = 23;
/** Logon types of sessions that Windows writes an end of. */
const SAT_AT: ReadonlySet<number | undefined> = new Set([2, 7, 10, 11]);

/** Which records a session of its kind leaves and this one has not, in plain words. */
export function missingRecords(draft: SessionDraft, spans: ChannelSpans): readonly string[] {
  const { host, startMs, endMs, via } = draft;
  if (startMs === null) {
    return spans.covers("security", host, (endMs ?? 0) - 1) ? NO_BEGINNING : NOTHING;
  }
  const missing: string[] = [];
  const say = (channel: SpannedChannel, record: string): void => {
    if (spans.covers(channel, host, startMs))
      missing.push(`${record}: the log covers the time and does not have it`);
    else missing.push(`${record}: no log of that time`);
  };
  if (!draft.bySecurity) say("security", "Security 4624 (logon)");
  if (via === "RDP") {
    if (!draft.byTerminalServices)
      say("sessions", "TerminalServices-LocalSessionManager 21 or 25 (session logon)");
    if (!draft.byConnectionManager)
      say("connections", "TerminalServices-RemoteConnectionManager 1149 (authentication)");
    // Many hosts have this channel no longer for the time in question: only a gap in it tells something.
    if (!draft.byConnection && spans.covers("rdp-core", host, startMs))
      say("rdp-core", "RdpCoreTS 131 (connection)");
  }
  if (endMs !== null) missing.push(...missingEnds(draft, endMs, spans));
  return missing.length === 0 ? NOTHING : shared(missing);
}

/** There are few different lists, and a session each that holds one. */
const lists = new Map<string, readonly string[]>();

function shared(missing: readonly string[]): readonly string[] {
  const key = missing.join("\n");
  const known = lists.get(key);
  if (known === undefined) lists.set(key, missing);
  return known ?? missing;
}

/** One log has the end of the session, the other one covers the time and has not. */
function missingEnds(draft: SessionDraft, endMs: number, spans: ChannelSpans): string[] {
  const { host, evidence, bySecurity, byTerminalServices, logonType } = draft;
  const missing: string[] = [];
  const has = (is: (eventId: number) => boolean): boolean =>
    evidence.some(({ eventId }) => is(eventId));
  const says = "the log covers the time and does not have it";
  if (
    bySecurity &&
    SAT_AT.has(logonType) &&
    !has((id) => LOGOFF.has(id)) &&
    spans.covers("security", host, endMs)
  )
    missing.push(`Security 4634 or 4647 (logoff): ${says}`);
  if (
    byTerminalServices &&
    !has((id) => id === SESSION_LOGOFF) &&
    spans.covers("sessions", host, endMs)
  )
    missing.push(`TerminalServices-LocalSessionManager 23 (session logoff): ${says}`);
  return missing;
}
