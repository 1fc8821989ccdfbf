import type { Finding } from "../../model/finding.ts";
import { say } from "../../model/phrase.ts";
import type { RecordRef } from "../../model/record-ref.ts";
import type { Signal } from "../../model/signal.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { accountKey, analyzerFinding, cite, confidenceOf } from "../analyzer-finding.ts";
import { isLoopback, tidyHost } from "../host-names.ts";
import { lookedAt } from "../looked-at.ts";
import type { Move } from "../story.ts";
import { minute } from "../told-times.ts";
import { TICKET } from "../wants/domain-controller-wants.ts";
import { EXPLICIT_CREDENTIALS, LOGON, NETWORK_LOGON } from "../wants/logon-wants.ts";
import { type Habits, habitsOf } from "./habits.ts";
import {
  countOf,
  DAY_MS,
  HOUR_MS,
  hostOf,
  listed,
  MOST_REFS,
  movementOf,
  placeToLook,
  refsOf,
} from "./move-words.ts";

/** Days on which the same session is opened that make it somebody's way to work. */
const DAYS_OF_WORK = 3;

/**
 * Type 9 logons: the session keeps its own account here and shows another one to other machines. RunAs /netonly
 * does that with a password, pass-the-hash tools with a hash put into the new session.
 */
export const otherCredentialsAnalyzer: Analyzer = {
  name: "credentials for elsewhere",
  wants: [LOGON, EXPLICIT_CREDENTIALS],
  run(view) {
    const groups = new Map<string, Signal[]>();
    for (const signal of view.of("logon")) {
      if (signal.fields.LogonType !== "9") continue;
      const outbound = signal.fields.TargetOutboundUserName;
      const key = `${hostOf(view, signal)}\n${accountKey(signal.fields.TargetUserName ?? "")}\n${accountKey(outbound && outbound !== "-" ? outbound : "")}`;
      groups.set(key, [...(groups.get(key) ?? []), signal]);
    }
    return { findings: [...groups.values()].map((signals) => netOnly(signals, view)) };
  },
};

function netOnly(signals: readonly Signal[], view: CaseView): Finding {
  const first = signals[0]!;
  const host = hostOf(view, first);
  const { TargetUserName, TargetOutboundUserName } = first.fields;
  const inside = TargetUserName ?? "";
  const outbound =
    TargetOutboundUserName && TargetOutboundUserName !== "-" ? TargetOutboundUserName : undefined;
  const later = view.story.moves.filter(
    (move) =>
      move.from === host &&
      move.succeeded &&
      (outbound === undefined || accountKey(move.account) === accountKey(outbound)) &&
      signals.some(
        ({ timeMs }) => move.timeMs >= timeMs - 2_000 && move.timeMs - timeMs <= 4 * HOUR_MS,
      ),
  );
  const seclogo = signals.filter(
    ({ fields }) => (fields.LogonProcessName ?? "").trim().toLowerCase() === "seclogo",
  );
  const days = new Set(signals.map(({ timeMs }) => Math.floor(timeMs / DAY_MS)));
  const daily = days.size >= DAYS_OF_WORK;
  const byNtlm = later.filter(({ session }) => session?.authentication?.toUpperCase() === "NTLM");
  const reasons = [
    cite(
      "a session was opened that shows other credentials to other machines (logon type 9)",
      signals.map(({ ref }) => ref),
    ),
  ];
  let points = 1;
  if (seclogo.length > 0) {
    points++;
    reasons.push(
      cite(
        "its logon process is seclogo, which RunAs /netonly and pass-the-hash tools use",
        seclogo.map(({ ref }) => ref),
      ),
    );
  }
  if (later.length > 0) {
    points++;
    reasons.push(
      cite("somebody went on from there to other machines within four hours", refsOf(later)),
    );
  }
  if (byNtlm.length > 0) {
    points++;
    reasons.push(cite("the logon there was made by NTLM, as with a hash", refsOf(byNtlm)));
  }
  const confidence = confidenceOf(points, 3, 4);
  return analyzerFinding({
    rule: "other-credentials",
    same: [host, accountKey(inside), accountKey(outbound ?? "")],
    kind: "hypothesis",
    severity: points >= 3 ? "high" : points === 2 && !daily ? "medium" : "low",
    confidence,
    title:
      "A session with other credentials towards other machines (RunAs /netonly or pass-the-hash)",
    statement: say`${inside} on ${host} opened a session that shows ${outbound === undefined ? say`other credentials` : outbound} to other machines, ${signals.length === 1 ? say`at ${minute(first.timeMs)}` : say`${signals.length} times from ${minute(first.timeMs)}`}.${later.length > 0 ? say` It went on to ${listed(later.map(({ to }) => to))}.` : ""}`,
    attack: ["T1550.002", "T1134.002"],
    evidence: [...signals.map(({ ref }) => ref), ...refsOf(later)],
    reasonsFor: reasons,
    reasonsAgainst: [
      ...(later.length === 0
        ? [
            lookedAt(
              "no move from there is in these logs",
              [host],
              "Security, RDPClient",
              first.timeMs,
              signals.at(-1)!.timeMs + 4 * HOUR_MS,
            ),
          ]
        : []),
      ...(daily
        ? [
            cite(
              say`it was done on ${days.size} days: somebody works so`,
              signals.map(({ ref }) => ref),
            ),
          ]
        : []),
    ],
    accounts: [inside, ...(outbound === undefined ? [] : [outbound])],
    movements: later.map(movementOf),
    falsePositives: [
      "administrators who start consoles by runas /netonly with a second account",
      "management software that connects with stored credentials",
    ],
    alternatives: [
      "runas /netonly by the owner of both accounts: likely where it is daily work on that machine",
    ],
    checkNext: [
      say`what started in that session, and whether LSASS was opened before ${placeToLook([host], "Security 4688, Sysmon 1 and 10", first.timeMs - HOUR_MS, first.timeMs + HOUR_MS)}`,
    ],
    askCustomer: ["Does the owner of the account use runas /netonly or a tool that does?"],
  });
}

