import { describe, expect, it } from "vitest";
import { forgeLog } from "../../../src/forge/forge-log.ts";
import { endChunkBefore, placesOf, unlinkRecord } from "../../support/edit-log.ts";
import { SAMPLE_TIME, sampleEvent } from "../../support/forge-sample.ts";
import { libraryOf, readWholeLog } from "../../support/read-whole-log.ts";

const HEADER = 4096;
const CHUNK = 65_536;
const FREE_SPACE = 48;

const events = (count: number, change: Parameters<typeof sampleEvent>[0] = {}) =>
  Array.from({ length: count }, (_, index) =>
    sampleEvent({ time: SAMPLE_TIME + BigInt(index) * 10_000_000n, tid: index, ...change }),
  );

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

describe("records in slack", () => {
  const log = forgeLog(events(40));
  const whole = readWholeLog(log);

  it("come back in full, equal to what they were, when the chunk still holds their template", () => {
    const { live, recovered, counts } = readWholeLog(endChunkBefore(log, 10));
    expect(live).toHaveLength(10);
    expect(recovered.map(({ json }) => json)).toEqual(whole.live.slice(10).map(({ json }) => json));
    expect(new Set(recovered.map(({ state }) => state))).toEqual(new Set(["slack"]));
    expect(new Set(recovered.map(({ completeness }) => completeness))).toEqual(new Set(["full"]));
    expect(recovered[0]?.recovery).toMatchObject({
      templates: "own-chunk",
      checks: ["framing", "value-sizes", "header-time", "header-id", "event-time"],
    });
    expect(counts).toMatchObject({ records: 30, copies: 0, repeats: 0, unreadable: 0 });
  });

  it("are called copies when the same record is live in the log", () => {
    const twice = new Uint8Array(log.length + CHUNK);
    twice.set(log);
    // The service's buffer is written again with a record less: the rest of it is old.
    twice.set(endChunkBefore(log, 10).subarray(HEADER, HEADER + CHUNK), log.length);
    const { recovered, counts } = readWholeLog(twice);
    expect(counts).toMatchObject({ records: 0, copies: 30 });
    expect(recovered.every(({ recovery }) => recovery?.copyOf?.equal === true)).toBe(true);
    expect(recovered[0]?.recovery?.copyOf?.fileOffset).toBe(whole.live[10]?.fileOffset);
  });

  it("are not lost under a torn one whose list of values seems to reach over them", () => {
    const torn = endChunkBefore(log, 10);
    const [hole, next] = placesOf(log).slice(12);
    const view = viewOf(torn);
    view.setUint32(hole!.at + 4, 0x0001_0001, true);
    // 0F 01 01 00 | 0C 01, template id, offset | count | descriptors: the embedded value's is the last.
    const list = hole!.at + 24 + 4 + 10;
    const last = list + 4 * view.getUint32(list, true);
    expect(view.getUint8(last + 2)).toBe(0x21);
    const size = next!.at - hole!.at;
    view.setUint16(last, view.getUint16(last, true) + 3 * size, true);
    const { recovered } = readWholeLog(torn);
    const others = whole.live.slice(10).filter((_, index) => index !== 2);
    expect(recovered.filter(({ completeness }) => completeness === "full")).toHaveLength(29);
    for (const { json } of others) expect(recovered.map((one) => one.json)).toContain(json);
  });

  it("are evidence when their values differ from the live record of the same id and time", () => {
    const twice = new Uint8Array(log.length + CHUNK);
    twice.set(log);
    twice.set(endChunkBefore(log, 10).subarray(HEADER, HEADER + CHUNK), log.length);
    const user = Buffer.from("user.one", "utf16le");
    const changed = Buffer.from(twice.buffer).indexOf(user, placesOf(log)[20]!.at);
    twice.set(Buffer.from("user.two", "utf16le"), changed);
    const { recovered, counts } = readWholeLog(twice);
    expect(counts).toMatchObject({ records: 1, copies: 29 });
    const differing = recovered.filter(({ recovery }) => recovery?.copyOf?.equal === false);
    expect(differing.map(({ id }) => id)).toEqual([21]);
  });

  it("are told once when several chunks carry the same old buffer", () => {
    const old = endChunkBefore(log, 10).subarray(HEADER, HEADER + CHUNK);
    const bytes = new Uint8Array(HEADER + 2 * CHUNK);
    bytes.set(log.subarray(0, HEADER));
    bytes.set(old, HEADER);
    bytes.set(old, HEADER + CHUNK);
    expect(readWholeLog(bytes).counts).toMatchObject({ records: 30, repeats: 30 });
  });
});

