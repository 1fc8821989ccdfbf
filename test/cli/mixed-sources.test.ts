import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import type { EvidenceSource } from "../../src/model/evidence-source.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { InputLedger } from "../../src/model/ledger.ts";
import { ntfsFiles } from "../support/evidence-fixture.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";
import { TWELVE_SOURCES, writeTwelveSources } from "../support/twelve-sources.ts";

const folder = temporaryFolder();

beforeAll(() => writeTwelveSources(folder));

it("twelve mixed sources end in one report that names host and source of every finding", () => {
  const run = runCli(["triage", folder, "--format", "json"]);
  const objects = JSON.parse(run.stdout) as ({ type: string } & Record<string, unknown>)[];
  const inputs = objects.filter(({ type }) => type === "input") as unknown as InputLedger[];
  const source = (path: string): string | undefined =>
    TWELVE_SOURCES.find((name) => path.startsWith(join(folder, name)));
  for (const name of TWELVE_SOURCES)
    expect(
      inputs.some(({ path }) => source(path) === name),
      name,
    ).toBe(true);

  const expected = ntfsFiles().filter(({ path, deleted }) => path.endsWith(".evtx") && !deleted);
  for (const name of TWELVE_SOURCES.slice(4, 11)) {
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

  const sources = objects.filter(({ type }) => type === "source") as unknown as EvidenceSource[];
  expect(sources.map(({ path }) => path.slice(folder.length + 1)).sort()).toEqual(
    [
      ...TWELVE_SOURCES.slice(0, 5),
      "06/disk.E01",
      "07/disk.vhd",
      "08/disk.vhdx",
      "09/disk.vmdk",
      "10/disk.qcow2",
      "11/disk.001",
      "12.E01",
    ].sort(),
  );
  const of = (name: string): EvidenceSource =>
    sources.find(({ path }) => path.startsWith(join(folder, name)))!;
  expect(of("02.zip").hosts.map(({ host }) => host)).toEqual(["WS-01.corp.example"]);
  expect(of("05.dd").conflicts?.join("\n")).toMatch(/is in \d+ other sources too/);
});
