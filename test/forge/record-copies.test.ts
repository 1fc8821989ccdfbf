import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { scanLog } from "../../src/evtx/scan-log.ts";
import { CHUNK_SIZE } from "../../src/forge/chunk-buffer.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { HEADER_BLOCK_SIZE, LogWriter } from "../../src/forge/log-writer.ts";
import { sampleEvent } from "../support/forge-sample.ts";
import { independentReaders } from "../support/independent-readers.ts";
import { readLog } from "../support/read-log.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";

const folder = mkdtempSync(join(tmpdir(), "konseki-copies-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Copied {
  readonly log: Uint8Array;
  /** What was to be copied, and what was refused. */
  readonly json: string[];
  readonly xml: string[];
  readonly refused: string[];
}

/** A new log of the records that `wanted` takes, counted from 0. */
function copyOf(bytes: Uint8Array, wanted: (index: number) => boolean): Copied {
  const chunks: Uint8Array[] = [];
  const writer = new LogWriter((chunk) => chunks.push(chunk.slice()));
  const json: string[] = [];
  const xml: string[] = [];
  const refused: string[] = [];
  let index = 0;
  scanLog(new MemorySource(bytes), "source.evtx", {
    onRecord(record) {
      if (!wanted(index++) || record.state !== "live" || record.completeness !== "full") return;
      const place = {
        chunk: record.reader.bytes.slice(),
        at: record.chunkOffset,
        size: record.size,
      };
      try {
        writer.addCopy(place);
        json.push(record.toJson());
        xml.push(record.toXml());
      } catch (error) {
        refused.push(String(error));
      }
    },
  });
  const header = writer.finish();
  const log = new Uint8Array(HEADER_BLOCK_SIZE + CHUNK_SIZE * chunks.length);
  log.set(header);
  for (const [i, chunk] of chunks.entries()) log.set(chunk, HEADER_BLOCK_SIZE + CHUNK_SIZE * i);
  return { log, json, xml, refused };
}

function events(count: number): ReturnType<typeof sampleEvent>[] {
  return Array.from({ length: count }, (_, i) =>
    sampleEvent({
      id: 4600 + (i % 7),
      payload: {
        kind: "data",
        fields: [
          ["Number", { type: "u32", value: i }],
          [`Field${i % 11}`, { type: "string", value: `text ${i}` }],
          ["List", { type: "strings", value: ["a", `b${i}`] }],
        ],
      },
    }),
  );
}

describe("copies of records", () => {
  test.each([
    ["with templates", {}],
    ["as a collector stores them", { forwarded: true }],
  ])("say the same in their new log, %s", (_, options) => {
    const source = forgeLog(events(900), options);
    const { log, json, xml, refused } = copyOf(source, (index) => index % 3 === 1);
    const read = readLog(log);
    expect(refused).toEqual([]);
    expect(json).toHaveLength(300);
    expect(read.json).toEqual(json);
    expect(read.xml).toEqual(xml);
    expect(read.issues).toEqual([]);
    expect(read.ids).toEqual(json.map((_line, i) => String(i + 1)));
  });

  test("keep to one definition a template and chunk", () => {
    const source = forgeLog(events(900));
    const { log } = copyOf(source, () => true);
    expect(log.length).toBeLessThanOrEqual(source.length);
  });

  test("of a record whose template was overwritten are refused, and the log stays whole", () => {
    const source = forgeLog(events(20));
    const chunk = source.subarray(HEADER_BLOCK_SIZE);
    const chunks: Uint8Array[] = [];
    const writer = new LogWriter((full) => chunks.push(full.slice()));
    const places: { at: number; size: number }[] = [];
    scanLog(new MemorySource(source), "source.evtx", {
      onRecord: (record) => places.push({ at: record.chunkOffset, size: record.size }),
    });
    writer.addCopy({ chunk, ...places[0]! });
    const broken = chunk.slice();
    broken.fill(0xff, places[0]!.at + 34, places[0]!.at + 200);
    expect(() => writer.addCopy({ chunk: broken, ...places[7]! })).toThrow(/its template/);
    expect(() => writer.addCopy({ chunk, at: 65_530, size: 400 })).toThrow(/does not lie/);
    writer.addCopy({ chunk, ...places[7]! });
    const header = writer.finish();
    const log = new Uint8Array(HEADER_BLOCK_SIZE + CHUNK_SIZE);
    log.set(header);
    log.set(chunks[0]!, HEADER_BLOCK_SIZE);
    const read = readLog(log);
    expect(read.issues).toEqual([]);
    expect(read.json).toHaveLength(2);
  });

  describe.skipIf(!haveSamples)(
    `of public logs${haveSamples ? "" : `: ${noSamplesReason}`}`,
    () => {
      const files = haveSamples ? sampleLogs() : [];

      test("say the same, every second record of every log", () => {
        let copied = 0;
        for (const file of files) {
          const { log, json, xml, refused } = copyOf(
            readFileSync(file),
            (index) => index % 2 === 0,
          );
          const read = readLog(log);
          expect(refused, file).toEqual([]);
          expect(read.json, file).toEqual(json);
          expect(read.xml, file).toEqual(xml);
          expect(read.issues, file).toEqual([]);
          copied += json.length;
        }
        expect(copied).toBeGreaterThan(13_000);
      }, 60_000);
    },
  );

  describe.each(independentReaders)("by $name", ({ missing, read }) => {
    test.skipIf(missing !== "")(`read as the records they come from${missing}`, () => {
      const source = forgeLog(events(60));
      const { log } = copyOf(source, (index) => index % 2 === 0);
      const [original, copy] = [join(folder, "original.evtx"), join(folder, "copy.evtx")];
      writeFileSync(original, source);
      writeFileSync(copy, log);
      expect(read(copy)).toEqual(read(original).filter((_, index) => index % 2 === 0));
    });

    test.skipIf(missing !== "" || !haveSamples)(
      `of a public log read as the records they come from${missing}`,
      () => {
        const file = sampleLogs().find((path) => readFileSync(path).length < 200_000)!;
        const { log } = copyOf(readFileSync(file), () => true);
        const copy = join(folder, "public.evtx");
        writeFileSync(copy, log);
        expect(read(copy)).toEqual(read(file));
      },
    );
  });
});

function sampleLogs(): string[] {
  const root = samplePath("samples");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.toLowerCase().endsWith(".evtx"))
    .sort()
    .map((name) => join(root, name));
}