describe("records whose template is overwritten", () => {
  const other = forgeLog(
    events(3, {
      channel: "System",
      provider: "Service Control Manager",
      id: 7036,
      providerGuid: "{555908d1-a6d7-4695-8e1e-26931d2012f4}",
      payload: {
        kind: "data",
        fields: [
          ["param1", "Spooler"],
          ["param2", "running"],
        ],
      },
    }),
  );
  const log = forgeLog(events(40));
  const half = log.slice();
  // A younger chunk of three records over the beginning of the old one, as the ring does it.
  const written = viewOf(other).getUint32(HEADER + FREE_SPACE, true);
  half.set(other.subarray(HEADER, HEADER + written), HEADER);
  const lost = placesOf(log).filter(({ at }) => at < HEADER + written).length;

  it("keep their System fields and values where the younger chunk has the outer template only", () => {
    const { live, recovered } = readWholeLog(half);
    expect(live).toHaveLength(3);
    expect(recovered).toHaveLength(40 - lost);
    expect(new Set(recovered.map(({ completeness }) => completeness))).toEqual(
      new Set(["partial"]),
    );
    expect(JSON.parse(recovered[0]!.json).Event.System.Channel).toBe("Security");
  });

  it("give System fields by position and raw values where there is none, and say so", () => {
    const bytes = log.slice();
    bytes.fill(0, HEADER + 512, HEADER + written);
    viewOf(bytes).setUint32(HEADER + FREE_SPACE, 512, true);
    const { live, recovered } = readWholeLog(bytes);
    expect(live).toHaveLength(0);
    expect(recovered).toHaveLength(40 - lost);
    for (const record of recovered) {
      expect(record.completeness).toBe("positional");
      expect(record.recovery?.templates).toBe("none");
      expect(record.eventId).toBe(4624);
      const { Event } = JSON.parse(record.json);
      expect(Event.System.EventRecordID).toBe(record.id);
      expect(Event.System.TimeCreated["#attributes"].SystemTime).toMatch(/^2026-03-02T08:00:/);
    }
    const values = Object.values(JSON.parse(recovered[0]!.json).Event.EventData ?? {});
    expect(values).toContain("user.one");
  });

  it("are read in full with the template of another chunk of the log", () => {
    const both = new Uint8Array(half.length + CHUNK);
    both.set(half);
    const sibling = forgeLog(events(2, { tid: 999 }));
    both.set(sibling.subarray(HEADER, HEADER + CHUNK), half.length);
    const { recovered } = readWholeLog(both);
    const expected = readWholeLog(log).live.slice(lost);
    expect(recovered.map(({ json }) => json)).toEqual(expected.map(({ json }) => json));
    expect(recovered[0]).toMatchObject({
      completeness: "full",
      recovery: { templates: "same-log" },
    });
  });

  it("are read with a template of another log, but not under its computer's name", () => {
    const library = libraryOf(forgeLog(events(2, { computer: "HOST-B.corp.example" })));
    const { recovered } = readWholeLog(half, { library });
    expect(recovered[0]).toMatchObject({
      completeness: "full",
      computer: "HOST-A.corp.example",
      recovery: { templates: "library" },
    });
    const { EventData } = JSON.parse(recovered[0]!.json).Event;
    expect(EventData.TargetUserName).toBe("user.one");
  });

  it("are not read with a template of the same id and another structure", () => {
    const forged = forgeLog(events(2));
    const renamed = forgeLog(
      events(2, {
        payload: {
          kind: "data",
          fields: [
            ["Decoy", "x"],
            ["TargetUserName", "y"],
          ],
        },
      }),
    );
    const library = libraryOf(forged, withTemplateIdsOf(renamed, forged));
    const { recovered } = readWholeLog(half, { library });
    expect(recovered.every(({ json }) => !json.includes("Decoy"))).toBe(true);
  });

  it("are not read with a definition in which a name has been damaged", () => {
    const damaged = endChunkBefore(log, 10);
    const name = Buffer.from(damaged.buffer).indexOf(Buffer.from("EventData", "utf16le"));
    damaged[name] = 0x46;
    const { recovered } = readWholeLog(damaged);
    expect(recovered).toHaveLength(30);
    expect(recovered.every(({ json }) => !json.includes("FventData"))).toBe(true);
    expect(new Set(recovered.map(({ completeness }) => completeness))).toEqual(
      new Set(["partial"]),
    );
  });

  it("are not read with definitions of one id that contradict each other", () => {
    const twice = new Uint8Array(log.length + CHUNK);
    twice.set(log);
    twice.set(endChunkBefore(log, 10).subarray(HEADER, HEADER + CHUNK), log.length);
    // No hash covers the text of an attribute; the other chunk's definition does.
    const name = Buffer.from("TargetUserName", "utf16le");
    twice[Buffer.from(twice.buffer).indexOf(name, log.length)] = 0x55;
    const { recovered } = readWholeLog(twice);
    expect(recovered).toHaveLength(30);
    expect(recovered.every(({ json }) => !json.includes("UargetUserName"))).toBe(true);
  });
});

