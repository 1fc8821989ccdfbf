import { describe, expect, it } from "vitest";
import { LOG_QUESTIONS, SETTINGS } from "../../src/correlate/log-questions.ts";
import { SUFFICIENCY_WANTS } from "../../src/correlate/sufficiency.ts";
import {
  type LogSufficiency,
  QUESTION_IDS,
  type QuestionId,
  SUFFICIENCY_REASONS,
} from "../../src/model/sufficiency.ts";
import { customerSentence, reasonText } from "../../src/report/sufficiency-text.ts";
import { sufficiencyOf } from "../../src/triage/sufficiency-of.ts";
import { fixtureScenario, mapScenario, type ScenarioInput } from "../support/triage-scenario.ts";

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
const codes = (sufficiency: LogSufficiency, question: QuestionId) =>
  answerOf(sufficiency, question).reasons.map(({ code }) => code);

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
    expect([...known].filter((id) => !named.includes(id))).toEqual([]);
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
