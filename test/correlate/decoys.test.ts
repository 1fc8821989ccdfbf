import { describe, expect, it } from "vitest";
import type { Analyzer } from "../../src/correlate/analyzer.ts";
import {
  otherCredentialsAnalyzer,
  overpassAnalyzer,
} from "../../src/correlate/lateral/credential-tricks.ts";
import { guessingAnalyzer } from "../../src/correlate/lateral/guessing.ts";
import { lateralPathAnalyzer } from "../../src/correlate/lateral/lateral-path.ts";
import { fanOutAnalyzer } from "../../src/correlate/lateral/remote-control.ts";
import type { Move } from "../../src/correlate/story.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Signal } from "../../src/model/signal.ts";
import { caseView, someFinding, someMove, someRef, someSignal } from "../support/case-view.ts";

const told = (analyzer: Analyzer, parts: Parameters<typeof caseView>[0], rule: string) =>
  analyzer.run(caseView(parts)).findings.filter((finding) => finding.rule.id === rule);
const confidences = (findings: readonly Finding[]) => findings.map(({ confidence }) => confidence);

/** Somebody who adds records must not make a finding less sure. */
describe("a louder decoy does not hide what is worse", () => {
  const refused = (account: string, hours: number): Move =>
    someMove({ account, hours, succeeded: false, method: "network logon" });
  const tries = (count: number, prefix: string, hours: number): Move[] =>
    Array.from({ length: count }, (_, at) => refused(`${prefix}.${at}`, hours + at / 600));

  it("a spray that came to nothing beside one that came in", () => {
    const success = someMove({ account: "user.3", hours: 6 });
    const quiet = [...tries(6, "user", 5.9), success];
    expect(confidences(told(guessingAnalyzer, { moves: quiet }, "password-spray"))).toEqual([
      "high",
    ]);
    const loud = [...tries(12, "nobody", 0), ...quiet];
    const [finding] = told(guessingAnalyzer, { moves: loud }, "password-spray");
    expect(finding?.confidence).toBe("high");
    expect(finding?.evidence).toContain(success.evidence[0]);
  });

  it("guesses at one account that came to nothing, and fewer before a logon", () => {
    const guesses = (count: number, hours: number): Move[] =>
      Array.from({ length: count }, (_, at) => refused("user.one", hours + at / 3600));
    const moves = [
      ...guesses(12, 0),
      ...guesses(6, 5.9),
      someMove({ account: "user.one", hours: 6 }),
    ];
    const [finding] = told(guessingAnalyzer, { moves }, "password-guessing");
    expect(finding).toMatchObject({
      confidence: "high",
      title: "Passwords were guessed until one fit",
    });
  });

  it("a logon long after the guesses is not theirs", () => {
    const moves = [
      ...Array.from({ length: 6 }, (_, at) => refused("user.one", at / 3600)),
      someMove({ account: "user.one", hours: 2 }),
    ];
    expect(told(guessingAnalyzer, { moves }, "password-guessing")).toEqual([]);
  });

  it("an hour in which many machines were read beside one in which fewer were ruled", () => {
    const reached = (
      count: number,
      hours: number,
      method: Move["method"],
      prefix: string,
    ): Move[] =>
      Array.from({ length: count }, (_, at) =>
        someMove({ to: `${prefix}-${at}`, hours: hours + at / 60, method }),
      );
    const ruled = reached(6, 8, "service", "SRV");
    const read = reached(9, 0, "network logon", "WS");
    expect(confidences(told(fanOutAnalyzer, { moves: ruled }, "fan-out"))).toEqual(["medium"]);
    const [finding] = told(fanOutAnalyzer, { moves: [...read, ...ruled] }, "fan-out");
    expect(finding?.confidence).toBe("medium");
    expect(finding?.statement).toContain("SRV-0");
  });

  it("a harmless session of the same kind before the telling one", () => {
    const session = (hours: number, LogonProcessName: string) =>
      someSignal("logon", "WS-01", hours, {
        LogonType: "9",
        LogonProcessName,
        TargetUserName: "user.one",
        TargetOutboundUserName: "user.admin",
      });
    const moves = [someMove({ from: "WS-01", to: "SRV-01", account: "user.admin", hours: 5.1 })];
    const run = (signals: ReturnType<typeof session>[]) =>
      confidences(told(otherCredentialsAnalyzer, { signals, moves }, "other-credentials"));
    expect(run([session(0, "Advapi"), session(5, "seclogo")])).toEqual(
      run([session(5, "seclogo")]),
    );
  });

  it("a ticket long before beside one within the hour of a session with other credentials", () => {
    const ticket = (hours: number) =>
      someSignal("ticket", "DC-01", hours, {
        TargetUserName: "user.admin",
        TicketEncryptionType: "0x17",
        Status: "0x0",
        IpAddress: "10.1.0.11",
      });
    const other = someSignal("logon", "10.1.0.11", 9, {
      LogonType: "9",
      TargetUserName: "user.one",
    });
    const reasons = (signals: readonly Signal[]) =>
      told(overpassAnalyzer, { signals }, "overpass-the-hash")[0]?.reasons.for.length;
    expect(reasons([ticket(0), ticket(9), other])).toBe(reasons([ticket(9), other]));
  });
});

describe("a path", () => {
  const hop = (from: string, to: string, hours: number, sides: Move["sides"] = ["destination"]) =>
    someMove({ from, to, hours, sides, evidence: [someRef(to, hours)] });
  const path = (moves: readonly Move[], findings: readonly Finding[] = []) =>
    told(lateralPathAnalyzer, { moves, findings }, "lateral-path");

  it("that goes on over hops of one side is no less sure than without them", () => {
    const joined = hop("WS-01", "SRV-01", 0, ["destination", "source"]);
    const short = [joined, hop("SRV-01", "SRV-02", 1)];
    const long = [...short, hop("SRV-02", "SRV-03", 2), hop("SRV-03", "SRV-04", 3)];
    const rank = { low: 0, medium: 1, high: 2 };
    const [before] = path(short);
    const [after] = path(long);
    expect(rank[after!.confidence]).toBeGreaterThanOrEqual(rank[before!.confidence]);
  });

  it("is not surer by facts that say once more that somebody came", () => {
    const moves = [hop("WS-01", "SRV-01", 0), hop("SRV-01", "SRV-02", 1)];
    const fact = (attack: readonly string[]) =>
      someFinding({ attack, severity: "high", evidence: [someRef("SRV-02", 1.1)] });
    const [alone] = path(moves);
    const [arrived] = path(moves, [fact(["T1021.002", "T1569.002"])]);
    const [stole] = path(moves, [fact(["T1003.001"])]);
    expect(arrived?.reasons.for).toEqual(alone?.reasons.for);
    expect(stole!.reasons.for.length).toBe(alone!.reasons.for.length + 1);
  });
});
