import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { LIMITS } from "../../src/base/limits.ts";
import { SharedCaches } from "../../src/evtx/log-scan.ts";
import { scanLog, scanStream } from "../../src/evtx/scan-log.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { buildLog, ChunkBuilder, sealChunk } from "../support/evtx-builder.ts";
import { sampleEvent } from "../support/forge-sample.ts";
import { readLog } from "../support/read-log.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";

/** A chunk of 40 events of about 900 bytes, and where each record lies. */
function chunkOfEvents(first = 1): { bytes: Uint8Array; offsets: number[] } {
  const chunk = new ChunkBuilder();
  const offsets: number[] = [];
  for (let id = first; id < first + 40; id++) {
    offsets.push(chunk.event(id, { TargetUserName: `user.${id}`, Payload: "x".repeat(300) }));
  }
  return { bytes: chunk.finish(first), offsets };
}

const accounted = (bytes: object): number =>
  Object.values(bytes).reduce((sum: number, n: number) => sum + n, 0);

it("two holes of 700 bytes cost only the records they touch", () => {
  const { bytes, offsets } = chunkOfEvents();
  const damaged = bytes.slice();
  damaged.fill(0, offsets[10]! + 100, offsets[10]! + 800);
  damaged.fill(0xff, offsets[30]! + 40, offsets[30]! + 740);
  const { ids, summary, issues } = readLog(buildLog([damaged]));
  const expected = Array.from({ length: 40 }, (_, i) => i + 1).filter(
    (id) => id !== 11 && id !== 31,
  );
  expect(ids.map(Number)).toEqual(expected);
  expect(summary.status).toBe("partial");
  expect(summary.records).toMatchObject({ expected: 40, read: 38, lost: 0, partial: 2 });
  expect(issues.map((i) => i.code)).toContain("chunk-data-crc");
});

it("a log cut in its middle is named as partial, with the chunks that are missing", () => {
  const log = buildLog([chunkOfEvents(1).bytes, chunkOfEvents(41).bytes, chunkOfEvents(81).bytes]);
  const { summary, ids } = readLog(log.slice(0, 4096 + 65_536 + 30_000));
  expect(summary.status).toBe("partial");
  expect(summary.reason).toContain("1 of 3 chunks are cut off");
  expect(ids.length).toBeGreaterThan(40);
  expect(accounted(summary.bytes)).toBe(4096 + 65_536 + 30_000);
});

it("an empty file, a text file and a header alone are unread or empty, each with its reason", () => {
  expect(readLog(new Uint8Array(0)).summary).toMatchObject({
    status: "unread",
    reason: "the file is empty",
  });
  expect(readLog(new TextEncoder().encode("hello, world")).summary.status).toBe("unread");
  expect(readLog(buildLog([])).summary.status).toBe("read");
});

it("a record whose size fields are zeroed is rebuilt from the distance to the next one", () => {
  const { bytes, offsets } = chunkOfEvents();
  const view = new DataView(bytes.buffer);
  view.setUint32(offsets[5]! + 4, 0, true);
  view.setUint32(offsets[6]! - 4, 0, true);
  const { ids, summary } = readLog(buildLog([bytes]));
  expect(ids).toHaveLength(40);
  expect(summary.records).toMatchObject({ read: 39, repaired: 1, lost: 0 });
});

it("bytes hidden behind the end of a record's content are reported", () => {
  const chunk = new ChunkBuilder();
  chunk.event(1);
  const start = chunk.event(2);
  chunk.event(3);
  const size = chunk.view.getUint32(start + 4, true);
  const next = chunk.view.getUint32(start + size + 4, true);
  chunk.view.setUint32(start + 4, size + next, true);
  chunk.view.setUint32(start + size + next - 4, size + next, true);
  chunk.records = 2;
  const { ids, issues } = readLog(buildLog([chunk.finish()]));
  expect(ids).toEqual(["1", "2"]);
  expect(issues.find((i) => i.code === "hidden-bytes")?.recordId).toBe("2");
});

