import { describe, expect, test } from "vitest";
import { parseDuration } from "../../src/forge/duration.ts";
import { ForgeError } from "../../src/forge/forge-error.ts";
import { forgeScenario } from "../../src/forge/forge-scenario.ts";
import { logFileName } from "../../src/forge/log-file-name.ts";
import { NOISE_KINDS } from "../../src/forge/noise-kinds.ts";
import { parseScenario } from "../../src/forge/scenario.ts";
import { readLog } from "../support/read-log.ts";

const HEAD = `
title: A test
seed: 3
start: 2026-03-02T08:00:00Z
hosts:
  WS-01: { domain: corp.example, addresses: [10.1.0.11] }
  DC-01: { domain: corp.example, addresses: [10.1.0.5] }
`;

function logsOf(text: string) {
  return [...forgeScenario(parseScenario(HEAD + text, "test.yml"))].map(({ path, bytes }) => ({
    path,
    events: readLog(bytes).json.map((line) => JSON.parse(line).Event),
  }));
}

function refusal(text: string): string {
  try {
    parseScenario(text, "test.yml");
  } catch (error) {
    if (error instanceof ForgeError) return error.message;
    throw error;
  }
  return "accepted";
}

describe("events", () => {
  test("are ordered by time into one log per host and channel, named as Windows names it", () => {
    const logs = logsOf(`
events:
  - { at: +5m, host: WS-01, channel: Security, id: 4634, data: { TargetUserName: later } }
  - { at: 2026-03-02T08:01:00Z, host: WS-01, channel: Security, id: 4634, data: { TargetUserName: first } }
  - { at: +1h30m2.5s, host: DC-01, channel: Microsoft-Windows-TaskScheduler/Operational, id: 100, data: { TaskName: t } }
`);
    expect(logs.map((log) => log.path)).toEqual([
      "DC-01/Microsoft-Windows-TaskScheduler%4Operational.evtx",
      "WS-01/Security.evtx",
    ]);
    expect(logs[1]!.events.map((event) => event.EventData.TargetUserName)).toEqual([
      "first",
      "later",
    ]);
    expect(logs[0]!.events[0].System.TimeCreated["#attributes"].SystemTime).toMatch(
      /^2026-03-02T09:30:02\.50/u,
    );
    expect(logs[0]!.events[0].System.Computer).toBe("DC-01.corp.example");
  });

  test("get the fields that their provider always writes, in its order", () => {
    const [log] = logsOf(`
events:
  - { at: +1s, host: WS-01, channel: Security, id: 4634, data: { LogonType: 10, Extra: more } }
`);
    expect(Object.entries(log!.events[0].EventData)).toEqual([
      ["TargetUserSid", "S-1-0-0"],
      ["TargetUserName", "-"],
      ["TargetDomainName", "CORP"],
      ["TargetLogonId", "0x0"],
      ["LogonType", 10],
      ["Extra", "more"],
    ]);
    expect(log!.events[0].System.Provider["#attributes"].Name).toBe(
      "Microsoft-Windows-Security-Auditing",
    );
  });

  test("may be UserData, unnamed strings, and typed values", () => {
    const logs = logsOf(`
events:
  - { at: +1s, host: WS-01, channel: Security, id: 1102, userData: { LogFileCleared: { SubjectUserName: user.one } } }
  - { at: +2s, host: WS-01, channel: Application, provider: MsiInstaller, id: 1033, strings: [one, ""], binary: 0AFF }
  - { at: +3s, host: WS-01, channel: Other, id: 1, data: { Plain: 0x1F, Typed: { type: u16, value: 7 }, Many: [a, b] } }
`);
    const [application, other, security] = logs.map((log) => log.events[0]);
    expect(security.UserData.LogFileCleared.SubjectUserName).toBe("user.one");
    expect(security.System.Provider["#attributes"].Name).toBe("Microsoft-Windows-Eventlog");
    expect(application.EventData.Data["#text"]).toEqual(["one", ""]);
    expect(application.EventData.Binary).toBe("0AFF");
    expect(other.EventData).toMatchObject({ Plain: "0x1F", Typed: 7 });
  });

  test("repeat at an interval, each with its number in its texts", () => {
    const [log] = logsOf(`
events:
  - { at: +1m, repeat: 3, every: 20s, host: WS-01, channel: System, id: 7036, data: { param1: "Service {n}", param2: stopped } }
`);
    expect(log!.events.map(({ EventData }) => EventData.param1)).toEqual([
      "Service 1",
      "Service 2",
      "Service 3",
    ]);
    expect(
      log!.events.map(({ System }) =>
        String(System.TimeCreated["#attributes"].SystemTime).slice(11, 19),
      ),
    ).toEqual(["08:01:00", "08:01:20", "08:01:40"]);
    expect(
      refusal(`${HEAD}
events:
  - { at: +1m, repeat: 3, host: WS-01, channel: System, id: 7036 }
`),
    ).toContain("no interval");
  });

  test("log options and own record ids are kept", () => {
    const scenario = parseScenario(
      `${HEAD}
logs:
  - { host: WS-01, channel: Security, dirty: true, firstRecordId: 500 }
events:
  - { at: +1s, host: WS-01, channel: Security, id: 4634 }
  - { at: +2s, host: WS-01, channel: Security, id: 4634, recordId: 600 }
`,
      "test.yml",
    );
    const [log] = forgeScenario(scenario);
    expect(readLog(log!.bytes).ids).toEqual(["500", "600"]);
    expect(log!.bytes[120]).toBe(1);
  });
});

