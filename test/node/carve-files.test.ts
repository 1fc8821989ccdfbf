import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCopyLog } from "../../src/cli/write-copies.ts";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { type CarveManifest, type CarveOptions, carveFiles } from "../../src/node/carve-files.ts";
import { installNodePlatform } from "../../src/node/platform.ts";
import { endChunkBefore, placesOf, unlinkRecord } from "../support/edit-log.ts";
import { SAMPLE_TIME, sampleEvent } from "../support/forge-sample.ts";
import { type ReadRecord, readWholeLog } from "../support/read-whole-log.ts";

const HEADER = 4096;
const CHUNK = 65_536;
const CLUSTER = 4096;

installNodePlatform();

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "carve-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes that no one can predict and every run has. */
function noise(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let x = seed | 1;
  for (let i = 0; i < length; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    bytes[i] = x;
  }
  return bytes;
}

/** Numbers below 1 that every run has. */
function randomOf(seed: number): () => number {
  let x = seed * 2_654_435_761;
  return () => {
    x = (Math.imul(x ^ (x >>> 15), 0x2c1b_3c6d) + 0x9e37_79b9) | 0;
    return ((x ^ (x >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** A log of `count` records of one host; `from` moves ids and times, so that logs do not share records. */
function log(count: number, computer: string, from = 0): Uint8Array {
  const events = Array.from({ length: count }, (_, i) =>
    sampleEvent({
      computer,
      time: SAMPLE_TIME + BigInt(from + i) * 10_000_000n,
      tid: i,
      payload: {
        kind: "data",
        fields: [
          ["TargetUserName", `user.${from + i}`],
          ["IpAddress", `10.1.0.${i % 250}`],
          ["Note", "n".repeat(40 + ((i * 37) % 400))],
        ],
      },
    }),
  );
  return forgeLog(events, { firstRecordId: BigInt(from + 1) });
}

async function carve(image: Uint8Array | string, more: Partial<CarveOptions> = {}) {
  const path = typeof image === "string" ? image : join(folder, "image.bin");
  if (typeof image !== "string") writeFileSync(path, image);
  const output = join(folder, "out");
  const problems: string[] = [];
  const manifest = await carveFiles([path], {
    output,
    known: [],
    openCopyLog,
    onProblem: (place, reason) => problems.push(`${place}: ${reason}`),
    ...more,
  });
  expect(problems).toEqual([]);
  return { manifest: manifest!, output };
}

interface Brought {
  readonly id: number | string;
  readonly json: string;
  readonly completeness: string;
}

/** Everything that was brought back: from the logs written, and the text of single records. */
function broughtBack(output: string, manifest: CarveManifest): Brought[] {
  const all: Brought[] = [];
  for (const { path, records } of manifest.files) {
    const { live } = readWholeLog(readFileSync(join(output, path)));
    expect(live, path).toHaveLength(records);
    if (!path.endsWith(".records.evtx"))
      all.push(...live.map(({ id, json }) => ({ id, json, completeness: "full" })));
  }
  for (const line of readFileSync(join(output, "records.jsonl"), "utf8").split("\n")) {
    if (line === "") continue;
    const { Event, konseki } = JSON.parse(line);
    all.push({
      id: Event.System.EventRecordID,
      json: JSON.stringify({ Event }),
      completeness: konseki.completeness,
    });
  }
  return all;
}

const withoutComputer = (json: string) => {
  const { Event } = JSON.parse(json);
  delete Event.System.Computer;
  return JSON.stringify(Event);
};

/** What was brought back is the given records, each once, with their own text. */
function expectExactly(brought: readonly Brought[], expected: readonly ReadRecord[]): void {
  const byId = new Map(expected.map((record) => [record.id, record]));
  expect(brought.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(
    expected.map(({ id }) => Number(id)).sort((a, b) => a - b),
  );
  for (const { id, json, completeness } of brought) {
    expect(completeness).toBe("full");
    expect(withoutComputer(json)).toBe(withoutComputer(byId.get(id)!.json));
  }
}

describe("carving", () => {
  it("brings back whole logs at any alignment as they were", async () => {
    const a = log(400, "HOST-A.corp.example");
    const b = log(150, "HOST-B.corp.example", 1000);
    const image = Buffer.concat([noise(10_001, 3), a, noise(70_003, 5), b, noise(513, 7)]);
    const { manifest, output } = await carve(image);
    expect(manifest.counts).toMatchObject({ chunkRecords: 550, records: 0, unreadable: 0 });
    expect(manifest.files.map(({ path }) => path).sort()).toEqual([
      "HOST-A.corp.example_Security.evtx",
      "HOST-B.corp.example_Security.evtx",
    ]);
    expect(manifest.fileHeaders.map(({ offset }) => offset)).toEqual([
      10_001,
      10_001 + a.length + 70_003,
    ]);
    expectExactly(broughtBack(output, manifest), [
      ...readWholeLog(a).live,
      ...readWholeLog(b).live,
    ]);
  });

  it("finds nothing in noise, and survives an empty file", async () => {
    const { manifest } = await carve(noise(3 * CHUNK, 11));
    expect(manifest.files).toEqual([]);
    expect(manifest.records).toEqual([]);
    const empty = await carve(new Uint8Array(0));
    expect(empty.manifest.files).toEqual([]);
  });

  it("finds what lies across the border of two blocks", async () => {
    const a = log(100, "HOST-A.corp.example");
    const block = 4 * 1024 * 1024;
    const image = Buffer.concat([noise(block - HEADER - 1000, 13), a, noise(1000, 17)]);
    const { manifest, output } = await carve(image);
    expectExactly(broughtBack(output, manifest), readWholeLog(a).live);
  });

  it("brings back every record that lies whole in a fragment, in whatever order the fragments lie", async () => {
    const a = log(400, "HOST-A.corp.example");
    // The second chunk is cut at clusters; its parts lie backwards and apart.
    const second = a.subarray(HEADER + CHUNK, HEADER + 2 * CHUNK);
    const cuts = [0, 5 * CLUSTER, 9 * CLUSTER, CHUNK];
    const parts = [2, 1, 0].map((i) => second.subarray(cuts[i], cuts[i + 1]));
    const image = Buffer.concat([
      noise(CLUSTER, 19),
      a.subarray(0, HEADER + CHUNK),
      ...parts.flatMap((part, i) => [noise(2 * CLUSTER, 23 + i), part]),
      a.subarray(HEADER + 2 * CHUNK),
    ]);
    const { manifest, output } = await carve(image);
    const whole = readWholeLog(a).live.filter(({ fileOffset, size }) => {
      const at = fileOffset - HEADER - CHUNK;
      if (at < 0 || at >= CHUNK) return true;
      return cuts.slice(1).every((cut) => at + size <= cut || at >= cut);
    });
    expect(whole.length).toBeGreaterThan(380);
    expectExactly(broughtBack(output, manifest), whole);
  });

  it("brings back what is left of a log that another file has overwritten by half", async () => {
    const a = log(400, "HOST-A.corp.example");
    const image = Buffer.concat([noise(CLUSTER, 29), a]);
    const from = CLUSTER + HEADER + 3 * CLUSTER;
    const to = from + CHUNK;
    image.set(noise(CHUNK, 31), from);
    const { manifest, output } = await carve(image);
    const left = readWholeLog(a).live.filter(
      ({ fileOffset, size }) => fileOffset + CLUSTER + size <= from || fileOffset + CLUSTER >= to,
    );
    expectExactly(broughtBack(output, manifest), left);
  });

  it("writes a chunk once that lies there twice, and the earlier state of a chunk not at all", async () => {
    const a = log(60, "HOST-A.corp.example");
    const earlier = log(40, "HOST-A.corp.example");
    const image = Buffer.concat([earlier, noise(100, 37), a, a]);
    const { manifest, output } = await carve(image);
    expect(manifest.counts.chunks).toMatchObject({ new: 1, duplicate: 2 });
    expectExactly(broughtBack(output, manifest), readWholeLog(a).live);
  });

  it("leaves out what is in a log at hand", async () => {
    const a = log(60, "HOST-A.corp.example");
    const hand = join(folder, "live.evtx");
    writeFileSync(hand, a);
    const { manifest } = await carve(Buffer.concat([noise(64, 41), a]), { known: [hand] });
    expect(manifest.counts.chunks).toMatchObject({ new: 0, known: 1 });
    expect(manifest.files).toEqual([]);
  });

  it("brings back records whose templates lie in a later fragment", async () => {
    // One chunk cut in half, its header gone: the second half, without any definition, lies first and at an odd place.
    const a = log(90, "HOST-A.corp.example");
    const cut = HEADER + 8 * CLUSTER;
    const end = HEADER + CHUNK;
    const first = a.slice(HEADER, cut);
    first.set(noise(512, 83));
    const image = Buffer.concat([
      noise(4097, 59),
      a.subarray(cut, end),
      noise(CHUNK + 13, 61),
      first,
      noise(CHUNK, 67),
    ]);
    const { manifest, output } = await carve(image);
    const whole = readWholeLog(a).live.filter(
      ({ fileOffset, size }) =>
        fileOffset + size <= end && (fileOffset + size <= cut || fileOffset >= cut),
    );
    expect(whole.length).toBeGreaterThan(70);
    expectExactly(broughtBack(output, manifest), whole);
  });

  it("brings back every intact record of fragmented and half-overwritten chunks at odd alignments", async () => {
    const a = log(500, "HOST-A.corp.example");
    const original = readWholeLog(a).live;
    for (let seed = 1; seed <= 12; seed++) {
      const random = randomOf(seed);
      // Cut at clusters, in any order, at any place; some clusters of it are overwritten by others' data.
      const cuts = new Set([0, a.length]);
      while (cuts.size < 12) cuts.add(CLUSTER * Math.floor(random() * (a.length / CLUSTER)));
      const overwritten = a.slice();
      const holes: [number, number][] = [];
      for (let i = 0; i < 4; i++) {
        const from = CLUSTER * Math.floor(random() * (a.length / CLUSTER - 8));
        const to = from + CLUSTER * (1 + Math.floor(random() * 7));
        overwritten.set(noise(to - from, 100 * seed + i), from);
        holes.push([from, to]);
      }
      const borders = [...cuts].sort((x, y) => x - y);
      const parts = borders.slice(1).map((to, i) => overwritten.subarray(borders[i], to));
      for (let i = parts.length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        [parts[i], parts[j]] = [parts[j]!, parts[i]!];
      }
      const image = Buffer.concat(
        parts.flatMap((part, i) => [noise(1 + Math.floor(random() * 9000), 1000 * seed + i), part]),
      );
      const { manifest, output } = await carve(image);
      const intact = original.filter(
        ({ fileOffset: at, size }) =>
          holes.every(([from, to]) => at + size <= from || at >= to) &&
          borders.every((border) => at >= border || at + size <= border),
      );
      expect(intact.length).toBeGreaterThan(100);
      const brought = broughtBack(output, manifest);
      expect(
        brought.map(({ id }) => Number(id)).sort((x, y) => x - y),
        `seed ${seed}`,
      ).toEqual(intact.map(({ id }) => Number(id)));
      const byId = new Map(original.map((record) => [record.id, record]));
      for (const { id, json, completeness } of brought)
        if (completeness === "full")
          expect(withoutComputer(json)).toBe(withoutComputer(byId.get(id)!.json));
      rmSync(output, { recursive: true });
    }
  }, 30_000);

  it("brings back the old records in the slack of a chunk that is not written", async () => {
    // The same buffer twice: with twenty records over forty old ones, and written on to fifty.
    const old = log(60, "HOST-A.corp.example", 5000);
    const young = log(50, "HOST-A.corp.example");
    const early = endChunkBefore(young, 20);
    const behind = placesOf(young)[20]!.at;
    const slack = placesOf(old).filter(({ at }) => at >= behind && at < HEADER + CHUNK);
    const from = slack[0]!.at;
    early.fill(0, behind, from);
    early.set(old.subarray(from, HEADER + CHUNK), from);
    const image = Buffer.concat([noise(77, 71), early, noise(9, 73), young]);
    const { manifest, output } = await carve(image);
    expect(manifest.counts.chunks).toMatchObject({ new: 1, duplicate: 1 });
    const expected = readWholeLog(old).live.filter(({ id }) =>
      slack.some((place) => Number(place.id) === id),
    );
    expect(expected.length).toBeGreaterThan(10);
    expectExactly(broughtBack(output, manifest), [...readWholeLog(young).live, ...expected]);
  });

  it("brings back a record that another swallowed in a chunk that is half overwritten", async () => {
    const a = log(60, "HOST-A.corp.example");
    const places = placesOf(a);
    const image = unlinkRecord(a, 5n);
    const from = places[20]!.at;
    image.set(noise(HEADER + CHUNK - from, 79), from);
    const { manifest, output } = await carve(image);
    const ids = broughtBack(output, manifest).map(({ json }) => {
      return JSON.parse(json).Event.EventData.TargetUserName;
    });
    expect(ids.sort()).toEqual(Array.from({ length: 20 }, (_, i) => `user.${i}`).sort());
  });

  it("goes on where it was stopped and comes to the same manifest", async () => {
    const image = Buffer.concat([
      log(200, "HOST-A.corp.example"),
      noise(9 * 1024 * 1024, 43),
      log(100, "HOST-B.corp.example", 500),
    ]);
    const whole = await carve(image);
    let blocks = 0;
    const output = join(folder, "again");
    const path = join(folder, "image.bin");
    const options = { output, known: [], openCopyLog, onProblem: () => {} };
    const stopped = await carveFiles([path], { ...options, cancelled: () => ++blocks > 1 });
    expect(stopped).toBeUndefined();
    // The run died while it wrote a line.
    appendFileSync(join(output, "journal.jsonl"), '{"piece":{"kind":"chu');
    const seen: number[] = [];
    const resumed = await carveFiles([path], {
      ...options,
      onProgress: (_, position) => seen.push(position),
    });
    expect(seen[0]).toBeGreaterThan(4 * 1024 * 1024);
    expect(resumed).toEqual(whole.manifest);
  });

  it("searches anew what has changed under the same name", async () => {
    const a = log(60, "HOST-A.corp.example");
    await carve(noise(1000, 47));
    const { manifest } = await carve(a);
    expect(manifest.counts.chunkRecords).toBe(60);
  });

  it("writes logs that evtx_dump and evtxexport read in full", async () => {
    const a = log(400, "HOST-A.corp.example");
    const image = Buffer.concat([noise(777, 53), a]);
    // One damaged checksum: this chunk's records come one by one.
    image[777 + HEADER + 124]! ^= 1;
    const { manifest, output } = await carve(image);
    expect(manifest.files.map(({ path }) => path).sort()).toEqual([
      "HOST-A.corp.example_Security.evtx",
      "HOST-A.corp.example_Security.records.evtx",
    ]);
    expect(manifest.files.reduce((sum, { records }) => sum + records, 0)).toBe(400);
    for (const { path, records } of manifest.files) {
      const file = join(output, path);
      const dump = spawnSync("evtx_dump", ["-o", "jsonl", file], { encoding: "utf8" });
      if (dump.error === undefined)
        expect(dump.stdout.trimEnd().split("\n"), path).toHaveLength(records);
      const exported = spawnSync("evtxexport", [file], { encoding: "utf8" });
      if (exported.error === undefined)
        expect(exported.stdout.match(/^Event number/gm), path).toHaveLength(records);
    }
  });

  it("brings back a log deleted from NTFS", async (context) => {
    const image = join(folder, "ntfs.dd");
    writeFileSync(image, "");
    truncateSync(image, 16 * 1024 * 1024);
    const made = spawnSync("mkntfs", ["-F", "-Q", "-q", image], { encoding: "utf8" });
    if (made.error !== undefined || made.status !== 0) return context.skip("mkntfs not installed");
    const a = log(300, "HOST-A.corp.example");
    const file = join(folder, "Security.evtx");
    writeFileSync(file, a);
    expect(spawnSync("ntfscp", ["-q", "-f", image, file, "/Security.evtx"]).status).toBe(0);
    // Deleted: its entry in the MFT is free, its clusters are as they were.
    const bytes = readFileSync(image);
    const name = bytes.indexOf(Buffer.from("Security.evtx", "utf16le"));
    const entry = bytes.lastIndexOf("FILE", name);
    bytes.writeUInt16LE(bytes.readUInt16LE(entry + 22) & ~1, entry + 22);
    writeFileSync(image, bytes);
    const { manifest, output } = await carve(image);
    expectExactly(broughtBack(output, manifest), readWholeLog(a).live);
  });
});