/**
 * Pass-the-hash as the destination sees it: a named account logs on by NTLM over the network with a session key of
 * length 0, or with rights that rule the machine, though the account otherwise comes by Kerberos.
 */
export const passTheHashAnalyzer: Analyzer = {
  name: "pass-the-hash",
  wants: [NETWORK_LOGON],
  run(view) {
    const kerberos = new Map<string, RecordRef[]>();
    for (const { fields, ref } of view.of("network-logon")) {
      if ((fields.AuthenticationPackageName ?? "").trim().toLowerCase() !== "kerberos") continue;
      const account = accountKey(fields.TargetUserName ?? "");
      const known = kerberos.get(account);
      if (known === undefined) kerberos.set(account, [ref]);
      else if (known.length < MOST_REFS) known.push(ref);
    }
    const groups = new Map<string, Move[]>();
    for (const move of view.story.moves) {
      const { session } = move;
      if (!move.succeeded || session?.authentication !== "NTLM" || session.logonType !== 3)
        continue;
      if (move.method === "RDP" || move.method === "SSH") continue;
      if (!session.elevated && move.method === "network logon") continue;
      const key = `${move.from}\n${accountKey(move.account)}`;
      groups.set(key, [...(groups.get(key) ?? []), move]);
    }
    const keyLengths = new Map<object, string>();
    for (const { ref, fields } of view.of("network-logon"))
      if (fields.KeyLength) keyLengths.set(ref, fields.KeyLength);
    const habits = habitsOf(view);
    const findings: Finding[] = [];
    for (const moves of groups.values()) {
      const finding = passTheHash(moves, kerberos, keyLengths, habits);
      if (finding !== undefined) findings.push(finding);
    }
    return { findings };
  },
};

function passTheHash(
  moves: readonly Move[],
  kerberos: ReadonlyMap<string, RecordRef[]>,
  keyLengths: ReadonlyMap<object, string>,
  habits: Habits,
): Finding | undefined {
  const first = moves[0]!;
  const account = accountKey(first.account);
  const keyless = moves.filter(({ evidence }) =>
    evidence.some((ref) => keyLengths.get(ref) === "0"),
  );
  const ruling = moves.filter(({ method }) => method !== "network logon");
  const reasons = [
    cite("a named account logged on over the network by NTLM with special rights", refsOf(moves)),
  ];
  let points = 1;
  if (keyless.length > 0) {
    points++;
    reasons.push(
      cite("the session key has length 0, as tools leave it that log on by hash", refsOf(keyless)),
    );
  }
  if (ruling.length > 0) {
    points++;
    reasons.push(
      cite(
        "the logon was used to rule the machine: service, task, share or command",
        refsOf(ruling),
      ),
    );
  }
  const usual = kerberos.get(account) ?? [];
  if (usual.length > 0) {
    points++;
    reasons.push(cite("the same account uses Kerberos elsewhere in these logs", usual));
  }
  if (points < 2) return undefined;
  const targets = moves.map(({ to }) => to);
  const usualWay = moves.every((move) => habits.isHabit(move));
  return analyzerFinding({
    rule: "pass-the-hash",
    same: [first.from, account],
    kind: "hypothesis",
    severity: usualWay ? "low" : points >= 4 ? "high" : points === 3 ? "medium" : "low",
    confidence: confidenceOf(points, 3, 4),
    title: "A logon by NTLM that may have used a hash (pass-the-hash)",
    statement: say`${first.account} came from ${first.from} to ${listed(targets)} by NTLM with special rights, first at ${minute(first.timeMs)}.`,
    attack: ["T1550.002"],
    evidence: refsOf(moves),
    reasonsFor: reasons,
    reasonsAgainst: [
      cite(
        "NTLM by password leaves the same records where it negotiates no session key",
        refsOf(moves),
      ),
      ...(usualWay
        ? [cite("it is gone on several days from the beginning of the logs on", refsOf(moves))]
        : []),
    ],
    accounts: [first.account],
    addresses: moves.flatMap(({ session }) => (session?.address ? [session.address] : [])),
    movements: moves.map(movementOf),
    falsePositives: [
      "clients that go by address instead of name, devices and scanners that speak NTLM only",
    ],
    alternatives: [
      "the password itself was used: nothing in the log of the destination tells the two apart",
    ],
    checkNext: [
      say`a logon of type 9, or a process that opened LSASS, on the source before ${placeToLook([first.from], "Security 4624 type 9, Sysmon 10", first.timeMs - DAY_MS, first.timeMs)}`,
    ],
  });
}

