import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Issue } from "../../../src/model/issue.ts";
import { adler32 } from "../../../src/sources/disks/adler32.ts";
import { ewf2SegmentName } from "../../../src/sources/disks/ewf2-segments.ts";
import { isProblem } from "../../../src/sources/source-problem.ts";
import { type ForgedImage, openForged } from "../../support/forge-disk-image.ts";
import { forgeEwf2 } from "../../support/forge-ewf2.ts";
import { temporaryFolder } from "../../support/run-cli.ts";

const CHUNK = 32_768;
/** Chunks in turns: text that packs, noise that does not, zeros. */
const disk = new Uint8Array(20 * CHUNK + 512);
for (let at = 0; at < disk.length; at++) {
  const kind = Math.floor(at / CHUNK) % 3;
  disk[at] =
    kind === 0 ? (at >> 7) % 97 : kind === 1 ? (Math.imul(at, 2_654_435_761) >>> 24) & 255 : 0;
}
const image = forgeEwf2(disk);

function changed(name: string, change: (bytes: Uint8Array, view: DataView) => void): ForgedImage {
  const bytes = image.files.get(name)!.slice();
  change(bytes, new DataView(bytes.buffer));
  return { ...image, files: new Map(image.files).set(name, bytes) };
}

/** Changes a section descriptor of the first segment, counted from the end, and its checksum with it. */
function reworded(fromEnd: number, change: (view: DataView, at: number) => void): ForgedImage {
  return changed("disk.Ex01", (bytes, view) => {
    let at = bytes.length - 64;
    for (let left = fromEnd; left > 0; left--) at = Number(view.getBigUint64(at + 8, true));
    change(view, at);
    view.setUint32(at + 60, adler32(bytes, at, at + 60), true);
  });
}

async function opened(one: ForgedImage, issues: Issue[] = []) {
  const result = await openForged(one, issues);
  if (isProblem(result)) throw new Error(result.problem);
  return result;
}

describe("an Ex01 image", () => {
  it("tells case, examiner, segments and the hash that its maker stored", async () => {
    const { facts } = await opened(image);
    expect(facts).toEqual({
      segments: "2",
      case: "case 7",
      "evidence number": "2",
      examiner: "user.one",
      "acquired on": "Linux",
      "stored md5": createHash("md5").update(disk).digest("hex"),
    });
  });

  it("does not give out a stored chunk whose checksum is wrong, and gives the others", async () => {
    const one = changed("disk.Ex01", (bytes) => {
      const at = Buffer.from(bytes).indexOf(Buffer.from(disk.subarray(CHUNK, CHUNK + 64)));
      expect(at).toBeGreaterThan(0);
      bytes[at + 5]! ^= 1;
    });
    const { disk: source } = await opened(one);
    const target = new Uint8Array(512);
    expect(() => source.read(CHUNK + 512, target, 0, 512)).toThrow(
      /chunk 1 .* does not fit its checksum/,
    );
    expect(source.read(0, target, 0, 512)).toBe(512);
    expect(source.read(2 * CHUNK, target, 0, 512)).toBe(512);
  });

  it("says which chunks are missing when a segment file is, or is of another image", async () => {
    const without = new Map(image.files);
    without.delete("disk.Ex02");
    const other = changed("disk.Ex02", (bytes) => bytes.fill(1, 16, 32));
    for (const one of [{ ...image, files: without }, other]) {
      const issues: Issue[] = [];
      const { disk: source } = await opened(one, issues);
      expect(issues.at(-1)?.message).toMatch(/11 of 21 chunks are in the 1 seg/);
      expect(() => source.read(15 * CHUNK, new Uint8Array(512), 0, 512)).toThrow(
        /in no segment file at hand/,
      );
    }
    const issues: Issue[] = [];
    await opened(other, issues);
    expect(issues[0]?.message).toContain("disk.Ex02 is a segment of another image");
  });

  it("is read as far as it goes when the end of a segment is torn off", async () => {
    const issues: Issue[] = [];
    const one = changed("disk.Ex01", () => {});
    const torn = one.files.get("disk.Ex01")!.slice(0, -100);
    const files = new Map(one.files).set("disk.Ex01", torn);
    const { disk: source } = await opened({ ...one, files }, issues);
    expect(issues[0]?.message).toContain("the end of disk.Ex01 is torn off");
    const target = new Uint8Array(512);
    expect(source.read(18 * CHUNK, target, 0, 512)).toBe(512);
  });

  it("that is encrypted, packed with bzip2, or not the first segment is named with what to do", async () => {
    const encrypted = reworded(1, (view, at) => view.setUint32(at + 4, 2, true));
    expect(await openForged(encrypted)).toMatchObject({ problem: "is encrypted" });
    const bzip2 = changed("disk.Ex01", (_, view) => view.setUint16(10, 2, true));
    expect(await openForged(bzip2)).toMatchObject({
      problem: expect.stringMatching(/bzip2/),
    });
    expect(await openForged({ ...image, name: "disk.Ex02" })).toMatchObject({
      problem: expect.stringMatching(/is segment 2 of an image/),
    });
  });

  it("has segment files named as EnCase names them", () => {
    const names = [2, 99, 100, 125, 126, 775, 776, 2127].map((n) => ewf2SegmentName("a.Ex01", n));
    expect(names).toEqual([
      ...["a.Ex02", "a.Ex99", "a.ExAA", "a.ExAZ", "a.ExBA", "a.ExZZ", "a.EyAA", "a.EzZZ"],
    ]);
    expect(ewf2SegmentName("a.Ex01", 2128)).toBeUndefined();
  });

  it("as forged for these tests is read the same by pyewf", (context) => {
    const python = process.env.KONSEKI_PYTHON ?? "python3";
    const folder = temporaryFolder();
    for (const [name, bytes] of image.files) writeFileSync(join(folder, name), bytes);
    const script = `
import hashlib, pyewf, sys
handle = pyewf.handle(); handle.open(pyewf.glob(sys.argv[1]))
left = handle.get_media_size(); digest = hashlib.md5()
while left > 0:
    data = handle.read(min(left, 1000000)); digest.update(data); left -= len(data)
print(digest.hexdigest())`;
    const run = spawnSync(python, ["-c", script, join(folder, "disk.Ex01")], { encoding: "utf8" });
    if (run.error !== undefined || run.stderr.includes("No module named"))
      context.skip("pyewf (PyPI libewf-python) is not installed");
    expect(run.stderr).toBe("");
    expect(run.stdout.trim()).toBe(createHash("md5").update(disk).digest("hex"));
  });
});
