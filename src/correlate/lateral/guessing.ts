import type { Finding } from "../../model/finding.ts";
import { say } from "../../model/phrase.ts";
import type { RecordRef } from "../../model/record-ref.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { accountKey, analyzerFinding, cite, confidenceOf } from "../analyzer-finding.ts";
import { isLoopback, tidyHost } from "../host-names.ts";
import { lookedAt } from "../looked-at.ts";
import { mostDistinct } from "../most-distinct.ts";
import type { Move } from "../story.ts";
import { minute, period } from "../told-times.ts";
import { NTLM_VALIDATION, PREAUTH_FAILED, TICKET } from "../wants/domain-controller-wants.ts";
import { FAILED_LOGON } from "../wants/logon-wants.ts";
import {
  HOUR_MS,
  listed,
  MINUTE_MS,
  MOST_REFS,
  movementOf,
  placeToLook,
  refsOf,
  who,
} from "./move-words.ts";

/** Wrong passwords within a window that are more than somebody's mistake. */
const GUESSES = 10;
const WINDOW_MS = 10 * MINUTE_MS;
/** Fewer are enough where a logon follows. */
const GUESSES_BEFORE_SUCCESS = 5;
/** How long after the last guess a logon still belongs to it. */
const SUCCESS_MS = 30 * MINUTE_MS;
/** Accounts of one source within an hour that make a spray. */
const SPRAYED_ACCOUNTS = 5;
const SPRAY_MS = HOUR_MS;

/** Unknown account, locked or disabled account, wrong password. Source: RFC 4120, 7.5.9. */
const KERBEROS_REFUSALS: ReadonlySet<string> = new Set(["0x6", "0x12", "0x18"]);

/** A refused password, whatever channel tells of it. */
interface Refusal {
  readonly source: string;
  readonly target: string;
  readonly account: string;
  readonly timeMs: number;
  readonly count: number;
  readonly ref: RecordRef;
}

/** Guessing one account's password, and spraying few passwords over many accounts; with what came of it. */
export const guessingAnalyzer: Analyzer = {
  name: "password guessing",
  wants: [FAILED_LOGON, PREAUTH_FAILED, TICKET, NTLM_VALIDATION],
  run(view) {
    const bySource = new Map<string, Refusal[]>();
    for (const refusal of refusals(view)) {
      const list = bySource.get(refusal.source);
      if (list === undefined) bySource.set(refusal.source, [refusal]);
      else list.push(refusal);
    }
    const successes = new Map<string, Move[]>();
    for (const move of view.story.moves) {
      if (!move.succeeded) continue;
      const list = successes.get(move.from);
      if (list === undefined) successes.set(move.from, [move]);
      else list.push(move);
    }
    const findings: Finding[] = [];
    for (const [source, list] of bySource) {
      list.sort((a, b) => a.timeMs - b.timeMs);
      const came = successes.get(source) ?? [];
      const sprayed = spray(source, list, came);
      if (sprayed !== undefined) findings.push(sprayed);
      findings.push(...guessed(source, list, came, sprayed !== undefined));
    }
    return { findings };
  },
};

function refusals(view: CaseView): Refusal[] {
  const all: Refusal[] = [];
  for (const move of view.story.moves) {
    if (move.succeeded) continue;
    const { from, to, account, timeMs, count = 1, evidence } = move;
    const [ref] = evidence;
    if (ref !== undefined)
      all.push({ source: from, target: to, account: accountKey(account), timeMs, count, ref });
  }
  const { hosts } = view.story;
  for (const { fields, ref, timeMs, count = 1 } of [
    ...view.of("preauth-failed"),
    ...view.of("ticket"),
  ]) {
    if (!KERBEROS_REFUSALS.has(fields.Status ?? "")) continue;
    const source = hosts.nameOf(fields.IpAddress ?? "", timeMs);
    if (source === "" || source === "-" || isLoopback(source)) continue;
    const target = hosts.nameOf(ref.host, timeMs);
    const account = accountKey(fields.TargetUserName ?? "");
    all.push({ source, target, account, timeMs, count, ref });
  }
  for (const { fields, ref, timeMs, count = 1 } of view.of("ntlm-validation")) {
    if (fields.Status === "0x0" || !fields.Status) continue;
    const source = hosts.nameOf(tidyHost(fields.Workstation ?? ""), timeMs);
    const target = hosts.nameOf(ref.host, timeMs);
    // The machine itself checked a local account: its own 4625 tells the same.
    if (source === "" || source === target) continue;
    const account = accountKey(fields.TargetUserName ?? "");
    all.push({ source, target, account, timeMs, count, ref });
  }
  return all;
}

