import { describe, expect, it } from "vitest";
import type { SignalWant } from "../../src/model/signal.ts";
import type { MapResult } from "../../src/triage/log-mapper.ts";
import { mapText } from "../../src/triage/map-text.ts";

const LOGON: SignalWant = {
  kind: "logon",
  subscription: { channels: ["Security"], eventIds: [4624], fields: ["TargetUserName"] },
  where: [
    { field: "LogonType", not: ["5", "0"] },
    { field: "TargetUserName", notEnding: ["$"] },
  ],
  fold: { by: ["TargetUserName", "IpAddress"], windowMs: 3_600_000 },
};

const line = (minute: number, user: string, type = 3, host = "HOST-A", address = "192.0.2.1") =>
  JSON.stringify({
    Event: {
      System: {
        EventID: 4624,
        TimeCreated: {
          "#attributes": { SystemTime: new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString() },
        },
        EventRecordID: minute,
        Channel: "Security",
        Computer: host,
      },
      EventData: { TargetUserName: user, LogonType: type, IpAddress: address },
    },
  });

function mapped(lines: readonly string[], wants: readonly SignalWant[]): MapResult {
  const text = lines.join("\n");
  return mapText(text, "jsonl", "a.jsonl", text.length, { wants }, { sha256: () => "" });
}

describe("a wanted signal", () => {
  it("comes only of events that pass every field test", () => {
    const { signals } = mapped(
      [line(1, "user.one"), line(2, "HOST-A$"), line(3, "user.two", 5)],
      [{ ...LOGON, where: LOGON.where ?? [] }],
    );
    expect(signals.map((signal) => signal.fields.TargetUserName)).toEqual(["user.one"]);
  });

  it("stands for all repeats of one host and one window of the clock", () => {
    const { signals } = mapped(
      [
        line(1, "user.one"),
        line(5, "user.one"),
        line(6, "user.one", 3, "HOST-B"),
        line(7, "user.one", 3, "HOST-A", "192.0.2.2"),
        line(61, "user.one"),
      ],
      [LOGON],
    );
    expect(signals.map(({ ref, count }) => [ref.recordId, count ?? 1])).toEqual([
      [1, 2],
      [6, 1],
      [7, 1],
      [61, 1],
    ]);
    expect(signals[0]?.lastMs).toBe(Date.UTC(2026, 2, 2, 8, 5));
  });

  it("is as numerous as the records where nothing is folded", () => {
    const { fold, ...plain } = LOGON;
    expect(fold).toBeDefined();
    const lines = [line(1, "user.one"), line(2, "user.one")];
    expect(mapped(lines, [plain]).signals).toHaveLength(2);
  });
});

describe("a log with more sessions than are kept one by one", () => {
  it("folds what is the same but for the logon's number within a minute, and says how much", () => {
    const { fold, ...plain } = LOGON;
    const want = {
      ...plain,
      subscription: { ...plain.subscription, fields: ["TargetUserName", "TargetLogonId"] },
    };
    const lines: string[] = [];
    for (let i = 0; i < 40_010; i++)
      lines.push(
        line(1, "user.one").replace('"LogonType"', `"TargetLogonId":"0x${i}","LogonType"`),
      );
    lines.push(line(1, "user.two"));
    const { signals, ledger } = mapped(lines, [want]);
    // 40,000 one by one, then one for the ten that differ in their number only, and the other account's.
    expect(fold).toBeDefined();
    expect(
      signals.slice(40_000).map(({ count, fields }) => [fields.TargetUserName, count]),
    ).toEqual([
      ["user.one", 10],
      ["user.two", undefined],
    ]);
    expect(ledger.issueCounts["signals-folded"]).toBe(9);
  });
});

describe("the rhythm of a log", () => {
  it("counts events by host, channel and hour, and by event id", () => {
    const hour = Date.UTC(2026, 2, 2, 8) / 3_600_000;
    const { rhythms } = mapped(
      [line(1, "a"), line(2, "b", 5), line(70, "a"), line(3, "a"), line(3, "a", 3, "HOST-B")],
      [LOGON],
    );
    expect(rhythms).toEqual([
      {
        host: "HOST-A",
        channel: "Security",
        hours: [
          [hour, 3],
          [hour + 1, 1],
        ],
        ids: [[4624, 4]],
      },
      { host: "HOST-B", channel: "Security", hours: [[hour, 1]], ids: [[4624, 1]] },
    ]);
  });

  it("is not counted when no analyzer asks", () => {
    expect(mapped([line(1, "a")], []).rhythms).toEqual([]);
  });
});
