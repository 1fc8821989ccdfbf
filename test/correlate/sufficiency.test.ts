import { describe, expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import {
  INSTEAD_WHERE_PRESENT,
  LOG_QUESTIONS,
  PROOF_OF_SETTING,
  SETTINGS,
} from "../../src/correlate/log-questions.ts";
import { SUFFICIENCY_WANTS } from "../../src/correlate/sufficiency.ts";
import {
  type LogSufficiency,
  QUESTION_IDS,
  type QuestionId,
  SUFFICIENCY_REASONS,
  type SufficiencyReason,
} from "../../src/model/sufficiency.ts";
import {
  customerSentence,
  customerSummary,
  reasonText,
  retentionText,
} from "../../src/report/sufficiency-text.ts";
import { mapEvtx } from "../../src/triage/map-evtx.ts";
import { sufficiencyOf } from "../../src/triage/sufficiency-of.ts";
import { AUDIT_SUBCATEGORIES } from "../../src/triage/windows-terms.ts";
import {
  fixtureScenario,
  mapScenario,
  type ScenarioInput,
  shippedEngine,
} from "../support/triage-scenario.ts";

type Event = Readonly<Record<string, unknown>>;

const HOSTS = { "SRV-01": { domain: "corp.example" } };
const security = (at: string, id: number, data: object = {}): Event => ({
  at,
  host: "SRV-01",
  channel: "Security",
  id,
  data,
});
/** An ordinary day of logons, one each ten minutes, and nothing else. */
const day = Array.from({ length: 144 }, (_, at) =>
  security(`+${at * 10}m`, 4624, { LogonType: 3 }),
);
const scenario = (events: readonly Event[], logs: readonly object[] = []) => ({
  start: "2026-03-02T00:00:00Z",
  hosts: HOSTS,
  logs,
  events,
});

const judged = (input: ScenarioInput): LogSufficiency => {
  const { engine: _, ...wanted } = { engine: undefined, wants: SUFFICIENCY_WANTS };
  return sufficiencyOf(mapScenario(input, wanted));
};
const answerOf = (sufficiency: LogSufficiency, question: QuestionId, host = "SRV-01") => {
  const found = sufficiency.hosts
    .find((each) => each.host.startsWith(host))
    ?.answers.find((each) => each.question === question);
  if (found === undefined) throw new Error(`nobody asked ${question} of ${host}`);
  return found;
};
const codes = (sufficiency: LogSufficiency, question: QuestionId, host?: string) =>
  answerOf(sufficiency, question, host).reasons.map(({ code }) => code);

describe("whether the logs answer a question", () => {
  it("takes a day without one 4688 for auditing that is switched off, and names the setting", () => {
    const all = judged(scenario(day));
    const answer = answerOf(all, "programs");
    expect(answer.answer).toBe("no");
    expect(answer.reasons.map((each) => reasonText("en", each))).toContain(
      "Security has 144 records over 24 hours and not one of 4688: their recording is switched off (inferred)",
    );
    expect(all.settings.filter(({ id }) => answer.settings.includes(id))).toContainEqual(
      expect.objectContaining({
        command:
          'auditpol /set /subcategory:"{0CCE922B-69AE-11D9-BED3-505054503030}" /success:enable /failure:enable',
      }),
    );
  });

  it("does not take an hour without one 4688 for that", () => {
    const all = judged(scenario(day.slice(0, 6)));
    expect(answerOf(all, "programs").answer).toBe("partly");
    expect(codes(all, "programs")).toContain("not-seen");
  });

  it("tells that something ran from how it ran: a 4688 without command line answers the first only", () => {
    const ran = (data: object) => scenario([...day, security("+3h", 4688, data)]);
    const bare = judged(ran({ NewProcessName: "C:\\a.exe", CommandLine: "" }));
    expect(answerOf(bare, "programs").answer).toBe("yes");
    expect(answerOf(bare, "command-lines").answer).toBe("no");
    const told = judged(ran({ NewProcessName: "C:\\a.exe", CommandLine: "a.exe /x" }));
    expect(answerOf(told, "command-lines").answer).toBe("yes");
  });

  it("says that a channel is absent, never that nothing happened", () => {
    const all = judged(scenario(day));
    expect(answerOf(all, "scripts")).toMatchObject({ answer: "no", from: null, to: null });
    expect(codes(all, "scripts")).toEqual(["absent", "absent"]);
  });

  it("says that a log could not be read only of the host and the channel that it may be of", () => {
    const events = ["SRV-01", "SRV-02"].flatMap((host) =>
      day.slice(0, 3).map((event) => ({ ...event, host, channel: "System", id: 7045 })),
    );
    const hosts = { ...HOSTS, "SRV-02": { domain: "corp.example" } };
    const unread = (path: string) =>
      mapEvtx(
        new MemorySource(new Uint8Array(100)),
        path,
        { engine: shippedEngine(), wants: SUFFICIENCY_WANTS },
        { sha256: () => "" },
      );
    const read = mapScenario({ ...scenario(events), hosts }, { wants: SUFFICIENCY_WANTS });
    const why = (path: string, host: string) =>
      codes(sufficiencyOf([...read, unread(path)]), "rights-used", host);
    expect(why("SRV-01/Security.evtx", "SRV-01")).toEqual(["unread"]);
    expect(why("SRV-01/Security.evtx", "SRV-02")).toEqual(["absent"]);
    expect(why("elsewhere/2-vss_3-Security.evtx", "SRV-02")).toEqual(["unread"]);
    expect(why("SRV-01/Microsoft-Windows-SMBServer%4Security.evtx", "SRV-01")).toEqual(["absent"]);
    expect(why("SRV-01/security-notes.evtx", "SRV-01")).toEqual(["absent"]);
  });

  it("needs both logs to know whether one was cleared", () => {
    expect(answerOf(judged(scenario(day)), "logs-cleared").answer).toBe("partly");
    const system = { at: "+1h", host: "SRV-01", channel: "System", id: 6005 };
    expect(answerOf(judged(scenario([...day, system])), "logs-cleared").answer).toBe("yes");
  });

  it("says when a log was cleared, and takes its answer for a part", () => {
    const cleared = {
      ...security("+6h", 1102),
      data: undefined,
      userData: { LogFileCleared: { SubjectUserName: "user.one" } },
    };
    const all = judged(scenario([...day, JSON.parse(JSON.stringify(cleared))]));
    expect(answerOf(all, "network-logons").answer).toBe("partly");
    expect(answerOf(all, "network-logons").reasons).toContainEqual({
      code: "cleared",
      params: { channel: "Security", time: "2026-03-02T06:00:00.000Z" },
    });
  });

  it("calls a log too small that overwrote itself within a day, and advises a size", () => {
    const all = judged(
      scenario(day, [{ host: "SRV-01", channel: "Security", firstRecordId: 90_000 }]),
    );
    expect(codes(all, "network-logons")).toEqual(["overwritten", "too-small", "absent"]);
    const { settings } = answerOf(all, "network-logons");
    expect(all.settings.find(({ id }) => id === settings[0])?.command).toMatch(
      /^wevtutil sl "Security" \/ms:\d+$/,
    );
    expect(codes(judged(scenario(day)), "network-logons")).toEqual([]);
  });

  it("advises no setting that the log proves to be made, and no second installation", () => {
    const settings = (input: ScenarioInput, question: QuestionId) =>
      answerOf(judged(input), question).settings;
    // 4624 comes of the same subcategory as 4648.
    expect(settings(scenario(day), "rdp-outgoing")).toEqual(["channel-rdp-client"]);
    expect(settings(scenario(day), "programs")).toEqual(["sysmon", "audit-process"]);
    const other = (channel: string, id: number): Event => ({
      at: "+1m",
      host: "SRV-01",
      channel,
      id,
    });
    const smb = other("Microsoft-Windows-SMBServer/Security", 1015);
    expect(settings(scenario([...day, smb]), "shares")).toEqual([
      "audit-shares",
      "audit-share-files",
    ]);
    const sysmon = other("Microsoft-Windows-Sysmon/Operational", 1);
    expect(settings(scenario([...day, sysmon]), "names")).toEqual([
      "sysmon-config",
      "channel-dns-client",
    ]);
  });

  it("names a policy for the size only of the logs that have one", () => {
    const sized = (channel: string) => {
      const events = day.map((event) => ({ ...event, channel, provider: "p", id: 1150 }));
      const all = judged(
        scenario([...events, ...day], [{ host: "SRV-01", channel, firstRecordId: 90_000 }]),
      );
      return all.settings.find(({ id }) => id === `size ${channel}`);
    };
    const channel = "Microsoft-Windows-Windows Defender/Operational";
    expect(sized(channel)).toMatchObject({ command: expect.stringContaining(" /ms:") });
    expect(sized(channel)).not.toHaveProperty("policy");
    const all = judged(
      scenario(day, [{ host: "SRV-01", channel: "Security", firstRecordId: 90_000 }]),
    );
    const security = all.settings.find(({ id }) => id === "size Security");
    const bytes = Number(/\/ms:(\d+)$/.exec(security!.command)![1]);
    // wevtutil takes multiples of 64 KiB, the policy takes KiB.
    expect(bytes % 65_536).toBe(0);
    expect(security?.policy).toMatch(new RegExp(`> Security > .*: ${bytes / 1024}$`));
  });

  it("concludes nothing from what a filter left out", () => {
    const results = mapScenario(scenario(day), {
      wants: SUFFICIENCY_WANTS,
      filter: { eventIds: [4624], fromMs: Date.UTC(2026, 2, 2, 1) },
    });
    expect(codes(sufficiencyOf(results), "programs")).toContain("filtered-run");
  });

  it("asks domain controllers about tickets, and no other host", () => {
    const all = judged(fixtureScenario("clean"));
    expect(answerOf(all, "kerberos", "DC-02").channels).toEqual(["Security"]);
    expect(() => answerOf(all, "kerberos", "WS-02")).toThrow();
  });

  it("gives the period of the log that answers", () => {
    expect(answerOf(judged(scenario(day)), "network-logons")).toMatchObject({
      answer: "yes",
      from: "2026-03-02T00:00:00.000Z",
      to: "2026-03-02T23:50:00.000Z",
      retentionDays: 1,
      channels: ["Security"],
    });
  });
});

describe("the questions", () => {
  it("are all asked, from sources whose settings exist", () => {
    expect(LOG_QUESTIONS.map(({ id }) => id)).toEqual([...QUESTION_IDS]);
    const known = new Set(SETTINGS.map(({ id }) => id));
    const named = LOG_QUESTIONS.flatMap(({ sources }) => sources.flatMap((s) => s.settings));
    expect(named.filter((id) => !known.has(id))).toEqual([]);
    const advised = new Set([...named, ...Object.values(INSTEAD_WHERE_PRESENT)]);
    expect([...known].filter((id) => !advised.has(id))).toEqual([]);
  });

  it("have settings that Windows takes as they are, each named as its policy is", () => {
    const forms: Readonly<Record<string, RegExp>> = {
      auditpol:
        /^auditpol (\/set \/subcategory:"\{(0CCE92[0-9A-F]{2})-69AE-11D9-BED3-505054503030\}" \/success:enable \/failure:enable|\/resourceSACL \/set \/type:File \/user:"\{S-1-1-0\}" \/success \/access:FW)$/,
      wevtutil: /^wevtutil sl "[^"]+" \/e:true$/,
      registry: /^reg add "HKLM\\[^"]+" \/v \w+ \/t REG_DWORD \/d 1 \/f$/,
      install: /^sysmon64 (-accepteula -i|-c) CONFIG\.xml$/,
    };
    for (const { kind, command, policy = "" } of SETTINGS) {
      const match = forms[kind]!.exec(command);
      expect(match, command).not.toBeNull();
      const guid = match?.[2];
      if (guid === undefined) continue;
      const name = AUDIT_SUBCATEGORIES[guid.toLowerCase()];
      expect(policy).toContain(`Advanced Audit Policy Configuration > Audit Policies > `);
      expect(policy.endsWith(` > Audit ${name}: Success and Failure`), `${guid} ${name}`).toBe(
        true,
      );
    }
    for (const id of [...Object.keys(PROOF_OF_SETTING), ...Object.values(INSTEAD_WHERE_PRESENT)])
      expect(SETTINGS.map((setting) => setting.id)).toContain(id);
  });

  it("say times and retention in the form of the output", () => {
    const reason = {
      code: "cleared",
      params: { channel: "Security", time: "2026-03-02T06:00:00Z" },
    };
    expect(reasonText("en", reason as SufficiencyReason, (iso) => iso.slice(0, 10))).toBe(
      "Security was cleared, last at 2026-03-02",
    );
    expect([0, 0.9, 1.5].map((days) => retentionText("en", days))).toEqual([
      "less than a day",
      "less than a day",
      "1.5 days",
    ]);
    const answers = judged(scenario(day)).hosts[0]!.answers;
    const [no] = customerSummary("ja", { host: "SRV-01", answers });
    expect(no).toMatch(/分かりません: 「[^「」]+」「[^「」]+」/);
  });

  it("and every reason have words in English and Japanese", () => {
    const host = "SRV-01";
    for (const question of QUESTION_IDS) {
      const answer = { ...answerOf(judged(scenario(day)), "programs"), question };
      expect(customerSentence("en", host, answer)).toContain("cannot tell");
      expect(customerSentence("ja", host, answer)).toContain("分かりません");
    }
    const params = {
      channel: "C",
      events: "1",
      records: 2,
      hours: 3,
      days: 4,
      time: "T",
      subcategory: "S",
    };
    for (const code of SUFFICIENCY_REASONS)
      for (const lang of ["en", "ja"] as const)
        expect(reasonText(lang, { code, params })).not.toMatch(/[{}]/);
  });
});
