import { describe, expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { crc32Table } from "../../src/base/crc32.ts";
import { readPartitions } from "../../src/sources/partitions.ts";
import { tellVolumeKind, volumeProblem } from "../../src/sources/volume-kinds.ts";

const SECTOR = 512;

function disk(sectors: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(sectors * SECTOR);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** A table of [type, first sector, sectors] at a sector. */
function writeTable(
  { bytes, view }: ReturnType<typeof disk>,
  sector: number,
  slots: readonly (readonly [type: number, first: number, count: number])[],
): void {
  slots.forEach(([type, first, count], i) => {
    const at = sector * SECTOR + 446 + i * 16;
    bytes[at + 4] = type;
    view.setUint32(at + 8, first, true);
    view.setUint32(at + 12, count, true);
  });
  bytes[sector * SECTOR + 510] = 0x55;
  bytes[sector * SECTOR + 511] = 0xaa;
}

function writeGpt({ bytes, view }: ReturnType<typeof disk>, header: number, table: number): void {
  const entry = table * SECTOR + 2 * 128;
  bytes.set(
    [
      0xa2, 0xa0, 0xd0, 0xeb, 0xe5, 0xb9, 0x33, 0x44, 0x87, 0xc0, 0x68, 0xb6, 0xb7, 0x26, 0x99,
      0xc7,
    ],
    entry,
  );
  view.setBigUint64(entry + 32, 40n, true);
  view.setBigUint64(entry + 40, 49n, true);
  for (const [i, letter] of [..."Basic"].entries())
    view.setUint16(entry + 56 + i * 2, letter.charCodeAt(0), true);
  const at = header * SECTOR;
  bytes.set(new TextEncoder().encode("EFI PART"), at);
  view.setBigUint64(at + 72, BigInt(table), true);
  view.setUint32(at + 80, 4, true);
  view.setUint32(at + 84, 128, true);
  view.setUint32(at + 88, crc32Table(bytes, table * SECTOR, table * SECTOR + 512, 0), true);
}

function read(bytes: Uint8Array) {
  const issues: string[] = [];
  const found = readPartitions(new MemorySource(bytes), "disk", ({ code }) => issues.push(code));
  return { found, issues };
}

describe("the partitions of a disk", () => {
  it("are those of an MBR with the chain of its extended partition, numbered as systems do", () => {
    const made = disk(100);
    writeTable(made, 0, [
      [0x07, 2, 10],
      [0x0f, 20, 60],
    ]);
    writeTable(made, 20, [
      [0x07, 1, 5],
      [0x05, 30, 20],
    ]);
    writeTable(made, 50, [[0x83, 2, 7]]);
    const { found, issues } = read(made.bytes);
    expect(found?.map(({ number, start, size, type }) => [number, start, size, type])).toEqual([
      [1, 2 * SECTOR, 10 * SECTOR, "0x07"],
      [5, 21 * SECTOR, 5 * SECTOR, "0x07"],
      [6, 52 * SECTOR, 7 * SECTOR, "0x83"],
    ]);
    expect(issues).toEqual([]);
  });

  it("end where the chain of an extended partition turns back", () => {
    const made = disk(100);
    writeTable(made, 0, [[0x05, 20, 60]]);
    writeTable(made, 20, [
      [0x07, 1, 5],
      [0x05, 30, 20],
    ]);
    writeTable(made, 50, [
      [0x07, 1, 5],
      [0x05, 0, 20],
    ]);
    expect(read(made.bytes).found).toHaveLength(2);
  });

  it("are those of a GPT, or of its backup when the first is damaged", () => {
    const made = disk(100);
    writeTable(made, 0, [[0xee, 1, 99]]);
    writeGpt(made, 1, 2);
    writeGpt(made, 99, 95);
    const expected = [
      {
        number: 3,
        start: 40 * SECTOR,
        size: 10 * SECTOR,
        type: "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7",
        name: "Basic",
      },
    ];
    expect(read(made.bytes)).toEqual({ found: expected, issues: [] });
    made.bytes[2 * SECTOR + 2 * 128 + 3]! ^= 1;
    expect(read(made.bytes)).toEqual({ found: expected, issues: ["gpt-backup"] });
    made.bytes[95 * SECTOR + 2 * 128 + 3]! ^= 1;
    expect(read(made.bytes).issues).toEqual(["gpt-lost"]);
  });

  it("are none where a volume begins", () => {
    const made = disk(20);
    writeTable(made, 0, [[0x07, 2, 10]]);
    made.bytes.set(new TextEncoder().encode("NTFS    "), 3);
    expect(read(made.bytes).found).toBeUndefined();
    expect(read(new Uint8Array(0)).found).toBeUndefined();
  });
});

describe("a volume that is not read", () => {
  it.each([
    [3, "-FVE-FS-", "BitLocker", "recovery password"],
    [0, "LUKS\xba\xbe", "LUKS", "cryptsetup"],
    [512, "LABELONE", "LVM", "vgchange"],
    [32, "NXSB", "APFS", "unlock"],
    [88, "CS", "FileVault", "recovery key"],
    [1080, "\x53\xef", "ext", "mount"],
  ])("at %i %j is named as %s with the way to it", (offset, text, words, fix) => {
    const bytes = new Uint8Array(70_000);
    for (let i = 0; i < text.length; i++) bytes[offset + i] = text.charCodeAt(i);
    const problem = volumeProblem(tellVolumeKind(new MemorySource(bytes)), "");
    expect(problem.problem).toContain(words);
    expect(problem.fix).toContain(fix);
  });
});