/** A ticket asked for with RC4 by an account, where others get AES: the hash was turned into a ticket (overpass-the-hash). */
export const overpassAnalyzer: Analyzer = {
  name: "overpass-the-hash",
  wants: [TICKET],
  run(view) {
    const groups = new Map<string, Signal[]>();
    const strong = new Map<string, Strong>();
    for (const signal of view.of("ticket")) {
      const { TargetUserName, TicketEncryptionType, Status, IpAddress } = signal.fields;
      if (Status !== "0x0") continue;
      const account = accountKey(TargetUserName ?? "");
      if (TicketEncryptionType === "0x17" || TicketEncryptionType === "0x18") {
        const address = tidyHost(IpAddress ?? "");
        if (isLoopback(address)) continue;
        const key = `${account}\n${address}`;
        groups.set(key, [...(groups.get(key) ?? []), signal]);
      } else {
        const own = strong.get(account);
        if (own === undefined) strong.set(account, { tickets: 1, refs: [signal.ref] });
        else if (own.tickets++ < MOST_REFS) own.refs.push(signal.ref);
      }
    }
    const findings: Finding[] = [];
    for (const signals of groups.values()) findings.push(overpass(signals, strong, view));
    return { findings };
  },
};

/** Tickets with AES of one account. */
interface Strong {
  tickets: number;
  readonly refs: RecordRef[];
}

function overpass(
  signals: readonly Signal[],
  strong: ReadonlyMap<string, Strong>,
  view: CaseView,
): Finding {
  const first = signals[0]!;
  const account = accountKey(first.fields.TargetUserName ?? "");
  const address = tidyHost(first.fields.IpAddress ?? "");
  const from = view.story.hosts.nameOf(address, first.timeMs);
  const controller = hostOf(view, first);
  const reasons = [
    cite(
      "a ticket was asked for with RC4, for which the hash of the password is enough",
      signals.map(({ ref }) => ref),
    ),
  ];
  let points = 1;
  const own = strong.get(account);
  if (own !== undefined) {
    points += 2;
    reasons.push(
      cite(say`the same account got ${own.tickets} tickets with AES in these logs`, own.refs),
    );
  } else if (strong.size > 0) {
    points++;
    reasons.push(
      cite(
        "other accounts get tickets with AES from the same domain",
        [...strong.values()].slice(0, 3).flatMap(({ refs }) => refs.slice(0, 1)),
      ),
    );
  }
  const other = view
    .of("logon")
    .filter(
      (signal) =>
        signal.fields.LogonType === "9" &&
        hostOf(view, signal) === from &&
        signals.some(({ timeMs }) => Math.abs(signal.timeMs - timeMs) <= HOUR_MS),
    );
  if (other.length > 0) {
    points++;
    reasons.push(
      cite(
        "a session with other credentials was opened on that machine within the hour",
        other.map(({ ref }) => ref),
      ),
    );
  }
  return analyzerFinding({
    rule: "overpass-the-hash",
    same: [account, address],
    kind: "hypothesis",
    severity: points >= 4 ? "high" : points === 3 ? "medium" : "low",
    confidence: confidenceOf(points, 3, 4),
    title: "A ticket asked for with a weak key (overpass-the-hash)",
    statement: say`${first.fields.TargetUserName ?? ""} at ${from} asked ${controller} for a ticket with RC4, ${countOf(signals) === 1 ? say`at ${minute(first.timeMs)}` : say`${countOf(signals)} times from ${minute(first.timeMs)}`}.`,
    attack: ["T1550.002", "T1558"],
    evidence: [...signals.map(({ ref }) => ref), ...other.map(({ ref }) => ref)],
    reasonsFor: reasons,
    reasonsAgainst:
      own === undefined
        ? [
            cite(
              "the account may know no AES key yet (password older than the domain's AES)",
              signals.map(({ ref }) => ref),
            ),
          ]
        : [],
    accounts: [account],
    addresses: address === "" ? [] : [address],
    falsePositives: [
      "accounts whose password was set before the domain knew AES, old devices, RC4 set by policy",
    ],
    alternatives: ["an old client or account that knows RC4 only: it would ask so every day"],
    checkNext: [
      say`where the ticket was used ${placeToLook([controller], "Security 4769", first.timeMs, first.timeMs + 10 * HOUR_MS)}`,
      say`which process asked for it ${placeToLook([from], "Security 4648 and 4688, Sysmon 1, 3 and 10", first.timeMs - HOUR_MS, first.timeMs + HOUR_MS)}`,
    ],
  });
}
