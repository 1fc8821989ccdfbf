import { describe, expect, it } from "vitest";
import type { HostFacts } from "../../src/model/host-facts.ts";
import { spoken } from "../../src/model/phrase.ts";
import { triageScenario } from "../support/triage-scenario.ts";

const KERNEL = "provider: Microsoft-Windows-Kernel-General";

function factsOf(...events: string[]): HostFacts | undefined {
  const text = `
title: starts of one host
seed: 1
start: 2026-03-02T08:00:00Z
hosts: { HOST-A: { domain: corp.example } }
events:
${events.map((event) => `  - { host: HOST-A, channel: System, ${event} }`).join("\n")}
`;
  return triageScenario(text).hostFacts?.[0];
}

const started = (at: string): string =>
  `at: ${at}, ${KERNEL}, id: 12, data: { MajorVersion: 10, BuildVersion: 22631 }`;
const uptime = (at: string, seconds: number): string =>
  `at: ${at}, provider: EventLog, id: 6013, strings: ["", "", "", "", "${seconds}", "60", "-540 Tokyo Standard Time"]`;

describe("what logs say of the starts of their host", () => {
  it("is the newest start, the newest shutdown, the build and the zone, each with its record", () => {
    const facts = factsOf(
      started("+0m"),
      `at: +1h, ${KERNEL}, id: 13, data: { StopTime: "2026-03-02T08:59:59.5Z" }`,
      started("+2h"),
      'at: +2h10s, provider: EventLog, id: 6009, strings: ["10.00.", "22631", "", "Multiprocessor Free", "0"]',
      "at: +2h11s, provider: EventLog, id: 6005, strings: []",
      uptime("+2h12s", 12),
    );
    expect(facts).toMatchObject({
      sources: [],
      host: "HOST-A.corp.example",
      build: "22631",
      timeZone: "Tokyo Standard Time",
      biasMinutes: -540,
      lastBoot: { by: "Kernel-General 12", ref: { channel: "System", eventId: 12 } },
      loggedShutdown: { time: "2026-03-02T08:59:59.5000000Z", by: "Kernel-General 13" },
    });
    expect(facts?.lastBoot?.time).toMatch(/^2026-03-02T10:00:00/);
    expect(facts?.conflicts).toBeUndefined();
  });

  it("is reckoned from the uptime where no record of the start is left", () => {
    expect(factsOf(uptime("+4h", 7200))?.lastBoot).toMatchObject({
      time: "2026-03-02T10:00:00.000Z",
      by: "EventLog 6013",
    });
  });

  it("names the uptime that contradicts the last record of a start", () => {
    const facts = factsOf(started("+0m"), uptime("+4h", 7200));
    expect(facts?.lastBoot?.time).toBe("2026-03-02T10:00:00.000Z");
    expect(facts?.conflicts?.map((text) => spoken(text))).toEqual([
      "by its uptime (EventLog 6013 at 2026-03-02T12:00:00Z) Windows had started at 2026-03-02T10:00:00Z, by its last record of a start before that (Kernel-General 12) at 2026-03-02T08:00:00Z: the clock was set, or records of a start are missing",
    ]);
    // The event log service alone was started again.
    const restarted = factsOf(
      started("+0m"),
      "at: +3h, provider: EventLog, id: 6005, strings: []",
      uptime("+4h", 14_400),
    );
    expect(restarted?.conflicts).toBeUndefined();
  });

  it("takes no time of a field that its record contradicts, and no uptime without end", () => {
    const facts = factsOf(
      `at: +0m, ${KERNEL}, id: 12, data: { BuildVersion: "x", StartTime: "1601-01-01T00:00:00Z" }`,
      uptime("+1h", 9_999_999_999_999),
    );
    expect(facts?.lastBoot?.time).toMatch(/^2026-03-02T08:00:00/);
    expect(facts?.build).toBeUndefined();
  });
});
