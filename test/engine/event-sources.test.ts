import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { parseRules } from "../../src/rules/parse-rules.ts";
import { dumpEvent } from "../support/dump-event.ts";
import { shippedLogsources } from "../support/rule-files.ts";

function hit(
  logsource: string,
  detection: string,
  Channel: string,
  EventID: number,
  EventData: Record<string, string | null>,
): boolean {
  const parsed = parseRules(
    `title: t\nid: t\nlogsource: { product: windows, ${logsource} }\ndetection:\n${detection}`,
    "rule.yml",
  );
  expect(parsed.issues).toEqual([]);
  const engine = compileRules(parsed, shippedLogsources());
  let hits = 0;
  const event = { Event: { System: { Channel, EventID, Computer: "HOST-A" }, EventData } };
  engine.match(dumpEvent(event), () => {
    hits++;
  });
  return hits === 1;
}

const s = (line: string) => `  s: { ${line} }\n  condition: s`;

describe("a rule of process creation", () => {
  it("finds Security 4688 under its own field names", () => {
    const data = {
      NewProcessName: "C:\\Windows\\System32\\net.exe",
      ParentProcessName: "C:\\Windows\\explorer.exe",
      CommandLine: "net user",
      SubjectDomainName: "CORP",
      SubjectUserName: "user.one",
      MandatoryLabel: "S-1-16-12288",
    };
    for (const line of [
      String.raw`Image|endswith: '\net.exe'`,
      String.raw`ParentImage|endswith: '\explorer.exe'`,
      String.raw`User: 'CORP\user.one'`,
      "IntegrityLevel: High",
      "EventID: 4688",
    ])
      expect(hit("category: process_creation", s(line), "Security", 4688, data)).toBe(true);
    expect(
      hit("category: process_creation", s("Image|endswith: net.exe"), "Security", 4689, data),
    ).toBe(false);
  });

  it("does not match because of a field that 4688 cannot have", () => {
    const data = { NewProcessName: "C:\\net.exe" };
    const where = ["category: process_creation", "Security", 4688] as const;
    const answer = (detection: string) => hit(where[0], detection, where[1], where[2], data);
    expect(answer(s("Description: null"))).toBe(false);
    expect(answer(s("Description|exists: false"))).toBe(false);
    expect(
      answer("  s: { Image|endswith: net.exe }\n  f: { Hashes: null }\n  condition: s and not f"),
    ).toBe(false);
    expect(
      answer("  s: { Image|endswith: net.exe }\n  f: { Hashes: x }\n  condition: s and not f"),
    ).toBe(true);
  });
});

describe("other twins", () => {
  it("reads connections of Security 5156 with paths, directions and protocols as rules write them", () => {
    const data = {
      Application: "\\device\\harddiskvolume3\\windows\\system32\\lsass.exe",
      Direction: "%%14593",
      DestPort: "88",
      Protocol: "6",
    };
    const line = String.raw`Image: 'C:\Windows\System32\lsass.exe', Initiated: 'true', DestinationPort: 88, Protocol: tcp`;
    expect(hit("category: network_connection", s(line), "Security", 5156, data)).toBe(true);
  });

  it("reads registry values of Security 4657 by what was done to them", () => {
    const data = {
      ObjectName: "\\REGISTRY\\MACHINE\\SOFTWARE\\X\\Run",
      ObjectValueName: "Evil",
      NewValue: "evil.exe",
      OperationType: "%%1905",
    };
    const line = String.raw`TargetObject: 'HKLM\SOFTWARE\X\Run\Evil', Details: evil.exe, EventType: SetValue`;
    expect(hit("category: registry_set", s(line), "Security", 4657, data)).toBe(true);
    expect(hit("category: registry_delete", s(line), "Security", 4657, data)).toBe(false);
  });

  it("reads Defender's detections as any antivirus's, and its field names with blanks", () => {
    const data = { "Threat Name": "Trojan:X", "Process Name": "C:\\x.exe" };
    const channel = "Microsoft-Windows-Windows Defender/Operational";
    expect(hit("category: antivirus", s("Signature|startswith: trojan"), channel, 1116, data)).toBe(
      true,
    );
    expect(hit("service: windefend", s("ProcessName|endswith: x.exe"), channel, 1116, data)).toBe(
      true,
    );
  });
});

describe("fields", () => {
  it("compare without the blanks that Windows pads them with", () => {
    const line = "LogonProcessName: NtLmSsp";
    expect(
      hit("service: security", s(line), "Security", 4624, { LogonProcessName: "NtLmSsp " }),
    ).toBe(true);
  });

  it("take channel names without regard to case", () => {
    expect(hit("service: security", s("EventID: 1"), "SECURITY", 1, {})).toBe(true);
  });

  it("tell null, empty and absent as the documentation says", () => {
    const answer = (line: string, data: Record<string, string | null>) =>
      hit("service: security", s(line), "Security", 1, data);
    expect([{}, { F: null }, { F: "" }, { F: "x" }].map((data) => answer("F: null", data))).toEqual(
      [true, true, true, false],
    );
    expect([{}, { F: null }, { F: "" }, { F: "x" }].map((data) => answer("F: ''", data))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([{}, { F: null }, { F: "x" }].map((data) => answer("F: '*'", data))).toEqual([
      false,
      true,
      true,
    ]);
    expect([{}, { F: null }].map((data) => answer("F|exists: true", data))).toEqual([false, true]);
  });

  it.each([
    ["T|hour: 7", true],
    ["T|month|gte: 12", false],
    ["T|year: 2025", true],
    ["T|week: 48", true],
    ["T|day|lt: 27", false],
    ["T|minute: 40", true],
  ])("tell the parts of a time: %s", (line, expected) => {
    const data = { T: "2025-11-27 07:40:10.132" };
    expect(hit("service: security", s(line), "Security", 1, data)).toBe(expected);
  });

  it.each([
    ["10.1.2.3", "10.0.0.0/8", true],
    ["::ffff:10.1.2.3", "10.0.0.0/8", true],
    ["11.1.2.3", "10.0.0.0/8", false],
    ["fe80::1%4", "fe80::/10", true],
    ["2001:db8::1", "2001:db8::/33", true],
    ["2001:db8:8000::1", "2001:db8::/33", false],
    ["not an address", "0.0.0.0/0", false],
  ])("tell whether %s lies in %s", (address, network, expected) => {
    const line = `A|cidr: '${network}'`;
    expect(hit("service: security", s(line), "Security", 1, { A: address })).toBe(expected);
  });

  it("run a regular expression in linear time on text made against it", () => {
    const data = { F: `${"a".repeat(50_000)}!` };
    expect(hit("service: security", s("F|re: '^(a+)+$'"), "Security", 1, data)).toBe(false);
  });
});

describe("keywords", () => {
  it("are found in any text of the event, and all of them under all", () => {
    const data = { A: "one mimikatz two", B: "three" };
    const answer = (selection: string) =>
      hit("service: security", `  k: ${selection}\n  condition: k`, "Security", 1, data);
    expect(answer("[MIMIKATZ, other]")).toBe(true);
    expect(answer("['mimi*two']")).toBe(true);
    expect(answer("{ '|all': [mimikatz, three] }")).toBe(true);
    expect(answer("{ '|all': [mimikatz, four] }")).toBe(false);
    expect(answer("[host-a]")).toBe(true);
  });
});
