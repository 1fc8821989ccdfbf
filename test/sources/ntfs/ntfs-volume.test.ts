import { describe, expect, it } from "vitest";
import { MemorySource } from "../../../src/base/byte-source.ts";
import type { Issue } from "../../../src/model/issue.ts";
import { findNtfsFiles, type NtfsFile } from "../../../src/sources/ntfs/find-ntfs-files.ts";
import { NtfsVolume, volumeLabel } from "../../../src/sources/ntfs/ntfs-volume.ts";
import { isProblem } from "../../../src/sources/source-problem.ts";
import { ntfsFiles, ntfsImage, readAll, sha256Of } from "../../support/evidence-fixture.ts";

const evtx = (name: string): boolean => /\.evtx$/i.test(name);

function open(image: Uint8Array, issues: Issue[] = []): NtfsVolume {
  const volume = NtfsVolume.open(new MemorySource(image), "image", (issue) => issues.push(issue));
  if (isProblem(volume)) throw new Error(volume.problem);
  return volume;
}

function logsOf(image: Uint8Array, byContent = false): NtfsFile[] {
  return findNtfsFiles(open(image), { wantsName: evtx, wants: () => true, byContent });
}

function hashOf(file: NtfsFile): string {
  const source = file.open();
  if (isProblem(source)) throw new Error(source.problem);
  return sha256Of(readAll(source));
}

describe("an NTFS volume", () => {
  it("gives every log as The Sleuth Kit does, hash for hash: fragmented, compressed, sparse, resident, streams, deleted", () => {
    const found = logsOf(ntfsImage()).map((file) => ({
      entry: file.facts.entry,
      path: file.path,
      deleted: file.facts.deleted,
      size: file.size,
      sha256: hashOf(file),
    }));
    const expected = ntfsFiles().filter(({ path }) => evtx(path));
    const order = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
    expect(expected.length).toBeGreaterThan(10);
    expect(found.sort(order)).toEqual(expected.sort(order));
  });

  it("finds logs under other names by content only when asked", () => {
    const paths = (byContent: boolean): string[] =>
      logsOf(ntfsImage(), byContent).map(({ path }) => path);
    expect(paths(false)).not.toContain("renamed.bin");
    expect(paths(true)).toContain("renamed.bin");
  });

  it("keeps both sets of times, and of deleted files how many clusters are used again", () => {
    const files = logsOf(ntfsImage());
    const deleted = files.find(({ path }) => path.endsWith("Deleted.evtx"))!;
    expect(deleted.facts).toMatchObject({
      deleted: true,
      standard: { created: expect.stringMatching(/^20\d\d-.*\.\d{7}Z$/) },
      fileName: { created: expect.stringMatching(/^20\d\d-.*\.\d{7}Z$/) },
      clusters: { total: 136, reused: 0 },
    });
    expect(volumeLabel(open(ntfsImage()))).toBe("EVIDENCE");
  });

  it("is read through $MFTMirr when $MFT begins with a damaged record", () => {
    const image = ntfsImage();
    const { mftCluster, clusterSize } = open(image).geometry;
    image.fill(0, mftCluster * clusterSize, mftCluster * clusterSize + 1024);
    const issues: Issue[] = [];
    const volume = open(image, issues);
    expect(issues.map(({ code }) => code)).toEqual(["ntfs-mft-mirror"]);
    const found = findNtfsFiles(volume, { wantsName: evtx, wants: () => true, byContent: false });
    expect(found).toHaveLength(logsOf(ntfsImage()).length);
  });

  it("is read through the backup boot sector", () => {
    const image = ntfsImage();
    image.fill(0, 0, 512);
    const issues: Issue[] = [];
    const volume = open(image, issues);
    expect(issues.map(({ code }) => code)).toEqual(["ntfs-boot-backup"]);
    expect(volume.recordCount).toBe(open(ntfsImage()).recordCount);
  });

  it("reads a log's intact part from an image that was cut off, and says where it ends", () => {
    const whole = ntfsImage();
    const files = ntfsFiles().filter(({ path }) => evtx(path));
    let cutOff = 0;
    for (const file of logsOf(whole.subarray(0, 6 * 1024 * 1024))) {
      const source = file.open();
      if (isProblem(source)) continue;
      const expected = files.find(({ path }) => path === file.path)!;
      try {
        expect(sha256Of(readAll(source))).toBe(expected.sha256);
      } catch (error) {
        expect((error as Error).message).toMatch(/the image ends at byte \d+/);
        cutOff++;
      }
    }
    expect(cutOff).toBeGreaterThan(0);
  });
});

it("a log that the Windows Overlay Filter compressed is named as that, not read as zeros", () => {
  const volume = open(ntfsImage());
  const streamsOf = volume.streamsOf.bind(volume);
  volume.streamsOf = (record) =>
    streamsOf(record).map((stream) =>
      stream.name === "System.evtx" ? { ...stream, name: "WofCompressedData" } : stream,
    );
  const found = findNtfsFiles(volume, {
    wantsName: (name) => name === "notes.txt",
    wants: () => true,
    byContent: true,
  });
  const notes = found.filter(({ path }) => path.startsWith("notes.txt"));
  expect(notes.map(({ path, open: read }) => [path, read()])).toEqual([
    ["notes.txt", expect.objectContaining({ problem: expect.stringContaining("Overlay Filter") })],
  ]);
});

it("a log that Windows Server deduplicated is named as that, not read as zeros", () => {
  const volume = open(ntfsImage());
  const attributesOf = volume.attributesOf.bind(volume);
  const tag = Uint8Array.of(0x13, 0, 0, 0x80, 0, 0, 0, 0);
  volume.attributesOf = (record) => [
    ...attributesOf(record),
    { type: 0xc0, id: 99, name: "", flags: 0, content: tag },
  ];
  const found = findNtfsFiles(volume, {
    wantsName: (name) => name === "notes.txt",
    wants: () => true,
    byContent: false,
  });
  expect(found.find(({ path }) => path === "notes.txt")?.open()).toMatchObject({
    problem: expect.stringContaining("deduplicated"),
  });
});
