import fc from "fast-check";
import { expect, test } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { scanLog } from "../../src/evtx/scan-log.ts";
import type { ForgeEvent, ForgeType, ForgeValue } from "../../src/forge/forge-event.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import type { Issue } from "../../src/model/issue.ts";
import { SAMPLE_TIME, sampleEvent } from "../support/forge-sample.ts";

/** A value as it is given to the forge, and the text by which the parser has to give it back. */
interface Case {
  readonly value: ForgeValue;
  readonly text: string;
}

const typed = (type: ForgeType, value: string | number | bigint | boolean, text: string): Case => ({
  value: { type, value },
  text,
});

/** Any UTF-16, lone surrogates too; a text's trailing NULs are its terminator and do not come back. */
const anyText = fc.string({ unit: "binary", maxLength: 60 }).filter((text) => !text.endsWith("\0"));

const integer = (type: ForgeType, min: bigint, max: bigint) =>
  fc.bigInt({ min, max }).map((n) => typed(type, n, n.toString()));
const hex = (type: ForgeType, max: bigint) =>
  fc.bigInt({ min: 0n, max }).map((n) => typed(type, n, `0x${n.toString(16)}`));

const U64 = 2n ** 64n - 1n;
const I64 = 2n ** 63n;

const anyCase: fc.Arbitrary<Case> = fc.oneof(
  anyText.map((text) => typed("string", text, text)),
  integer("u8", 0n, 255n),
  integer("u16", 0n, 65_535n),
  integer("u32", 0n, 2n ** 32n - 1n),
  integer("u64", 0n, U64),
  integer("i8", -128n, 127n),
  integer("i16", -32_768n, 32_767n),
  integer("i32", -(2n ** 31n), 2n ** 31n - 1n),
  integer("i64", -I64, I64 - 1n),
  hex("hex32", 2n ** 32n - 1n),
  hex("hex64", U64),
  hex("pointer", U64),
  fc.boolean().map((flag) => typed("bool", flag, String(flag))),
  fc.uuid().map((guid) => typed("guid", `{${guid}}`, `{${guid.toUpperCase()}}`)),
  fc
    .array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 1, maxLength: 15 })
    .map((parts) => `S-1-5-${parts.map((part) => part >>> 0).join("-")}`)
    .map((sid) => typed("sid", sid, sid)),
  fc.uint8Array({ minLength: 1, maxLength: 80 }).map(
    (bytes): Case => ({
      value: { type: "binary", value: bytes },
      text: [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(""),
    }),
  ),
);

const anyFields = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^F[A-Za-z0-9]{0,12}$/u), anyCase), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 12,
  })
  .map((fields) => fields.map(([name, field]) => ({ name, ...field })));

const anyEvent = fc.record({
  id: fc.integer({ min: 0, max: 65_535 }),
  level: fc.integer({ min: 0, max: 255 }),
  task: fc.integer({ min: 0, max: 65_535 }),
  channel: fc.constantFrom("Security", "System", "Vendor-Product/Operational"),
  computer: fc.constantFrom("HOST-A", "HOST-B.corp.example", "ホスト"),
  provider: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 -]{0,30}[A-Za-z]$/u),
  pid: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  offset: fc.bigInt({ min: 0n, max: 10n ** 15n }),
  fields: anyFields,
});

test("whatever is forged is read back equal, field by field, without an issue", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 40 }), (drafts) => {
      const events = drafts.map(
        ({ offset, fields, ...draft }): ForgeEvent =>
          sampleEvent({
            ...draft,
            time: SAMPLE_TIME + offset,
            payload: { kind: "data", fields: fields.map(({ name, value }) => [name, value]) },
          }),
      );
      const issues: Issue[] = [];
      let index = 0;
      scanLog(new MemorySource(forgeLog(events, { firstRecordId: 900n })), "round-trip.evtx", {
        onIssue: (issue) => issues.push(issue),
        onRecord(record) {
          const draft = drafts[index]!;
          expect(record.recordId).toBe(900 + index);
          expect(record.eventId).toBe(draft.id);
          expect(record.channel).toBe(draft.channel);
          expect(record.computer).toBe(draft.computer);
          expect(record.provider).toBe(draft.provider);
          expect(record.get("Level")).toBe(String(draft.level));
          expect(record.get("Task")).toBe(String(draft.task));
          expect(record.get("Execution_ProcessID")).toBe(String(draft.pid));
          const read: [string, string | null][] = [];
          record.forEachField((name, text) => read.push([name, text]));
          expect(read.map(([name, text]) => [name, unbraced(text)])).toEqual(
            draft.fields.map(({ name, text }) => [name, unbraced(text)]),
          );
          index++;
        },
      });
      expect(index).toBe(events.length);
      expect(issues).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

/** GUIDs come with or without braces, as the reader likes. */
function unbraced(text: string | null): string | null {
  return text === null ? null : text.replace(/^\{([0-9A-F-]{36})\}$/u, "$1");
}