function spray(
  source: string,
  list: readonly Refusal[],
  came: readonly Move[],
): Finding | undefined {
  const best = mostDistinct(list, SPRAY_MS, ({ account }) => account);
  const first = best[0];
  const last = best.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const names = new Set(best.map(({ account }) => account));
  if (names.size < SPRAYED_ACCOUNTS) return undefined;
  const { hits, tried } = cameAfter(
    list,
    came,
    SPRAY_MS,
    ({ counts }, { account }) => counts.size >= SPRAYED_ACCOUNTS && counts.has(accountKey(account)),
  );
  const targets = [...new Set(best.map(({ target }) => target))];
  const points = 1 + (names.size >= 2 * SPRAYED_ACCOUNTS ? 1 : 0) + (hits.length > 0 ? 2 : 0);
  return analyzerFinding({
    rule: "password-spray",
    same: [source],
    kind: "hypothesis",
    severity: hits.length > 0 ? "high" : "medium",
    confidence: confidenceOf(points, 1, 3),
    title: "One source tried passwords on many accounts (spray)",
    statement: say`${source} was refused for ${names.size} accounts on ${listed(targets)} ${period(first.timeMs, last.timeMs)}${hits.length > 0 ? say`, then came in as ${listed(hits.map(who))}` : ""}.`,
    attack: ["T1110.003"],
    evidence: [
      ...best.slice(0, MOST_REFS).map(({ ref }) => ref),
      ...tried.slice(0, MOST_REFS).map(({ ref }) => ref),
      ...refsOf(hits),
    ],
    reasonsFor: [
      cite(
        say`${names.size} accounts were tried within an hour`,
        best.map(({ ref }) => ref),
      ),
      ...(hits.length > 0 ? [cite("one of them then logged on from there", refsOf(hits))] : []),
    ],
    reasonsAgainst:
      hits.length === 0
        ? [
            lookedAt(
              "none of the accounts then came in from there",
              targets,
              "Security 4624",
              first.timeMs,
              last.timeMs + SPRAY_MS,
            ),
          ]
        : [],
    accounts: [...names],
    addresses: [source],
    movements: hits.map(movementOf),
    falsePositives: [
      "a proxy, mail or terminal server through which many people sign in",
      "a vulnerability scanner with a list of accounts",
    ],
    alternatives: ["many people mistype through one gateway: it would be spread over the day"],
    checkNext: [
      say`whether any of the accounts logged on elsewhere afterwards ${placeToLook(targets, "Security 4624, 4768 and 4776", last.timeMs, last.timeMs + 24 * HOUR_MS)}`,
    ],
    askCustomer: ["What is the machine at this address, and do several people sign in through it?"],
  });
}