it("a name table that loops does not matter: names are read where they are used", () => {
  const { bytes, offsets } = chunkOfEvents();
  const view = new DataView(bytes.buffer);
  for (let slot = 128; slot < 384; slot += 4) view.setUint32(slot, offsets[0]! + 24, true);
  expect(readLog(buildLog([sealChunk(bytes)])).ids).toHaveLength(40);
});

it("a record whose template was overwritten is damage, never a record with wrong names", () => {
  const chunk = new ChunkBuilder();
  let definition = 0;
  chunk.record(1, () => {
    chunk.fragment();
    definition = chunk.at + 10;
    chunk.instance(0xabcd, () => chunk.templateElement("Event", [], () => chunk.slot(0, 1)), [
      { type: 1, write: () => chunk.chars("one") },
    ]);
    chunk.u8(0);
  });
  chunk.record(2, () => {
    chunk.fragment();
    chunk.u8(0x0c, 1).u32(0xabce).u32(definition);
    chunk.values([{ type: 1, write: () => chunk.chars("two") }]);
    chunk.u8(0);
  });
  const { ids, issues } = readLog(buildLog([chunk.finish()]));
  expect(ids).toEqual(["1"]);
  expect(issues.find((i) => i.code === "stale-template")?.recordId).toBe("2");
});

it("embedded values nested beyond the limit hide only their own fields", () => {
  const chunk = new ChunkBuilder();
  const nest = (depth: number): void => {
    chunk.instance(
      depth,
      () => chunk.templateElement(`L${depth}`, [], () => chunk.slot(0, depth === 0 ? 1 : 0x21)),
      [
        depth === 0
          ? { type: 1, write: () => chunk.chars("x") }
          : { type: 0x21, write: () => nest(depth - 1) },
      ],
    );
  };
  chunk.record(1, () => {
    chunk.fragment();
    nest(40);
    chunk.u8(0);
  });
  chunk.event(2);
  const log = buildLog([chunk.finish()]);
  let rendered = 0;
  expect(() => {
    rendered = readLog(log).json.length;
  }).not.toThrow();
  expect(rendered).toBe(2);
});

it("a template that doubles at every level is stopped by the limits, in bounded time and output", () => {
  const chunk = new ChunkBuilder();
  const double = (depth: number): void => {
    chunk.instance(
      depth,
      () =>
        chunk.templateElement("D", [], () => {
          const type = depth === 0 ? 1 : 0x21;
          chunk.slot(0, type).slot(0, type);
        }),
      [
        depth === 0
          ? { type: 1, write: () => chunk.chars("boom") }
          : { type: 0x21, write: () => double(depth - 1) },
      ],
    );
  };
  chunk.record(1, () => {
    chunk.fragment();
    double(15);
    chunk.u8(0);
  });
  chunk.event(2);
  const { json, xml } = readLog(buildLog([chunk.finish()]));
  expect(json).toHaveLength(2);
  expect(json[0]!.length + xml[0]!.length).toBeLessThan(16 * 1024 * 1024);
});

it("arrays side by side in one element are zipped, not multiplied", () => {
  const chunk = new ChunkBuilder();
  const items = (letter: string) => () => {
    for (let i = 0; i < 200; i++) chunk.chars(`${letter}${i}`).u16(0);
  };
  chunk.record(1, () => {
    chunk.fragment();
    chunk.instance(
      7,
      () =>
        chunk.templateElement("Event", [], () =>
          chunk.templateElement("Item", [], () => chunk.slot(0, 0x81).slot(1, 0x81).slot(2, 0x81)),
        ),
      ["a", "b", "c"].map((letter) => ({ type: 0x81, write: items(letter) })),
    );
    chunk.u8(0);
  });
  const { xml } = readLog(buildLog([chunk.finish()]));
  expect(xml[0]).toContain("<Item>a199b199c199</Item>");
  expect(xml[0]!.match(/<Item>/g)).toHaveLength(200);
});

