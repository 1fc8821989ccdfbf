import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { ForgeEvent, ForgeType, PlainValue } from "../../src/forge/forge-event.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { SAMPLE_TIME, sampleEvent } from "../support/forge-sample.ts";
import { independentReaders, type ReadEvent } from "../support/independent-readers.ts";

const folder = mkdtempSync(join(tmpdir(), "konseki-readers-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Typed = readonly [name: string, type: ForgeType, value: PlainValue, text: string];

/** One field of every scalar type, with the text that stands for it in any notation. */
const SCALARS: readonly Typed[] = [
  ["Text", "string", "plain text", "plain text"],
  ["Markup", "string", `<a href="x">&amp; ' "</a>`, `<a href="x">&amp; ' "</a>`],
  ["Umlauts", "string", "Grüße 日本語", "Grüße 日本語"],
  ["Astral", "string", "\u{1F50D}", "\u{1F50D}"],
  ["Blanks", "string", "Advapi  ", "Advapi  "],
  ["Empty", "string", "", ""],
  ["Ansi", "ansi", "plain", "plain"],
  ["Byte", "u8", 255, "255"],
  ["Word", "u16", 65_535, "65535"],
  ["Dword", "u32", 4_294_967_295, "4294967295"],
  ["Qword", "u64", 18_446_744_073_709_551_615n, "18446744073709551615"],
  ["Positive", "i32", 2_147_483_647, "2147483647"],
  ["Real", "f64", 1.5, "1.5"],
  ["Yes", "bool", true, "true"],
  ["No", "bool", false, "false"],
  ["Bytes", "binary", Uint8Array.of(0xde, 0xad, 0xbe, 0xef), "DEADBEEF"],
  [
    "Guid",
    "guid",
    "{54849625-5478-4994-A5BA-3E3B0328C30D}",
    "54849625-5478-4994-a5ba-3e3b0328c30d",
  ],
  ["Pointer", "pointer", "0x2bc", "700"],
  ["Time", "filetime", "2026-03-02T08:00:00.1234567Z", "2026-03-02T08:00:00.1234567Z"],
  [
    "Sid",
    "sid",
    "S-1-5-21-1004336348-1177238915-682003330-512",
    "S-1-5-21-1004336348-1177238915-682003330-512",
  ],
  ["Hex", "hex32", 0xc000006d, "3221225581"],
  ["Logon", "hex64", "0x3e7", "999"],
];

const events: ForgeEvent[] = [
  sampleEvent({
    payload: {
      kind: "data",
      fields: SCALARS.map(([name, type, value]) => [name, { type, value }] as const),
    },
  }),
  sampleEvent({
    channel: "Application",
    provider: "MsiInstaller",
    providerGuid: undefined,
    id: 1033,
    qualifiers: 0,
    payload: {
      kind: "strings",
      strings: ["one", "two & three", "four"],
      binary: Uint8Array.of(1, 255),
    },
  }),
  sampleEvent({
    provider: "Microsoft-Windows-Eventlog",
    id: 1102,
    payload: {
      kind: "userData",
      root: {
        name: "LogFileCleared",
        attributes: [["xmlns", "http://manifests.microsoft.com/win/2004/08/windows/eventlog"]],
        children: [
          { name: "SubjectUserSid", children: [{ content: { type: "sid", value: "S-1-5-18" } }] },
          { name: "SubjectUserName", children: [{ content: "user.one" }] },
        ],
      },
    },
  }),
  // Enough of one kind for several chunks, so that templates are defined again in each.
  ...Array.from({ length: 600 }, (_, index) =>
    sampleEvent({
      id: 4000 + (index % 7),
      time: SAMPLE_TIME + BigInt(index) * 10_000_000n,
      payload: { kind: "data", fields: [["Index", `${index}`]] },
    }),
  ),
];

const EXPECTED: readonly (readonly (readonly [string, string])[])[] = [
  SCALARS.map(([name, , , text]) => [name, text] as const),
  [
    ["Data", "one"],
    ["Data", "two & three"],
    ["Data", "four"],
    ["Binary", "01FF"],
  ],
  [
    ["SubjectUserSid", "S-1-5-18"],
    ["SubjectUserName", "user.one"],
  ],
  ...Array.from({ length: 600 }, (_, index) => [["Index", `${index}`] as const]),
];

const TYPES = new Map(SCALARS.map(([name, type]) => [name, type]));

/** Takes the readers' notations to one: number bases, digits of a second, case and braces of GUIDs. */
function canonical([name, text]: readonly [string, string]): [string, string] {
  switch (TYPES.get(name)) {
    case "hex32":
    case "hex64":
    case "pointer":
      return [name, BigInt(text).toString()];
    case "f64":
      return [name, String(Number(text))];
    case "guid":
      return [name, text.replace(/[{}]/gu, "").toLowerCase()];
    case "filetime":
      return [name, microseconds(text)];
    default:
      return [name, text];
  }
}

/** Digits of a second below the microsecond are cut off by some readers. */
function microseconds(time: string): string {
  return time.replace(/(\.\d{6})\d*Z?.*$/u, "$1");
}

function filetimeIso(time: bigint): string {
  const ms = Number(time / 10_000n - 11_644_473_600_000n);
  const ticks = String(time % 10_000n).padStart(4, "0");
  return `${new Date(ms).toISOString().slice(0, -1)}${ticks}`;
}

const file = join(folder, "Security.evtx");
writeFileSync(file, forgeLog(events, { firstRecordId: 5001n }));

for (const reader of independentReaders) {
  describe.skipIf(reader.missing !== "")(
    `${reader.name} ${reader.missing === "" ? "" : `(skipped: ${reader.missing})`}`,
    () => {
      const read: ReadEvent[] = reader.missing === "" ? reader.read(file) : [];

      test("reads every record", () => {
        expect(read).toHaveLength(events.length);
      });

      test("reads the System fields as they were given", () => {
        for (const [index, event] of events.entries()) {
          const { system } = read[index]!;
          expect(system.EventID).toBe(String(event.id));
          expect(system.EventRecordID).toBe(String(5001 + index));
          expect(system.Provider_Name).toBe(event.provider);
          expect(system.Channel).toBe(event.channel);
          expect(system.Computer).toBe(event.computer);
          expect(system.Execution_ProcessID).toBe(String(event.pid));
          expect(microseconds(system.TimeCreated_SystemTime!)).toBe(
            microseconds(filetimeIso(event.time)),
          );
        }
      });

      test("reads every field with the value given", () => {
        for (const [index, expected] of EXPECTED.entries()) {
          const comparable = (fields: ReadEvent["fields"]): [string, string][] =>
            fields.filter(([name]) => !Object.hasOwn(reader.faults, name)).map(canonical);
          expect(comparable(read[index]!.fields)).toEqual(comparable(expected));
        }
      });
    },
  );
}