function guessed(
  source: string,
  list: readonly Refusal[],
  came: readonly Move[],
  sprayed: boolean,
): Finding[] {
  const byAccount = new Map<string, Refusal[]>();
  for (const refusal of list) {
    const one = byAccount.get(refusal.account);
    if (one === undefined) byAccount.set(refusal.account, [refusal]);
    else one.push(refusal);
  }
  const findings: Finding[] = [];
  for (const [account, refused] of byAccount) {
    const burst = densest(refused);
    const { hits, tried } = cameAfter(
      refused,
      came.filter((move) => accountKey(move.account) === account || account === ""),
      SUCCESS_MS,
      ({ total }) => total >= GUESSES_BEFORE_SUCCESS,
    );
    const won = hits.length > 0;
    if (!won && (burst.count < GUESSES || sprayed)) continue;
    // Those before the logon are told of; the densest ten minutes may be others.
    const told = won ? tried : burst.refusals;
    const count = tally(told);
    const first = told[0]!;
    const last = told.at(-1)!;
    const targets = [...new Set(told.map(({ target }) => target))];
    const points = (burst.count >= GUESSES ? 1 : 0) + (won ? 2 : 0) + (burst.count >= 100 ? 1 : 0);
    const refs = burst.refusals.slice(0, MOST_REFS).map(({ ref }) => ref);
    const before = tried.slice(0, MOST_REFS).map(({ ref }) => ref);
    findings.push(
      analyzerFinding({
        rule: "password-guessing",
        same: [source, account],
        kind: "hypothesis",
        severity: won ? "high" : "medium",
        confidence: confidenceOf(points, 2, 3),
        title: won
          ? "Passwords were guessed until one fit"
          : "Passwords of an account were guessed",
        statement: say`${source} was refused ${count} times as ${account === "" ? say`somebody` : account} on ${listed(targets)} ${period(first.timeMs, last.timeMs)}${won ? say`, then came in at ${minute(hits[0]!.timeMs)}` : ""}.`,
        attack: ["T1110.001"],
        evidence: [...refs, ...before, ...refsOf(hits)],
        reasonsFor: [
          cite(say`${burst.count} wrong passwords within ten minutes`, refs),
          ...(won
            ? [
                cite("passwords were refused in the half hour before a logon", before),
                cite("then the same source came in", refsOf(hits)),
              ]
            : []),
        ],
        reasonsAgainst: won
          ? []
          : [
              lookedAt(
                "no logon from there followed in these logs",
                targets,
                "Security 4624",
                first.timeMs,
                last.timeMs + SUCCESS_MS,
              ),
            ],
        accounts: account === "" ? [] : [account],
        addresses: [source],
        movements: hits.map(movementOf),
        falsePositives: [
          "a service, mapped drive or phone that still has the old password",
          "somebody who forgot the password, found it and logged on",
        ],
        alternatives: [
          "a stored old password: it would fail at even intervals for days and never come in",
        ],
        checkNext: [
          say`what the session did after the logon ${placeToLook(targets, "Security 4688, Sysmon 1, PowerShell 4104", last.timeMs, last.timeMs + 4 * HOUR_MS)}`,
        ],
        askCustomer: ["Was the password of this account changed shortly before?"],
      }),
    );
  }
  return findings;
}

/** What was refused in a stretch of time, repeats counted. */
interface Tries {
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

/**
 * The logons before which enough was refused within a span, and what was refused before the first of them. Every logon
 * is held against its own time before it, so that a refusal less never brings a logon in. Lists are in order of time.
 */
function cameAfter(
  list: readonly Refusal[],
  came: readonly Move[],
  spanMs: number,
  enough: (tries: Tries, move: Move) => boolean,
): { hits: readonly Move[]; tried: readonly Refusal[] } {
  const counts = new Map<string, number>();
  const hits: Move[] = [];
  let tried: readonly Refusal[] = [];
  let total = 0;
  let low = 0;
  let high = 0;
  const count = ({ account, count: times }: Refusal, sign: 1 | -1): void => {
    const left = (counts.get(account) ?? 0) + sign * times;
    if (left === 0) counts.delete(account);
    else counts.set(account, left);
    total += sign * times;
  };
  for (const move of came) {
    while (high < list.length && list[high]!.timeMs <= move.timeMs) count(list[high++]!, 1);
    while (low < high && move.timeMs - list[low]!.timeMs > spanMs) count(list[low++]!, -1);
    if (!enough({ counts, total }, move)) continue;
    if (hits.length === 0) tried = list.slice(low, high);
    hits.push(move);
  }
  return { hits, tried };
}

function tally(refusals: readonly Refusal[]): number {
  return refusals.reduce((sum, { count }) => sum + count, 0);
}

/** The ten minutes with most refusals. */
function densest(list: readonly Refusal[]): { refusals: readonly Refusal[]; count: number } {
  let best = { from: 0, to: 0, count: 0 };
  let count = 0;
  let low = 0;
  for (const [high, refusal] of list.entries()) {
    count += refusal.count;
    while (refusal.timeMs - list[low]!.timeMs > WINDOW_MS) count -= list[low++]!.count;
    if (count > best.count) best = { from: low, to: high, count };
  }
  return { refusals: list.slice(best.from, best.to + 1), count: best.count };
}
