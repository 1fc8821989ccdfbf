import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { InputLedger } from "../../src/model/ledger.ts";
import { ntfsFiles, ntfsImage } from "../support/evidence-fixture.ts";
import { type Files, forgeTar, forgeZip } from "../support/forge-archive.ts";
import {
  type ForgedImage,
  forgeDynamicVhd,
  forgeEwf,
  forgeQcow2,
  forgeSplit,
  forgeStreamVmdk,
  forgeVhdx,
} from "../support/forge-disk-image.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const folder = temporaryFolder();
const disk = ntfsImage();

function hostLogs(host: string): Files {
  const from = join("fixtures/rdp-chain", host);
  return Object.fromEntries(
    readdirSync(from).map((name) => [
      `${host}/${name}`,
      new Uint8Array(readFileSync(join(from, name))),
    ]),
  );
}

function write(at: string, image: ForgedImage): void {
  mkdirSync(join(folder, at));
  for (const [name, bytes] of image.files) writeFileSync(join(folder, at, name), bytes);
}

/** Twelve sources, one of them broken. */
beforeAll(async () => {
  cpSync("fixtures/ssh-and-services", join(folder, "01-folder"), { recursive: true });
  writeFileSync(join(folder, "02.zip"), await forgeZip(hostLogs("WS-01")));
  writeFileSync(join(folder, "03.tar"), await forgeTar(hostLogs("SRV-01")));
  writeFileSync(join(folder, "04.tar.gz"), gzipSync(await forgeTar(hostLogs("DC-01"))));
  writeFileSync(join(folder, "05.dd"), disk);
  write("06", forgeEwf(disk));
  write("07", forgeDynamicVhd(disk));
  write("08", forgeVhdx(disk));
  write("09", forgeStreamVmdk(disk));
  write("10", forgeQcow2(disk));
  write("11", forgeSplit(disk));
  writeFileSync(join(folder, "12.E01"), forgeEwf(disk).files.get("disk.E01")!.slice(0, 5000));
});

const SOURCES = [
  "01-folder",
  "02.zip",
  "03.tar",
  "04.tar.gz",
  "05.dd",
  "06",
  "07",
  "08",
  "09",
  "10",
  "11",
  "12.E01",
];

it("twelve mixed sources end in one report that names host and source of every finding", () => {
  const run = runCli(["triage", folder, "--format", "json"]);
  const objects = JSON.parse(run.stdout) as ({ type: string } & Record<string, unknown>)[];
  const inputs = objects.filter(({ type }) => type === "input") as unknown as InputLedger[];
  const source = (path: string): string | undefined =>
    SOURCES.find((name) => path.startsWith(join(folder, name)));
  for (const name of SOURCES)
    expect(
      inputs.some(({ path }) => source(path) === name),
      name,
    ).toBe(true);

  const expected = ntfsFiles().filter(({ path, deleted }) => path.endsWith(".evtx") && !deleted);
  for (const name of SOURCES.slice(4, 11)) {
    const hashes = new Set(inputs.filter(({ path }) => source(path) === name).map((i) => i.sha256));
    for (const { path, sha256 } of expected) expect(hashes, `${name} ${path}`).toContain(sha256);
  }
  expect(
    inputs.filter(({ path }) => source(path) === "12.E01").every(({ status }) => status !== "read"),
  ).toBe(true);
  expect(run.code).toBe(3);

  const findings = objects.filter(({ type }) => type === "finding") as unknown as Finding[];
  expect(findings.length).toBeGreaterThan(10);
  for (const { title, hosts, evidence } of findings) {
    expect(hosts.length, title).toBeGreaterThan(0);
    for (const { file } of evidence) expect(source(file), `${title}: ${file}`).toBeDefined();
  }
});
