import { describe, expect, it } from "vitest";
import { connectionBurstAnalyzer } from "../../src/correlate/connection-bursts.ts";
import { newWayAnalyzer } from "../../src/correlate/lateral/new-ways.ts";
import { periodicConnectionAnalyzer } from "../../src/correlate/periodic-connections.ts";
import { similarDestinationAnalyzer } from "../../src/correlate/similar-destinations.ts";
import {
  BURST,
  LIKENESS,
  LIKENESS_WEIGHTS,
  PERIODIC_WEIGHTS,
} from "../../src/correlate/statistics-limits.ts";
import type { LogonSession } from "../../src/correlate/story.ts";
import { unusualHourAnalyzer } from "../../src/correlate/unusual-hours.ts";
import { SeededRandom } from "../../src/forge/random.ts";
import type { Signal } from "../../src/model/signal.ts";
import { limitIn } from "../../src/report/i18n/sentence.ts";
import {
  caseView,
  START_MS,
  someMove,
  someRef,
  someSignal,
  type ViewParts,
} from "../support/case-view.ts";
import { fixtureScenario, triageScenario } from "../support/triage-scenario.ts";

const HOUR_S = 3600;

interface Traffic {
  readonly host?: string;
  readonly to: string;
  readonly port?: string;
  readonly program?: string;
  /** Seconds after the start. */
  readonly at: readonly number[];
}

const traffic = ({
  host = "WS-01",
  to,
  port = "443",
  program = "C:\\Users\\Public\\upd.exe",
  at,
}: Traffic): Signal[] =>
  at.map((seconds) =>
    someSignal("connection", host, seconds / HOUR_S, {
      Image: program,
      DestinationIp: to,
      DestinationPort: port,
    }),
  );
/** `times` connections every `every` seconds, each up to `jitter` of it early or late. */
function beacon(every: number, times: number, jitter: number, seed = 1): number[] {
  const random = new SeededRandom(String(seed));
  return Array.from(
    { length: times },
    (_, at) => at * every + every * jitter * (random.next() * 2 - 1),
  );
}
/** Times without any rhythm. */
function browsing(times: number, seconds: number, seed: number): number[] {
  const random = new SeededRandom(String(seed));
  return Array.from({ length: times }, () => random.next() ** 2 * seconds).sort((a, b) => a - b);
}
const EDGE = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe";
/** Five hosts on an ordinary day: web pages, mail that is asked for by all, an update service of all. */
const ordinaryDay = ["WS-01", "WS-02", "WS-03", "WS-04", "SRV-01"].flatMap((host, n) => [
  ...Array.from({ length: 30 }, (_, page) =>
    traffic({
      host,
      to: `203.0.113.${page}`,
      program: EDGE,
      at: browsing(25, 8 * HOUR_S, n * 100 + page),
    }),
  ).flat(),
  ...traffic({
    host,
    to: "10.2.0.25",
    port: "993",
    program: "C:\\Program Files\\Mail\\mail.exe",
    at: beacon(300, 96, 0.02, n),
  }),
  ...traffic({
    host,
    to: "198.51.100.10",
    program: "C:\\Windows\\System32\\svchost.exe",
    at: beacon(3600, 24, 0.05, n),
  }),
]);
const periodic = (signals: readonly Signal[]) =>
  periodicConnectionAnalyzer.run(caseView({ signals })).findings;

