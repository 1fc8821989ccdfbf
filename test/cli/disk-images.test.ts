import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { type ByteSource, MemorySource } from "../../src/base/byte-source.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { InputLedger } from "../../src/model/ledger.ts";
import { findNtfsFiles } from "../../src/sources/ntfs/find-ntfs-files.ts";
import { NtfsVolume } from "../../src/sources/ntfs/ntfs-volume.ts";
import { isProblem } from "../../src/sources/source-problem.ts";
import { ntfsFiles, ntfsImage, readAll, sha256Of } from "../support/evidence-fixture.ts";
import { forgeShadows } from "../support/forge-shadows.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const folder = temporaryFolder();
const image = join(folder, "disk.dd");

beforeAll(() => writeFileSync(image, ntfsImage()));

it("triage of a disk image is that of the logs on it, each with its path, hash and MFT entry", () => {
  const run = runCli(["triage", image, "--format", "json"]);
  const objects: { type: string; title: string }[] = JSON.parse(run.stdout);
  const inputs = objects.filter(({ type }) => type === "input") as unknown as InputLedger[];
  for (const { path, entry, deleted, sha256 } of ntfsFiles().filter(({ path }) =>
    /\.evtx$/.test(path),
  )) {
    const input = inputs.find(({ mft, path: at }) => mft?.entry === entry && at.endsWith(path));
    expect(input, path).toMatchObject({ sha256, mft: { deleted } });
  }
  const folderRun = runCli(["triage", "fixtures/rdp-chain/DC-01", "--format", "json"]);
  const titles = (text: string): string[] =>
    (JSON.parse(text) as typeof objects).flatMap(({ type, title }) =>
      type === "finding" ? [title] : [],
    );
  expect(titles(run.stdout)).toEqual(expect.arrayContaining(titles(folderRun.stdout)));
});

it("one log of an image can be named by its path inside, in any case and with backslashes", () => {
  const inside = `${image}!/Windows/System32/winevt/Logs/Security.evtx`;
  const plain = runCli(["dump", "fixtures/rdp-chain/DC-01/Security.evtx"]);
  expect(runCli(["dump", inside])).toEqual(plain);
  expect(runCli(["dump", `${image}!\\windows\\system32\\winevt\\logs\\SECURITY.EVTX`])).toEqual(
    plain,
  );
  const folderInside = runCli(["info", `${image}!/Windows/System32/winevt`, "--format", "json"]);
  expect(JSON.parse(folderInside.stdout)).toHaveLength(5);
});

it("what is not there or cannot be read is named and does not stop the rest", () => {
  const locked = new Uint8Array(1024 * 1024);
  locked.set(new TextEncoder().encode("-FVE-FS-"), 3);
  writeFileSync(join(folder, "locked.dd"), locked);
  const missing = runCli(["dump", `${image}!/nowhere/Security.evtx`]);
  expect(missing.code).toBe(3);
  expect(missing.stderr).toContain("holds no log of this name");
  const run = runCli(["triage", folder, "--format", "json"]);
  expect(run.code).toBe(3);
  expect(run.stderr).toMatch(/locked\.dd.*BitLocker volume: unlock it/);
  expect(JSON.parse(run.stdout).length).toBeGreaterThan(10);
});

it("a shadow copy gives what was in a log before it was overwritten, and what both have counts once", () => {
  const before = ntfsImage();
  const now = before.slice();
  const security = ntfsFiles().find(({ path }) => path.endsWith("Logs/Security.evtx"))!;
  const [log] = findNtfsFiles(openVolume(before), {
    wantsName: (name) => name === "Security.evtx",
    wants: () => true,
    byContent: false,
  });
  const start = log!.open() as ByteSource;
  const content = readAll(start);
  expect(sha256Of(content)).toBe(security.sha256);
  const at = Buffer.from(before).indexOf(content.subarray(0, 4608));
  now.fill(0, at, at + content.length);
  const file = join(temporaryFolder(), "shadow.dd");
  writeFileSync(file, forgeShadows([before, now]));
  const counts = (path: string): Map<string, number> =>
    new Map(
      (JSON.parse(runCli(["triage", path, "--format", "json"]).stdout) as Finding[]).flatMap(
        ({ title, count }): [string, number][] => (count === undefined ? [] : [[title, count]]),
      ),
    );
  const shadowed = counts(file);
  expect(shadowed).toEqual(counts(image));
  const inside = runCli(["info", `${file}!/$Shadow1/Windows/System32/winevt/Logs/Security.evtx`]);
  expect(inside.stdout).toContain(security.sha256);
  expect(inside.stdout).toMatch(/shadow copy of\s+2026-03-02T08:00:00/);
});

function openVolume(bytes: Uint8Array): NtfsVolume {
  const volume = NtfsVolume.open(new MemorySource(bytes), "image", () => {});
  if (isProblem(volume)) throw new Error(volume.problem);
  return volume;
}