describe("refusals name the line and how to mend it", () => {
  test.each([
    [
      `${HEAD}events:\n  - { at: +5x, host: WS-01, channel: Security, id: 1 }`,
      /test\.yml:9: "\+5x" is no offset/u,
    ],
    [
      `${HEAD}events:\n  - { at: +5m, host: XX, channel: Security, id: 1 }`,
      /test\.yml:9: no host "XX" \(known: WS-01, DC-01\)/u,
    ],
    [
      `${HEAD}events:\n  - { at: +5m, host: WS-01, chanel: Security, id: 1 }`,
      /has no key "chanel"/u,
    ],
    [
      `${HEAD}events:\n  - { at: +5m, host: WS-01, channel: Security, id: 70000 }`,
      /id has to be a whole number/u,
    ],
    [
      `${HEAD}noise:\n  - { kind: nothing, host: WS-01, to: +1d }`,
      /no kind of noise "nothing" \(known: serviceLogons/u,
    ],
    [
      `${HEAD}noise:\n  - { kind: shareUse, host: WS-01, to: +1d, user: a }`,
      /shareUse needs a client/u,
    ],
    ["start: now\nhosts: { A: {} }", /test\.yml:1: "now" is no time/u],
    ["title: [", /test\.yml:1/u],
    ["a: &x 1\nb: *x", /aliases are not read|has no key/u],
  ])("%#", (text, message) => {
    expect(refusal(text)).toMatch(message);
  });
});

describe("noise", () => {
  const text = `
noise:
${Object.keys(NOISE_KINDS)
  .map((kind) => `  - { kind: ${kind}, host: DC-01, client: WS-01, user: user.one, to: +7d }`)
  .join("\n")}
`;

  test("every kind makes events, with every placeholder replaced", () => {
    const logs = logsOf(text);
    const ids = new Set(
      logs.flatMap((log) =>
        log.events.map((event) => event.System.EventID?.["#text"] ?? event.System.EventID),
      ),
    );
    for (const kind of Object.values(NOISE_KINDS))
      for (const event of kind.events) expect(ids).toContain(event.id);
    for (const log of logs)
      for (const event of log.events)
        expect(JSON.stringify(event)).not.toMatch(/\{(?![0-9a-f]{8}-|")[a-z]\w*\}/iu);
  });

  test("is the same for the same seed and another for another", () => {
    const make = (head: string) =>
      [...forgeScenario(parseScenario(head + text, "test.yml"))].map((log) => log.bytes);
    expect(make(HEAD)).toEqual(make(HEAD));
    expect(make(HEAD)).not.toEqual(make(HEAD.replace("seed: 3", "seed: 4")));
  });

  test("keeps people to their office hours", () => {
    const [log] = logsOf(`
hours: [8, 16]
noise:
  - { kind: programs, host: WS-01, user: user.one, to: +14d, every: 10m }
`);
    expect(log!.events.length).toBeGreaterThan(100);
    for (const event of log!.events) {
      const date = new Date(event.System.TimeCreated["#attributes"].SystemTime);
      expect([1, 2, 3, 4, 5]).toContain(date.getUTCDay());
      expect(date.getUTCHours()).toBeGreaterThanOrEqual(8);
      expect(date.getUTCHours()).toBeLessThan(16);
    }
  });
});

test("file names stay inside their folder", () => {
  expect(logFileName("A-B/Operational")).toBe("A-B%4Operational.evtx");
  expect(logFileName("..\\x:y")).toBe(".._x_y.evtx");
});

test("durations are exact to 100 ns", () => {
  expect(parseDuration("1d2h3m4.0000005s")).toBe((86_400n + 7200n + 180n + 4n) * 10_000_000n + 5n);
  expect(parseDuration("")).toBeUndefined();
  expect(parseDuration("5 m")).toBeUndefined();
});
