import { describe, expect, test } from "vitest";
import { crc32Table } from "../../src/base/crc32.ts";
import { ForgeError } from "../../src/forge/forge-error.ts";
import type { ForgeEvent } from "../../src/forge/forge-event.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { parseFiletime } from "../../src/forge/literals.ts";
import { LogWriter } from "../../src/forge/log-writer.ts";
import { nameHash } from "../../src/forge/name-hash.ts";
import { SAMPLE_TIME, sampleEvent } from "../support/forge-sample.ts";
import { readLog } from "../support/read-log.ts";

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function parsed(log: Uint8Array) {
  return readLog(log).json.map((line) => JSON.parse(line).Event);
}

describe("hashes and checksums", () => {
  test("names hash as Windows hashes them", () => {
    expect(nameHash("Event")).toBe(0x0cba);
    expect(nameHash("System")).toBe(0x546f);
    expect(nameHash("xmlns")).toBe(0x0fbc);
  });

  test("the checksum is CRC-32/IEEE", () => {
    expect(crc32Table(new TextEncoder().encode("123456789"), 0, 9, 0)).toBe(0xcbf43926);
  });

  test("file, chunk header and chunk data carry their checksums", () => {
    const log = forgeLog(Array.from({ length: 300 }, () => sampleEvent()));
    expect(view(log).getUint32(124, true)).toBe(crc32Table(log, 0, 120, 0));
    const chunks = (log.length - 4096) / 65_536;
    expect(chunks).toBeGreaterThan(1);
    for (let at = 4096; at < log.length; at += 65_536) {
      const chunk = log.subarray(at, at + 65_536);
      const free = view(chunk).getUint32(48, true);
      expect(view(chunk).getUint32(52, true)).toBe(crc32Table(chunk, 512, free, 0));
      const head = crc32Table(chunk, 128, 512, crc32Table(chunk, 0, 120, 0));
      expect(view(chunk).getUint32(124, true)).toBe(head);
    }
  });
});

describe("tables of a chunk", () => {
  const log = forgeLog([sampleEvent(), sampleEvent({ id: 4634 }), sampleEvent()]);
  const chunk = log.subarray(4096);

  test("every name is reached from its bucket, with its hash", () => {
    const names = new Set<string>();
    for (let bucket = 0; bucket < 64; bucket++) {
      let at = view(chunk).getUint32(128 + 4 * bucket, true);
      while (at !== 0) {
        const length = view(chunk).getUint16(at + 6, true);
        let name = "";
        for (let i = 0; i < length; i++)
          name += String.fromCharCode(view(chunk).getUint16(at + 8 + 2 * i, true));
        expect(view(chunk).getUint16(at + 4, true)).toBe(nameHash(name));
        expect(nameHash(name) % 64).toBe(bucket);
        expect(names.has(name)).toBe(false);
        names.add(name);
        const next = view(chunk).getUint32(at, true);
        expect(next).toBeLessThan(at);
        at = next;
      }
    }
    expect([...names]).toEqual(
      expect.arrayContaining(["Event", "System", "Provider", "Computer", "EventData", "Data"]),
    );
  });

  test("every template definition stands once and is reached from its bucket", () => {
    let definitions = 0;
    for (let bucket = 0; bucket < 32; bucket++) {
      let at = view(chunk).getUint32(384 + 4 * bucket, true);
      while (at !== 0) {
        definitions++;
        let hash = 0;
        for (let i = 0; i < 8; i++)
          hash = (Math.imul(hash, 65_599) + view(chunk).getUint16(at + 4 + 2 * i, true)) | 0;
        expect((hash >>> 0) % 32).toBe(bucket);
        at = view(chunk).getUint32(at, true);
      }
    }
    // The root template, and one payload template for each of the two event ids.
    expect(definitions).toBe(3);
  });
});

