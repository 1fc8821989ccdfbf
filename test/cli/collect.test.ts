import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { CollectionManifest } from "../../src/node/collection-manifest.ts";
import { ntfsFiles, ntfsImage, sha256Of } from "../support/evidence-fixture.ts";
import { forgeZip } from "../support/forge-archive.ts";
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

  it("keeps what was known of each log: triage of it tells the same as of the image, also when it is collected again", () => {
    interface Input {
      readonly type: string;
      readonly path: string;
      readonly sha256: string;
      readonly mft?: object;
      readonly evidence?: { readonly inside: readonly string[] };
    }
    const facts = (path: string): unknown[] => {
      const objects: Input[] = JSON.parse(runCli(["triage", path, "--format", "json"]).stdout);
      const inputs = objects.filter(({ type }) => type === "input");
      expect(inputs.length).toBeGreaterThan(5);
      return inputs.map(({ sha256, mft }) => JSON.stringify([sha256, mft])).sort();
    };
    const [zip, folder, third] = ["kept.zip", "kept", "third.zip"].map((name) => join(base, name));
    expect(runCli(["collect", image, "-o", zip!]).code).toBe(0);
    expect(runCli(["collect", zip!, "-o", folder!]).code).toBe(0);
    expect(runCli(["collect", folder!, "-o", third!]).code).toBe(0);
    const expected = facts(image);
    for (const collection of [zip!, folder!, third!]) expect(facts(collection)).toEqual(expected);
    const [file] = manifestOf(folder!).files;
    expect(file?.before?.source).toMatch(/disk\.dd!\/.*\.evtx$/);
    expect(file?.evidence?.inside.join("\n")).toContain("NTFS");
    expect(file?.mft?.entry).toBeGreaterThan(0);
  });

  it("of which a log was changed says so in triage, and gives it none of the manifest's facts", () => {
    const out = join(base, "tampered");
    runCli(["collect", image, "-o", out]);
    const { file } = manifestOf(out).files.find(({ size }) => size >= 69_632)!;
    const bytes = readFileSync(join(out, file));
    bytes[5000] = bytes[5000]! ^ 1;
    writeFileSync(join(out, file), bytes);
    const objects: {
      type: string;
      path?: string;
      mft?: object;
      issueCounts?: Record<string, number>;
    }[] = JSON.parse(runCli(["triage", out, "--format", "json"]).stdout);
    const inputs = objects.filter(({ type }) => type === "input");
    const changed = inputs.filter(({ issueCounts }) => issueCounts?.["collection-changed"] === 1);
    expect(changed.map(({ path }) => path)).toEqual([join(out, file)]);
    expect(changed[0]?.mft).toBeUndefined();
    expect(inputs.filter(({ mft }) => mft !== undefined)).toHaveLength(inputs.length - 1);
    const again = runCli(["collect", out, "-o", join(base, "tampered.zip")]);
    expect(again.code).toBe(3);
    expect(again.stderr).toContain("is not as it was collected");
  });

  it("with a forged manifest is read all the same", async () => {
    const out = join(base, "odd-manifest");
    runCli(["collect", "fixtures/rdp-chain/WS-01", "-o", out]);
    const manifest = manifestOf(out);
    const forge = (change: object): void =>
      writeFileSync(
        join(out, "konseki-manifest.json"),
        JSON.stringify({
          ...manifest,
          files: manifest.files.map((each) => ({ ...each, ...change })),
        }),
      );
    for (const change of [
      { evidence: { inside: 7 } },
      { evidence: null },
      { mft: { entry: 1, sequence: 1, deleted: false, standard: { created: 7 }, fileName: null } },
      { mft: null },
      { source: { a: 1 } },
    ]) {
      forge(change);
      const files = ["konseki-manifest.json", ...manifest.files.map(({ file }) => file)];
      const zip = join(temporaryFolder(), "odd.zip");
      const entries = files.map((file) => [file, readFileSync(join(out, file))] as const);
      writeFileSync(zip, await forgeZip(Object.fromEntries(entries)));
      for (const path of [out, zip]) {
        const run = runCli(["triage", path, "--format", "json"]);
        expect([run.code, run.stderr]).toEqual([0, ""]);
      }
    }
  });

  it("of an archive that holds one name twice has both, and triage of it reads both", async () => {
    const log = readFileSync("fixtures/rdp-chain/WS-01/Security.evtx");
    const zip = Buffer.from(await forgeZip({ "dup.evtx": log, "dux.evtx": log }));
    for (let at = zip.indexOf("dux"); at >= 0; at = zip.indexOf("dux", at + 1))
      zip.write("dup", at);
    const twice = join(base, "twice-named.zip");
    writeFileSync(twice, zip);
    const out = join(base, "both.zip");
    expect(runCli(["collect", twice, "-o", out]).code).toBe(0);
    const objects: { type: string; path?: string; status?: string }[] = JSON.parse(
      runCli(["triage", out, "--format", "json"]).stdout,
    );
    const inputs = objects.filter(({ type }) => type === "input");
    expect(inputs.map(({ path, status }) => [path?.replace(/^.*\//, ""), status])).toEqual([
      ["dup (2).evtx", "read"],
      ["dup.evtx", "read"],
    ]);
  });

  it("with a second file of a name, or a link, does not pass", async () => {
    const out = join(base, "linked");
    runCli(["collect", "fixtures/rdp-chain/WS-01", "-o", out]);
    symlinkSync("/etc/hostname", join(out, "files", "link.evtx"));
    const run = runCli(["verify", out]);
    expect([run.code, run.stdout]).toEqual([
      3,
      expect.stringContaining("added: files/link.evtx: a link"),
    ]);
    // Two collections behind each other: the second's files have the first's names.
    const manifest = readFileSync(join(out, "konseki-manifest.json"));
    const { file } = manifestOf(out).files[0]!;
    const twice = join(base, "twice.zip");
    const names = { "konseki-manifest.json": manifest, [file]: readFileSync(join(out, file)) };
    const other = file.replace(/.$/, "_");
    const zip = Buffer.from(await forgeZip({ ...names, [other]: Buffer.from("other") }));
    // The library refuses to write a name twice.
    for (let at = zip.indexOf(other); at >= 0; at = zip.indexOf(other, at + 1)) zip.write(file, at);
    writeFileSync(twice, zip);
    expect(runCli(["verify", twice]).stdout).toContain(`added: ${file}: a second file`);
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