describe("connections that return like a clock", () => {
  it.each([
    ["every minute without jitter", beacon(60, 200, 0)],
    ["every quarter of an hour with a fifth of jitter", beacon(900, 60, 0.1)],
    ["every hour", beacon(3600, 40, 0.02)],
  ])("are found %s among ordinary traffic", (_, at) => {
    const found = periodic([...ordinaryDay, ...traffic({ to: "192.0.2.66", at })]);
    expect(found.map(({ entities }) => entities.addresses)).toEqual([["192.0.2.66"]]);
    expect(found[0]).toMatchObject({ kind: "hypothesis", confidence: "low" });
  });

  it("explain their score by terms that add up to it", () => {
    const [finding] = periodic(traffic({ to: "192.0.2.66", at: beacon(60, 200, 0.05) }));
    const total = Number(/score (\d\.\d+)/.exec(finding?.statement ?? "")?.[1]);
    const terms = finding!.reasons.for.flatMap((text) => {
      const part = /\((\d\.\d+) of \d/.exec(text);
      return part === null ? [] : [Number(part[1])];
    });
    expect(terms).toHaveLength(Object.keys(PERIODIC_WEIGHTS).length);
    expect(terms.reduce((sum, each) => sum + each, 0)).toBeCloseTo(total, 1);
  });

  it("are not seen in web pages, in what all hosts use, in a few repeats or in a short time", () => {
    expect(periodic(ordinaryDay)).toEqual([]);
    expect(periodic(traffic({ to: "192.0.2.66", at: beacon(600, 8, 0) }))).toEqual([]);
    expect(periodic(traffic({ to: "192.0.2.66", at: beacon(30, 40, 0) }))).toEqual([]);
    expect(periodic(traffic({ to: "192.0.2.66", at: browsing(60, 20 * HOUR_S, 5) }))).toEqual([]);
  });

  it("are low where no other hosts can be compared and the program lies where programs do", () => {
    const at = beacon(3600, 40, 0.02);
    const alone = (program: string) => periodic(traffic({ to: "192.0.2.66", at, program }));
    expect(alone("C:\\Windows\\System32\\svchost.exe").map(({ severity }) => severity)).toEqual([
      "low",
    ]);
    expect(alone("C:\\Users\\Public\\a.exe").map(({ severity }) => severity)).toEqual(["medium"]);
  });

  it("are none of what Windows sends to whoever listens", () => {
    const at = beacon(120, 200, 0);
    for (const to of ["239.255.255.250", "255.255.255.255", "10.2.0.255", "ff02::fb"])
      expect(periodic(traffic({ to, at }))).toEqual([]);
    expect(periodic(traffic({ to: "192.0.2.255", at }))).toHaveLength(1);
  });

  it.each([
    [
      "Sysmon 3",
      "Microsoft-Windows-Sysmon/Operational",
      3,
      { Image: "C:\\x.exe", Initiated: "true", DestinationIp: "192.0.2.66", DestinationPort: 443 },
    ],
    [
      "Sysmon 22",
      "Microsoft-Windows-Sysmon/Operational",
      22,
      { Image: "C:\\x.exe", QueryName: "a.example" },
    ],
    [
      "Security 5156",
      "Security",
      5156,
      {
        Application: "\\device\\harddiskvolume1\\x.exe",
        Direction: "%%14593",
        DestAddress: "192.0.2.66",
        DestPort: 443,
      },
    ],
    [
      "DNS client 3006",
      "Microsoft-Windows-DNS-Client/Operational",
      3006,
      { QueryName: "a.example" },
    ],
    [
      "DNS client 3008",
      "Microsoft-Windows-DNS-Client/Operational",
      3008,
      { QueryName: "a.example" },
    ],
    [
      "DNS client 3020",
      "Microsoft-Windows-DNS-Client/Operational",
      3020,
      { QueryName: "a.example" },
    ],
  ])("are found in records of %s", (_, channel, id, data) => {
    const events = beacon(600, 40, 0.05).map((seconds) => ({
      at: `+${Math.round(seconds) + 600}s`,
      host: "WS-01",
      channel,
      id,
      data,
    }));
    const scenario = {
      start: "2026-03-02T00:00:00Z",
      hosts: { "WS-01": { domain: "corp.example" } },
      events,
    };
    const { findings } = triageScenario(scenario);
    const [finding] = findings.filter(({ rule }) => rule.id === "periodic-connection");
    expect(finding?.statement).toContain("every 10 min, 40 times");
    expect(finding?.evidence).toHaveLength(40);
  });

  it("are found in name lookups too", () => {
    const lookups = beacon(120, 100, 0.05).map((seconds) =>
      someSignal("name-lookup", "WS-01", seconds / HOUR_S, {
        QueryName: "cdn.bad.example",
        Image: "C:\\Users\\Public\\a.exe",
      }),
    );
    expect(periodic(lookups)[0]?.statement).toContain("looked up cdn.bad.example every 120");
  });
});

describe("destinations like a known one", () => {
  const known = traffic({ to: "192.0.2.66", at: beacon(300, 100, 0.1, 3) });
  const alike = traffic({ host: "WS-01", to: "192.0.2.77", at: beacon(310, 90, 0.1, 4) });
  const run = (knownDestinations: readonly string[]) =>
    similarDestinationAnalyzer.run(
      caseView({ signals: [...ordinaryDay, ...known, ...alike], knownDestinations }),
    ).findings;

  it("are ranked by likeness, each term shown, the known one told as a fact", () => {
    const found = run(["192.0.2.66"]);
    expect(found.map(({ kind, entities }) => [kind, entities.addresses[0]])).toEqual([
      ["fact", "192.0.2.66"],
      ["hypothesis", "192.0.2.77"],
    ]);
    const score = Number(/: (\d\.\d+) of 1/.exec(found[1]?.statement ?? "")?.[1]);
    const terms = found[1]!.reasons.for.flatMap((text) => {
      const part = /: (\d\.\d+) of /.exec(text);
      return part === null ? [] : [Number(part[1])];
    });
    expect(terms.reduce((sum, each) => sum + each, 0)).toBeCloseTo(score, 1);
    expect(score).toBeGreaterThan(0.8);
  });

  it("are not looked for without a known one; of one that nobody used the report says so", () => {
    expect(run([])).toEqual([]);
    const view = (signals: readonly Signal[]) =>
      caseView({ signals, knownDestinations: ["192.0.2.99", "192.0.2.66"] });
    const { findings, limits } = similarDestinationAnalyzer.run(view([...ordinaryDay, ...known]));
    expect(findings.map(({ rule }) => rule.id)).toEqual(["known-destination"]);
    expect(limits).toEqual(["No connection to and no lookup of 192.0.2.99 is in these logs."]);
    const none = similarDestinationAnalyzer.run(view([])).limits ?? [];
    expect(none).toHaveLength(2);
    expect(none[0]).toContain("whether 192.0.2.99 was used cannot be told");
    for (const limit of [...(limits ?? []), ...none])
      expect(limitIn("ja", limit)).toMatch(/[\u3040-\u30ff]/);
  });

  it("are known by a URL, and a name stands for the names below it, however many", () => {
    const lookups = (name: string, at: number): Signal =>
      someSignal("name-lookup", "WS-01", at / HOUR_S, { QueryName: name, Image: "C:\\a.exe" });
    const signals = [
      lookups("notbad.example", 5),
      lookups("bad.example", 6),
      ...Array.from({ length: 3000 }, (_, at) => lookups(`x${at}.bad.example`, 10 + at)),
    ];
    const { findings, limits } = similarDestinationAnalyzer.run(
      caseView({ signals, knownDestinations: ["hxxps://bad[.]example/a"] }),
    );
    const told = findings.filter(({ rule }) => rule.id === "known-destination");
    expect(told).toHaveLength(LIKENESS.mostKnown);
    expect(told.some(({ statement }) => statement.includes("notbad"))).toBe(false);
    expect(limits?.join()).toContain(`${3001 - LIKENESS.mostKnown} more destinations below a name`);
  });

  it("have weights that add up to one", () => {
    for (const weights of [LIKENESS_WEIGHTS, PERIODIC_WEIGHTS])
      expect(Object.values(weights).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
  });
});

describe("bursts and fan-out", () => {
  const run = (signals: readonly Signal[]) =>
    connectionBurstAnalyzer.run(caseView({ signals })).findings.map(({ rule }) => rule.id);

  it("tell an hour with far more connections to one destination than the host's median", () => {
    const many = Array.from({ length: BURST.leastCount + 50 }, (_, at) => 12 * HOUR_S + at * 10);
    expect(run([...ordinaryDay, ...traffic({ to: "192.0.2.66", at: many })])).toEqual([
      "connection-burst",
    ]);
  });

  it("tell a program that tries many hosts on one port, not a browser", () => {
    const tried = (port: string) =>
      Array.from({ length: 80 }, (_, at) => traffic({ to: `10.2.0.${at}`, port, at: [at] })).flat();
    expect(run(tried("445"))).toEqual(["connection-fan-out"]);
    expect(run(tried("443"))).toEqual([]);
  });

  it("are silent on an ordinary day", () => expect(run(ordinaryDay)).toEqual([]));
});

describe("new ways and unusual hours", () => {
  const run = (parts: ViewParts) =>
    [newWayAnalyzer, unusualHourAnalyzer]
      .flatMap((analyzer) => analyzer.run(caseView(parts)).findings)
      .map(({ rule }) => rule.id);
  const habit = Array.from({ length: 80 }, (_, at) =>
    someMove({ from: `WS-0${at % 4}`, to: "SRV-01", account: `user.${at % 4}`, hours: at }),
  );
  const session = (day: number, hour: number, account = "user.one"): LogonSession => {
    const hours = day * 24 + hour - 8;
    return {
      host: "WS-01",
      account,
      logonType: 2,
      startMs: START_MS + hours * 3_600_000,
      endMs: null,
      elevated: false,
      evidence: [someRef("WS-01", hours)],
      missing: [],
    };
  };
  const office = Array.from({ length: 20 }, (_, day) => session(day, 8 + (day % 3)));

  it("tell a way that nobody went in the days before", () => {
    const rare = someMove({ from: "WS-09", to: "DC-01", account: "user.9", hours: 75 });
    expect(run({ moves: [...habit, rare] })).toEqual(["first-seen-way"]);
    expect(run({ moves: habit })).toEqual([]);
    expect(run({ moves: [{ ...rare, timeMs: START_MS + 1000 }, ...habit] })).toEqual([]);
    expect(run({ moves: [...habit, rare], filtered: true })).toEqual([]);
  });

  it("explain how rare each new way is, and leave those to a path that tells of them", () => {
    const rare = someMove({ from: "WS-09", to: "DC-01", account: "user.9", hours: 75 });
    const moves = [...habit, rare];
    const [finding] = newWayAnalyzer.run(caseView({ moves })).findings;
    // 1 of 81 moves, one of 5 ways: -log(2 / 86).
    expect(finding?.reasons.for.join()).toContain("1 of 81 moves go this way: rarity 3.8");
    const path = { ...finding!, rule: { ...finding!.rule, id: "lateral-path" } };
    expect(newWayAnalyzer.run(caseView({ moves, findings: [path] })).findings).toEqual([]);
  });

  it("say nothing of a new way that is then gone as often as the others", () => {
    const often = Array.from({ length: 20 }, (_, at) =>
      someMove({ from: "WS-09", to: "DC-01", account: "user.9", hours: 75 + at }),
    );
    expect(run({ moves: [...habit, ...often] })).toEqual([]);
  });

  it("tell a session of a newcomer at an hour at which nobody works on the host", () => {
    const others = office.map((each, at) => ({ ...each, account: `user.${at}` }));
    const night = session(21, 3, "user.new");
    const [finding] = unusualHourAnalyzer.run(caseView({ sessions: [...others, night] })).findings;
    expect(finding).toMatchObject({
      title: "Session at an hour at which nobody works on the host",
      entities: { accounts: ["user.new"] },
      evidence: night.evidence,
    });
    expect(finding?.statement).toContain("; the host's other 20 sessions lie at other hours.");
    expect(run({ sessions: [...others, session(21, 9, "user.new")] })).toEqual([]);
    // Somebody who works by night on other hosts is judged by that.
    const nights = Array.from({ length: 20 }, (_, day) => ({
      ...session(day, 3, "user.new"),
      host: "SRV-09",
    }));
    expect(run({ sessions: [...others, ...nights, night] })).toEqual([]);
  });

  it("tell a session at three in the morning of somebody who works by day", () => {
    expect(run({ sessions: [...office, session(21, 3)] })).toEqual(["off-hours-session"]);
    expect(run({ sessions: [...office, session(21, 9)] })).toEqual([]);
    expect(run({ sessions: [...office.slice(0, 5), session(21, 3)] })).toEqual([]);
  });
});

describe("false positives of the statistics", () => {
  it("are measured: none on clean days", () => {
    const ids = [
      "periodic-connection",
      "connection-burst",
      "connection-fan-out",
      "similar-destination",
      "fan-out",
      "first-seen-way",
      "off-hours-session",
      "first-special-logon",
    ];
    const clean = triageScenario(fixtureScenario("clean")).findings;
    const known = traffic({ to: "192.0.2.66", at: beacon(300, 100, 0.1, 3) });
    const found = [
      ...[periodicConnectionAnalyzer, connectionBurstAnalyzer].flatMap(
        (analyzer) => analyzer.run(caseView({ signals: ordinaryDay })).findings,
      ),
      ...similarDestinationAnalyzer.run(
        caseView({ signals: [...ordinaryDay, ...known], knownDestinations: ["192.0.2.66"] }),
      ).findings,
    ];
    const rates = Object.fromEntries(
      ids.map((id) => [id, [...clean, ...found].filter(({ rule }) => rule.id === id).length]),
    );
    // 3 hosts for 4 days, and 5 hosts for one.
    process.stdout.write(`false positives in 17 clean host-days: ${JSON.stringify(rates)}\n`);
    expect(Object.values(rates).reduce((sum, each) => sum + each, 0)).toBe(0);
  });

  it("are measured where one host alone has ordinary programs that keep time", () => {
    const clients = [
      {
        to: "203.0.113.201",
        program: "C:\\Program Files\\Chat\\chat.exe",
        at: beacon(60, 480, 0.05),
      },
      {
        to: "203.0.113.202",
        program: "C:\\Program Files\\Sync\\sync.exe",
        at: beacon(600, 48, 0.3),
      },
      {
        to: "203.0.113.203",
        program: "C:\\Windows\\System32\\svchost.exe",
        at: beacon(4 * HOUR_S, 6, 0.1),
      },
    ];
    const found = periodic([...ordinaryDay, ...clients.flatMap((client) => traffic(client))]);
    const severities = found.map(({ severity }) => severity).sort();
    process.stdout.write(
      `programs that keep time on one host: ${severities.length} of ${clients.length} told: ${severities.join(", ")}\n`,
    );
    expect(severities.length).toBeLessThanOrEqual(2);
    for (const { confidence } of found) expect(confidence).toBe("low");
  });
});
