import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { CollectionManifest } from "../../src/node/collection-manifest.ts";
import { ntfsFiles, ntfsImage, sha256Of } from "../support/evidence-fixture.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const base = temporaryFolder();
const image = join(base, "disk.dd");

beforeAll(() => writeFileSync(image, ntfsImage()));

function manifestOf(folder: string): CollectionManifest {
  return JSON.parse(readFileSync(join(folder, "konseki-manifest.json"), "utf8"));
}

describe("a collection", () => {
  it("holds every log of an image byte for byte, with where it lay, and verifies", () => {
    const out = join(base, "folder");
    const run = runCli(["collect", image, "-o", out]);
    expect(run.code).toBe(0);
    const manifest = manifestOf(out);
    const expected = ntfsFiles().filter(({ path }) => path.endsWith(".evtx"));
    expect(manifest.files.map(({ mft, sha256 }) => [mft?.entry, sha256]).sort()).toEqual(
      expected.map(({ entry, sha256 }) => [entry, sha256]).sort(),
    );
    for (const { file, sha256, size } of manifest.files) {
      const bytes = readFileSync(join(out, file));
      expect([bytes.length, sha256Of(bytes)]).toEqual([size, sha256]);
    }
    expect(manifest.sources).toEqual([image]);
    const verified = runCli(["verify", out]);
    expect(verified.stdout).toContain(
      `${expected.length} of ${expected.length} files are as collected`,
    );
    expect(verified.code).toBe(0);
    // What was collected is evidence like any other.
    const again = runCli(["triage", out, "--format", "json"]);
    expect(again.stdout).toContain("Security log cleared");
    expect(again.stdout).not.toContain("konseki-manifest");
  });

  it("that was changed says which file and how", () => {
    const out = join(base, "changed");
    runCli(["collect", "fixtures/rdp-chain/WS-01", "fixtures/rdp-chain/DC-01", "-o", out]);
    const [first, second] = manifestOf(out).files.map(({ file }) => file);
    appendFileSync(join(out, first!), "x");
    rmSync(join(out, second!));
    writeFileSync(join(out, "files", "planted.evtx"), "ElfFile");
    const run = runCli(["verify", out]);
    expect(run.code).toBe(3);
    expect(run.stdout).toContain(`changed: ${first}`);
    expect(run.stdout).toContain(`missing: ${second}`);
    expect(run.stdout).toContain("added: files/planted.evtx");
  });

  it.skipIf(spawnSync("python3", ["--version"]).status !== 0)(
    "as zip is one that other programs unpack to the same bytes",
    () => {
      const out = join(base, "out.zip");
      expect(runCli(["collect", image, "-o", out]).code).toBe(0);
      const listing = execFileSync("python3", [
        "-c",
        "import zipfile,sys,hashlib,json; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps({n: hashlib.sha256(z.read(n)).hexdigest() for n in z.namelist()}))",
        out,
      ]);
      const hashes = Object.values(JSON.parse(listing.toString()));
      for (const { path, sha256 } of ntfsFiles())
        if (path.endsWith(".evtx")) expect(hashes).toContain(sha256);
    },
  );

  it("as zip verifies, and is evidence like any other", () => {
    const out = join(base, "again.zip");
    runCli(["collect", "fixtures/rdp-chain", "-o", out]);
    const verified = runCli(["verify", out]);
    expect(verified.stdout).toMatch(/^13 of 13 files are as collected/);
    expect(verified.code).toBe(0);
    const run = runCli(["triage", out, "--format", "json"]);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("Security log cleared");
  });

  it("is never written into the evidence, over other files, or without a place", () => {
    const evidence = join(base, "evidence");
    mkdirSync(evidence);
    writeFileSync(join(evidence, "disk.dd"), ntfsImage());
    expect(runCli(["collect", evidence, "-o", join(evidence, "out")]).code).toBe(2);
    expect(runCli(["collect", evidence, "-o", base]).stderr).toContain("not empty");
    expect(runCli(["collect", evidence]).code).toBe(2);
    expect(readdirSync(evidence)).toEqual(["disk.dd"]);
  });

  it("without a manifest, or with one that leads out of it, is refused", () => {
    const folder = join(base, "forged");
    mkdirSync(folder);
    expect(runCli(["verify", folder]).stderr).toContain("this is no collection");
    const manifest = {
      format: "konseki-collection",
      version: 1,
      tool: { name: "konseki", version: "0" },
      collected: "2026-03-02T08:00:00.000Z",
      sources: [],
      files: [{ file: "../disk.dd", size: 1, sha256: "0".repeat(64) }],
    };
    writeFileSync(join(folder, "konseki-manifest.json"), JSON.stringify(manifest));
    expect(runCli(["verify", folder]).stdout).toContain("missing: ../disk.dd");
  });
});