describe("round trip through the parser", () => {
  test("System and named fields come back", () => {
    const [event] = parsed(forgeLog([sampleEvent()]));
    expect(event.System).toMatchObject({
      Provider: {
        "#attributes": {
          Name: "Microsoft-Windows-Security-Auditing",
          Guid: "54849625-5478-4994-A5BA-3E3B0328C30D",
        },
      },
      EventID: 4624,
      Version: 2,
      Task: 12544,
      Keywords: "0x8020000000000000",
      EventRecordID: 1,
      Execution: { "#attributes": { ProcessID: 640, ThreadID: 812 } },
      Channel: "Security",
      Computer: "HOST-A.corp.example",
    });
    expect(event.EventData).toEqual({
      SubjectUserSid: "S-1-5-18",
      TargetUserName: "user.one",
      TargetLogonId: "0x3e7",
      LogonType: 3,
      IpAddress: "192.0.2.7",
      IpPort: "-",
      ElevatedToken: "",
    });
  });

  test("classic strings repeat an unnamed Data, and the binary follows", () => {
    const log = forgeLog([
      sampleEvent({
        provider: "MsiInstaller",
        providerGuid: undefined,
        qualifiers: 0,
        payload: { kind: "strings", strings: ["one", "", "three"], binary: Uint8Array.of(1, 255) },
      }),
    ]);
    const { xml } = readLog(log);
    expect(xml[0]).toContain("<Data>one</Data>");
    expect(xml[0]).toContain("<Data>three</Data>");
    expect(xml[0]).toContain("<Binary>01FF</Binary>");
    expect(xml[0]!.match(/<Data/gu)).toHaveLength(3);
  });

  test("a UserData tree keeps its namespace, attributes and nesting", () => {
    const log = forgeLog([
      sampleEvent({
        id: 104,
        payload: {
          kind: "userData",
          root: {
            name: "LogFileCleared",
            attributes: [
              ["xmlns", "urn:example"],
              ["State", "done"],
            ],
            children: [
              { name: "SubjectUserName", children: [{ content: "user.one" }] },
              { name: "Outer", children: [{ name: "Inner", children: [{ content: 7 }] }] },
            ],
          },
        },
      }),
    ]);
    const { xml } = readLog(log);
    expect(xml[0]).toContain('xmlns="urn:example"');
    expect(xml[0]).toContain('State="done"');
    expect(xml[0]).toContain("<SubjectUserName>user.one</SubjectUserName>");
    expect(xml[0]).toMatch(/<Outer>\s*<Inner>7<\/Inner>\s*<\/Outer>/u);
  });

  test("an event without a payload, and one whose values are null, are read", () => {
    const events = parsed(
      forgeLog([
        sampleEvent({ payload: undefined }),
        sampleEvent({ payload: { kind: "data", fields: [["A", null]] } }),
      ]),
    );
    expect(events).toHaveLength(2);
    expect(events[1].EventData.A ?? "").toBe("");
  });

  test("a log of many chunks is whole, and no issue is found in it", () => {
    const events: ForgeEvent[] = Array.from({ length: 2000 }, (_, i) =>
      sampleEvent({
        id: 4000 + (i % 37),
        time: SAMPLE_TIME + BigInt(i) * 10_000_000n,
        computer: i % 3 === 0 ? "HOST-A" : "HOST-B",
        payload: { kind: "data", fields: [[`Field${i % 11}`, `value ${i}`]] },
      }),
    );
    const { json, issues } = readLog(forgeLog(events));
    expect(issues).toEqual([]);
    expect(json).toHaveLength(2000);
    for (const [i, line] of json.entries())
      expect(JSON.parse(line).Event.EventData[`Field${i % 11}`]).toBe(`value ${i}`);
  });

  test("a log without events has one empty chunk and no issue", () => {
    const { json, issues } = readLog(forgeLog([]));
    expect(json).toEqual([]);
    expect(issues).toEqual([]);
  });
});

describe("options", () => {
  test("an exported log numbers its headers from 1 and keeps the events' ids", () => {
    const log = forgeLog([sampleEvent({ recordId: 900n }), sampleEvent({ recordId: 77n })], {
      exported: true,
    });
    expect(readLog(log).ids).toEqual(["1", "2"]);
    expect(parsed(log).map((event) => event.System.EventRecordID)).toEqual([900, 77]);
  });

  test("the first record id and the dirty flag are those asked for", () => {
    const log = forgeLog([sampleEvent(), sampleEvent()], { firstRecordId: 5001n, dirty: true });
    expect(readLog(log).ids).toEqual(["5001", "5002"]);
    expect(view(log).getUint32(120, true)).toBe(1);
    expect(view(forgeLog([sampleEvent()])).getUint32(120, true)).toBe(0);
  });
});

describe("refusals", () => {
  test("a value that is not of its type says what and where", () => {
    const bad = sampleEvent({
      payload: { kind: "data", fields: [["Port", { type: "u16", value: 70_000 }]] },
    });
    expect(() => forgeLog([bad])).toThrow(/event 4624 of Security, field Port: "70000" is no u16/u);
    expect(() => forgeLog([sampleEvent({ id: 1 << 16 })])).toThrow(/field EventID/u);
    expect(() => forgeLog([sampleEvent({ userSid: "nobody" })])).toThrow(/field UserID/u);
  });

  test("an event larger than a record is refused, and the log goes on as if it had not been", () => {
    const chunks: Uint8Array[] = [];
    const writer = new LogWriter((chunk) => chunks.push(chunk.slice()));
    writer.add(sampleEvent());
    const big = sampleEvent({
      payload: { kind: "data", fields: [["Script", "x".repeat(32_600)]] },
    });
    expect(() => writer.add(big)).toThrow(ForgeError);
    writer.add(sampleEvent());
    const header = writer.finish();
    const log = new Uint8Array(4096 + 65_536 * chunks.length);
    log.set(header);
    for (const [i, chunk] of chunks.entries()) log.set(chunk, 4096 + 65_536 * i);
    expect(readLog(log).ids).toEqual(["1", "2"]);
    expect(readLog(log).issues).toEqual([]);
  });

  test("ids that do not rise are refused in a live log", () => {
    expect(() => forgeLog([sampleEvent({ recordId: 5n }), sampleEvent({ recordId: 5n })])).toThrow(
      /record id 5 after 5/u,
    );
  });
});

test("times keep their 100 ns", () => {
  expect(parseFiletime("2026-03-02T08:00:00Z")).toBe(SAMPLE_TIME);
  expect(parseFiletime("2026-03-02T08:00:00.0000001Z")).toBe(SAMPLE_TIME + 1n);
  expect(parseFiletime("2026-02-31T08:00:00Z")).toBeUndefined();
  expect(parseFiletime("yesterday")).toBeUndefined();
});
