import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { ByteWriter } from "../../src/base/byte-writer.ts";
import { SharedCaches } from "../../src/evtx/log-scan.ts";
import { writeJsonPlain } from "../../src/evtx/render-json.ts";
import { scanLog } from "../../src/evtx/scan-log.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";

describe.skipIf(!haveSamples)(
  `JSON plans (${haveSamples ? "samples present" : noSamplesReason})`,
  () => {
    it("compiled plans write the bytes that the plain renderer writes, for every record", () => {
      const files = readFileSync(samplePath("expected/records.jsonl"), "utf8").trim().split("\n");
      const shared = new SharedCaches();
      const plain = new ByteWriter();
      const decoder = new TextDecoder();
      const wrong: string[] = [];
      let records = 0;
      for (const line of files) {
        const { file } = JSON.parse(line) as { file: string };
        scanLog(
          new MemorySource(readFileSync(samplePath("samples", file))),
          file,
          {
            onRecord(record) {
              plain.clear();
              writeJsonPlain(plain, record.reader, record.body);
              const expected = decoder.decode(plain.written);
              records++;
              if (record.toJson() !== expected && wrong.length < 3)
                wrong.push(`${record.toJson()}\n${expected}`);
            },
          },
          { shared },
        );
      }
      expect(wrong).toEqual([]);
      expect(records).toBeGreaterThan(26_000);
    });
  },
);
