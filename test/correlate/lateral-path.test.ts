import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Movement } from "../../src/model/movement.ts";
import { severityRank } from "../../src/model/severity.ts";
import { HOP_CASES } from "../support/hop-cases.ts";
import { fixtureScenario, triageScenario } from "../support/triage-scenario.ts";

const short = (name: string): string => (/^\d/.test(name) ? name : name.replace(/\..*$/, ""));
const words = ({ from, to, method, account = "" }: Movement): string =>
  `${short(from)} > ${short(to)} ${method} ${account.replace(/^.*\\/, "")}`;

describe("the way of an intruder", () => {
  it.each(HOP_CASES)(
    "$name: the path found is the path forged, hop by hop",
    ({ scenario, path }) => {
      const report = triageScenario(scenario);
      const paths = report.findings.filter(({ rule }) => rule.id === "lateral-path");
      expect(paths.map(({ movements = [] }) => movements.map(words))).toEqual(
        path.length === 0 ? [] : [path],
      );
      if (path.length > 0) {
        expect(paths[0]?.confidence).not.toBe("low");
        return;
      }
      const told = report.findings.filter(
        ({ kind, severity, confidence }) =>
          kind === "hypothesis" &&
          (severityRank(severity) < severityRank("low") || confidence !== "low"),
      );
      expect(told.map(({ title, statement }) => `${title}: ${statement}`)).toEqual([]);
    },
  );

  it("says how far it came by every time that the way was gone, not by the first alone", () => {
    const { findings } = triageScenario(fixtureScenario("rdp-chain"));
    const [path] = findings.filter(({ rule }) => rule.id === "lateral-path");
    // The first session's rights went with the cleared log; the second logon, after it, tells of them.
    expect(path?.statement).toMatch(
      /comes furthest at DC-01\.corp\.example \(with special privileges\)\.$/,
    );
    expect(path?.reasons.for.join()).toContain("hops that two sides tell of: 2");
  });

  it("names the machine at which it ends where another one is told to be the furthest", () => {
    const chain = parse(fixtureScenario("rdp-chain"));
    const { findings } = triageScenario({
      ...chain,
      events: chain.events.filter(
        ({ id, host }: { id: number; host: string }) =>
          !(host === "DC-01" && (id === 4672 || id === 4624)),
      ),
    });
    const [path] = findings.filter(({ rule }) => rule.id === "lateral-path");
    expect(path?.statement).toMatch(
      /comes furthest at SRV-01\.corp\.example \(with special privileges\); it ends at DC-01\.corp\.example, for which no special privileges are recorded\.$/,
    );
  });
});