it("names without end are forgotten again, and no record is read by a wrong one", () => {
  const logOf = (letter: string): Uint8Array =>
    forgeLog(
      Array.from({ length: 3000 }, (_, i) => {
        const root = {
          name: `${letter}${i}`.padEnd(1000, letter),
          children: [{ content: `value ${i}` }],
        };
        return sampleEvent({ payload: { kind: "userData", root } });
      }),
    );
  const shared = new SharedCaches();
  const { table } = shared.reader.names;
  let most = 0;
  for (const bytes of [logOf("a"), logOf("b"), logOf("a")]) {
    const read: string[] = [];
    scanLog(
      new MemorySource(bytes),
      "names.evtx",
      {
        onRecord(record) {
          read.push(record.toJson());
          most = Math.max(most, table.bytes);
        },
      },
      { shared },
    );
    expect(read).toEqual(readLog(bytes).json);
    expect(read).toHaveLength(3000);
  }
  expect(most).toBeGreaterThan(LIMITS.cachedNameBytes / 2);
  expect(most).toBeLessThan(LIMITS.cachedNameBytes + 65_536);
});

it("a count of values that cannot fit the record is refused before anything is allocated", () => {
  const chunk = new ChunkBuilder();
  chunk.record(1, () => {
    chunk.fragment();
    chunk.instance(9, () => chunk.templateElement("Event", []), []);
    chunk.view.setUint32(chunk.at - 4, 0xffff_fff0, true);
    chunk.u8(0);
  });
  chunk.event(2);
  const { ids, issues } = readLog(buildLog([chunk.finish()]));
  expect(ids).toEqual(["2"]);
  expect(issues.some((i) => i.code === "body-cut")).toBe(true);
});

describe("any damage", () => {
  const clean = buildLog([chunkOfEvents(1).bytes, chunkOfEvents(41).bytes]);
  const untouched = readLog(clean).json.slice(40);

  it("flipped bytes never throw, never hide the other chunk, and every byte stays accounted for", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: fc.integer({ min: 4096, max: 4096 + 40_000 }),
            to: fc.integer({ min: 0, max: 255 }),
          }),
          {
            minLength: 1,
            maxLength: 30,
          },
        ),
        (flips) => {
          const log = clean.slice();
          for (const { at, to } of flips) log[at] = to;
          const { json, summary } = readLog(log);
          expect(accounted(summary.bytes)).toBe(log.length);
          expect(json.slice(-40)).toEqual(untouched);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("a log cut anywhere reads the records before the cut and says that it is cut", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: clean.length - 1 }), (length) => {
        const { summary, ids } = readLog(clean.slice(0, length));
        expect(accounted(summary.bytes)).toBe(length);
        if (length > 4096) expect(summary.status).not.toBe("read");
        expect(ids.length).toBeLessThanOrEqual(80);
      }),
      { numRuns: 150 },
    );
  });

  it("a stream of pieces of any size gives what the whole file gives", async () => {
    const whole = readLog(clean);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 8 }),
        async (sizes) => {
          async function* pieces(): AsyncGenerator<Uint8Array> {
            for (let at = 0, i = 0; at < clean.length; i++) {
              const size = sizes[i % sizes.length]!;
              yield clean.subarray(at, at + size);
              at += size;
            }
          }
          const json: string[] = [];
          const summary = await scanStream(pieces(), "test.evtx", {
            onRecord: (r) => json.push(r.toJson()),
          });
          expect(json).toEqual(whole.json);
          expect(summary).toEqual(whole.summary);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe.skipIf(!haveSamples)(
  `real logs, damaged (${haveSamples ? "samples present" : noSamplesReason})`,
  () => {
    it("flips and cuts of real logs never throw", () => {
      const log = readFileSync(samplePath("samples/parser/new-user-security.evtx"));
      const sysmon = readFileSync(samplePath("samples/attack/UACME_59_Sysmon.evtx"));
      fc.assert(
        fc.property(
          fc.constantFrom(log, sysmon),
          fc.array(
            fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 255 })),
            { maxLength: 40 },
          ),
          fc.integer({ min: 0, max: 69_632 }),
          (source, flips, length) => {
            const copy = Uint8Array.from(source.subarray(0, length));
            for (const [at, to] of flips) if (at < copy.length) copy[at] = to;
            const { summary, json } = readLog(copy);
            expect(accounted(summary.bytes)).toBe(copy.length);
            for (const line of json) JSON.parse(line);
          },
        ),
        { numRuns: 300 },
      );
    });
  },
);
