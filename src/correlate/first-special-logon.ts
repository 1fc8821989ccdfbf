import type { Finding } from "../model/finding.ts";
import { row, say } from "../model/phrase.ts";
import type { Signal } from "../model/signal.ts";
import type { Analyzer } from "./analyzer.ts";
import { accountKey, analyzerFinding, cite } from "./analyzer-finding.ts";
import { PRIVILEGE_WANTS, SPECIAL_LOGON, WINDOWS_ACCOUNTS } from "./privilege-steps.ts";
import { FIRST_SPECIAL_LOGON } from "./statistics-limits.ts";
import { minute } from "./told-times.ts";

const DAY_MS = 86_400_000;

interface First {
  readonly host: string;
  readonly signal: Signal;
  readonly days: number;
}

/** Special privileges weighed against each account's own habit: where did it use them for the first time? */
export const firstSpecialLogonAnalyzer: Analyzer = {
  name: "first special logons",
  wants: PRIVILEGE_WANTS,
  run(view) {
    if (view.filtered) return { findings: [] };
    const name = (host: string): string => view.story.hosts.nameOf(host);
    const begins = new Map<string, number>();
    for (const { host, channel, hours } of view.rhythms) {
      const [first] = hours;
      if (channel.toLowerCase() !== "security" || first === undefined) continue;
      const at = first[0] * 3_600_000;
      begins.set(name(host), Math.min(begins.get(name(host)) ?? at, at));
    }
    const accounts = new Map<string, Map<string, First>>();
    for (const signal of view.of(SPECIAL_LOGON)) {
      const key = accountKey(signal.fields.SubjectUserName ?? "");
      if (WINDOWS_ACCOUNTS.has(key)) continue;
      const host = name(signal.ref.host);
      const hosts = accounts.get(key) ?? new Map<string, First>();
      accounts.set(key, hosts);
      const days = (signal.timeMs - (begins.get(host) ?? signal.timeMs)) / DAY_MS;
      const known = hosts.get(host);
      if (known === undefined || known.signal.timeMs > signal.timeMs)
        hosts.set(host, { host, signal, days });
    }
    return {
      findings: [...accounts.values()].flatMap((hosts) => findingOf([...hosts.values()])),
    };
  },
};

function findingOf(firsts: readonly First[]): Finding[] {
  const fresh = firsts.filter(({ days }) => days * DAY_MS >= FIRST_SPECIAL_LOGON.learningMs);
  const [first] = [...fresh].sort((a, b) => a.signal.timeMs - b.signal.timeMs);
  if (first === undefined) return [];
  const { SubjectUserName: name = "", SubjectDomainName: domain } = first.signal.fields;
  const account = domain ? `${domain}\\${name}` : (name ?? "");
  const busiest = Math.max(
    ...fresh.map(
      ({ signal }) =>
        fresh.filter((other) => Math.abs(other.signal.timeMs - signal.timeMs) <= DAY_MS / 2).length,
    ),
  );
  const many = busiest >= FIRST_SPECIAL_LOGON.manyHosts;
  const habit = firsts.filter((each) => !fresh.includes(each));
  return [
    analyzerFinding({
      rule: "first-special-logon",
      same: [accountKey(account)],
      kind: "hypothesis",
      severity: many ? "medium" : "low",
      confidence: "low",
      title: "Administrator's rights used where the account never used them before",
      statement: say`${account} used special privileges for the first time on ${row(
        fresh
          .slice(0, 10)
          .map(({ host, days }) => say`${host} (after ${Math.floor(days)} days without)`),
      )}.`,
      attack: ["T1078"],
      evidence: fresh.map(({ signal }) => signal.ref),
      reasonsFor: [
        ...fresh
          .slice(0, 10)
          .map(({ days, signal }) =>
            cite(
              say`no special logon of the account on this host in the ${Math.floor(days)} days before`,
              [signal.ref],
            ),
          ),
        ...(many
          ? [
              cite(
                say`${busiest} hosts were new to the account within one day`,
                fresh.map(({ signal }) => signal.ref),
              ),
            ]
          : []),
      ],
      reasonsAgainst: [
        ...(habit.length > 0
          ? [
              cite(
                say`the account had such rights on ${habit.length} other hosts from the beginning`,
                habit.map(({ signal }) => signal.ref),
              ),
            ]
          : []),
        "an account may get new duties, and a log may be shorter than a habit",
      ],
      accounts: [account],
      falsePositives: ["New duties, holidays, monthly maintenance and new management tools."],
      alternatives: ["The account's owner has a new duty: ask; then the next weeks show the same."],
      checkNext: [
        say`From where the session came and what ran in it [${fresh
          .slice(0, 5)
          .map(({ host }) => host)
          .join(", ")}: Security 4624, 4648 and 4688, from ${minute(first.signal.ref.time)}]`,
      ],
      askCustomer: ["Was this account meant to work on these hosts?"],
    }),
  ];
}