describe("a chunk without its header", () => {
  it("gives its records as those of a stale chunk", () => {
    const log = forgeLog(events(40));
    const bytes = log.slice();
    bytes.fill(0, HEADER, HEADER + 128);
    const { live, recovered } = readWholeLog(bytes);
    expect(live).toHaveLength(0);
    expect(recovered.map(({ json }) => json)).toEqual(
      readWholeLog(log).live.map(({ json }) => json),
    );
    expect(recovered[0]?.state).toBe("stale-chunk");
  });

  it("in a file without its header gives them too", () => {
    const log = forgeLog(events(40));
    const bytes = log.slice();
    bytes.fill(0, 0, HEADER + 128);
    expect(readWholeLog(bytes).recovered).toHaveLength(40);
  });
});

describe("a record that another swallowed", () => {
  it("comes back as it was, with the offset of the record that holds it", () => {
    const log = forgeLog(events(12));
    for (const victim of [2n, 7n, 12n]) {
      const { live, recovered } = readWholeLog(unlinkRecord(log, victim));
      expect(live).toHaveLength(11);
      expect(recovered).toHaveLength(1);
      expect(recovered[0]).toMatchObject({
        id: Number(victim),
        state: "unlinked",
        completeness: "full",
        json: readWholeLog(log).live[Number(victim) - 1]?.json,
        recovery: { hostOffset: placesOf(log)[Number(victim) - 2]?.at },
      });
    }
  });
});

/** `log` with the GUIDs of its definitions, and the ids of its instances, replaced by those that `like` has, in order. */
function withTemplateIdsOf(log: Uint8Array, like: Uint8Array): Uint8Array {
  const bytes = log.slice();
  const view = viewOf(bytes);
  const from = instancesOf(like);
  const to = instancesOf(log);
  const guids = new Map<number, Uint8Array>();
  for (const [index, { id }] of to.entries()) {
    const other = from[index];
    if (other !== undefined && !guids.has(id))
      guids.set(id, like.slice(other.definition + 4, other.definition + 20));
  }
  for (const { at, id, definition } of to) {
    const guid = guids.get(id);
    if (guid === undefined) continue;
    bytes.set(guid, definition + 4);
    view.setUint32(at + 2, new DataView(guid.buffer).getUint32(0, true), true);
  }
  return bytes;
}

/** Instances in the first chunk whose definition begins with their template id. */
function instancesOf(log: Uint8Array): { at: number; id: number; definition: number }[] {
  const view = viewOf(log);
  const found: { at: number; id: number; definition: number }[] = [];
  for (let at = HEADER + 512; at < HEADER + CHUNK - 40; at++) {
    if (log[at] !== 0x0c || log[at + 1] !== 1) continue;
    const definition = HEADER + view.getUint32(at + 6, true);
    if (definition > HEADER + CHUNK - 24) continue;
    const id = view.getUint32(at + 2, true);
    if (view.getUint32(definition + 4, true) === id) found.push({ at, id, definition });
  }
  return found;
}
