import { expect, test } from "vitest";
import { fileHeader, renumberChunk, soundChunks } from "../../bench/repeat-chunks.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { sampleEvent } from "../support/forge-sample.ts";
import { readLog } from "../support/read-log.ts";

const log = forgeLog(Array.from({ length: 500 }, () => sampleEvent()));

test("repeated chunks make one sound log whose ids go on, in headers and in the events", () => {
  const chunks = soundChunks(log);
  expect(chunks.length).toBeGreaterThan(1);
  const slots = [...chunks, ...chunks.map((chunk) => chunk.slice())];
  let nextId = 7001;
  for (const chunk of slots) nextId += renumberChunk(chunk, nextId);
  const repeated = new Uint8Array(4096 + 65_536 * slots.length);
  repeated.set(fileHeader(slots.length, nextId));
  for (const [slot, chunk] of slots.entries()) repeated.set(chunk, 4096 + 65_536 * slot);

  const { ids, json, issues } = readLog(repeated);
  expect(issues).toEqual([]);
  expect(ids).toEqual(Array.from({ length: 1000 }, (_, index) => `${7001 + index}`));
  expect(json.map((line) => String(JSON.parse(line).Event.System.EventRecordID))).toEqual(ids);
});

test("a chunk with a changed byte is not repeated", () => {
  const damaged = log.slice();
  damaged[4096 + 2000]! ^= 1;
  expect(soundChunks(damaged)).toHaveLength(soundChunks(log).length - 1);
});
