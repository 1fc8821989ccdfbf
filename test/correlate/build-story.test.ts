import { describe, expect, it } from "vitest";
import type { Move, Story } from "../../src/correlate/story.ts";
import { spoken } from "../../src/model/phrase.ts";
import { scenarioStory } from "../support/scenario-story.ts";
import { fixtureScenario } from "../support/triage-scenario.ts";

const hops = ({ moves }: Story): string[] =>
  moves
    .filter(({ succeeded }) => succeeded)
    .map(({ from, to, method, account }) => `${short(from)} > ${short(to)} ${method} ${account}`);
const short = (name: string): string => (/^\d/.test(name) ? name : name.replace(/\..*$/, ""));
const ids = ({ evidence }: Pick<Move, "evidence">): string[] =>
  evidence.map(({ host, eventId }) => `${short(host)} ${eventId}`);

describe("the story of fixtures/rdp-chain", () => {
  const story = scenarioStory(fixtureScenario("rdp-chain"));

  it("has each hop once, and the reconnection", () => {
    expect(hops(story)).toEqual([
      "WS-01 > SRV-01 RDP user.admin",
      "SRV-01 > DC-01 RDP user.admin",
      "SRV-01 > DC-01 RDP user.admin",
    ]);
  });

  it("joins a hop from both sides", () => {
    const [first, second] = story.moves.filter(({ succeeded }) => succeeded);
    expect(first?.sides).toEqual(["destination", "source"]);
    expect(ids(first!)).toEqual(
      expect.arrayContaining([
        "WS-01 1024",
        "WS-01 1102",
        "WS-01 4648",
        "SRV-01 1149",
        "SRV-01 21",
      ]),
    );
    expect(second?.sides).toEqual(["destination", "source"]);
  });

  it("names what the session on the cleared host should have left", () => {
    const [session] = story.sessions.filter(({ host }) => short(host) === "DC-01");
    expect(session?.missing.map((text) => spoken(text))).toEqual([
      "Security 4624 (logon): no log of that time",
    ]);
    expect(session?.from).toBe("SRV-01.corp.example");
  });

  it("knows beginning, end, elevation and address of a session", () => {
    const session = story.sessions.find(
      ({ host, logonType }) => short(host) === "SRV-01" && logonType === 10,
    );
    expect(session).toMatchObject({
      account: "user.admin",
      from: "WS-01.corp.example",
      address: "10.1.0.11",
      elevated: true,
      sessionId: "3",
      startMs: Date.parse("2026-03-02T08:09:32Z"),
      endMs: Date.parse("2026-03-02T08:46:00Z"),
    });
  });
});

describe("the story of fixtures/ssh-and-services", () => {
  const story = scenarioStory(fixtureScenario("ssh-and-services"));

  it("has the refused SSH passwords, the SSH session and the service made from there", () => {
    expect(story.moves.filter(({ succeeded }) => !succeeded).map(({ method }) => method)).toEqual([
      "SSH",
      "SSH",
      "SSH",
    ]);
    expect(hops(story)).toEqual([
      "10.3.0.11 > SRV-03 SSH user.ops",
      "SRV-03 > SRV-04 service user.ops",
    ]);
  });
});
