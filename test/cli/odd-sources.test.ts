import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { InputLedger } from "../../src/model/ledger.ts";
import { ntfsImage } from "../support/evidence-fixture.ts";
import { forgeHostHives } from "../support/forge-hive.ts";
import { forgeShadows } from "../support/forge-shadows.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

/** An image with one NTFS partition that begins at sector 2048. */
function partitioned(volume: Uint8Array): Uint8Array {
  const disk = new Uint8Array(2048 * 512 + volume.length);
  const view = new DataView(disk.buffer);
  disk[446 + 4] = 7;
  view.setUint32(446 + 8, 2048, true);
  view.setUint32(446 + 12, volume.length / 512, true);
  view.setUint16(510, 0xaa55, true);
  disk.set(volume, 2048 * 512);
  return disk;
}

/** Twelve sources beyond plain containers, three of them broken or locked; returns their folder. */
function mixedSources(): string {
  const folder = join(temporaryFolder(), "evidence");
  mkdirSync(folder);
  const put = (name: string, bytes: Uint8Array): void => writeFileSync(join(folder, name), bytes);
  const volume = ntfsImage();
  const disk = partitioned(volume);
  put("01-volume.dd", volume);
  put("02-disk.raw", disk);
  put("03-shadow.img", forgeShadows([volume, volume]));
  for (const [at, part] of [disk.subarray(0, 8 << 20), disk.subarray(8 << 20)].entries())
    put(`04-split.00${at + 1}`, part);
  put("05-cut-off.dd", disk.subarray(0, 5 << 20));
  const locked = new Uint8Array(1 << 20);
  locked.set(new TextEncoder().encode("-FVE-FS-"), 3);
  put("06-locked.dd", locked);
  put("07-zeros.dd", new Uint8Array(1 << 20));
  cpSync("fixtures/rdp-chain/WS-01", join(folder, "08-folder"), { recursive: true });
  const host = join(folder, "09-mounted");
  mkdirSync(join(host, "Windows/System32/config"), { recursive: true });
  for (const [name, bytes] of Object.entries(forgeHostHives()))
    writeFileSync(join(host, "Windows/System32/config", name), bytes);
  cpSync("fixtures/rdp-chain/SRV-01", join(host, "Windows/System32/winevt/Logs"), {
    recursive: true,
  });
  runCli(["collect", "fixtures/rdp-chain/DC-01", "-o", join(folder, "10-collected")]);
  cpSync(
    "fixtures/rdp-chain/WS-01",
    join(folder, "Collection-WS-01.corp.example-2026-03-02T08_30_00Z"),
    { recursive: true },
  );
  cpSync("fixtures/rdp-chain/WS-01/Security.evtx", join(folder, "12-renamed.bin"));
  return folder;
}

it("partitions, shadow copies, split and locked disks, collections and folders give one ranked report; broken ones stop no other", () => {
  const folder = mixedSources();
  const store = join(temporaryFolder(), "case");
  const args = ["triage", folder, "--format", "json", "--case", store];
  const run = runCli(args);
  expect(run.code).toBe(3);
  for (const name of ["05-cut-off.dd", "06-locked.dd", "07-zeros.dd"])
    expect(run.stderr).toContain(name);
  expect(run.stderr).toContain("BitLocker");
  const objects: { type: string }[] = JSON.parse(run.stdout);
  const ofType = <T>(wanted: string): T[] =>
    objects.filter(({ type }) => type === wanted) as unknown as T[];
  const findings = ofType<Finding>("finding");
  expect(findings.length).toBeGreaterThan(5);
  for (const { hosts, evidence, title } of findings) {
    expect(hosts.join(), title).not.toBe("");
    for (const { file } of evidence) expect(file.startsWith(folder), title).toBe(true);
  }
  const read = ofType<InputLedger>("input").filter(({ status }) => status === "read");
  for (const source of ["01-", "02-", "03-", "04-", "08-", "09-", "10-", "Collection-", "12-"])
    expect(read.some(({ path }) => path.startsWith(join(folder, source)))).toBe(true);
  // Nothing is done twice: the second run takes all of it from the first, and says the same.
  const again = runCli(args);
  expect(again.stderr).toMatch(/ 0 logs read, \d+ taken from an earlier run/);
  expect(again.stdout).toBe(run.stdout);
});

it("a split image without one of its parts names the part, and the logs that lie in it", () => {
  const folder = temporaryFolder();
  const volume = ntfsImage();
  const quarter = Math.ceil(volume.length / 4 / 512) * 512;
  for (const number of [1, 3, 4])
    writeFileSync(
      join(folder, `disk.00${number}`),
      volume.subarray((number - 1) * quarter, number * quarter),
    );
  const { code, stderr } = runCli(["triage", join(folder, "disk.001")]);
  expect(code).toBe(3);
  expect(stderr).toContain(`disk.002 is missing: ${quarter} bytes of the disk cannot be read`);
  expect(stderr).toContain("its bytes could not be read from the image");
});
