import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { unlinkRecord } from "../support/edit-log.ts";
import { inFolder } from "../support/event-lines.ts";
import { sampleEvent } from "../support/forge-sample.ts";
import { independentReaders } from "../support/independent-readers.ts";
import { expectInert } from "../support/inert.ts";
import { readLog } from "../support/read-log.ts";
import { runCli } from "../support/run-cli.ts";

const CASE = "fixtures/rdp-chain";
const sha256 = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");

interface Cited {
  readonly file: string;
  readonly fileOffset: number;
  readonly recordId: number;
  readonly channel: string;
  readonly host: string;
  readonly copy?: string;
}

function findings(input: string): { readonly id: string; readonly evidence: readonly Cited[] }[] {
  return runCli(["triage", input, "-q", "--format", "jsonl"])
    .stdout.trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === "finding");
}

/** Raw text in System and EventData that acts where it is not taken as text. */
const HOSTILE = "<script>alert(1)</script>\u001b[31m\u202e=cmd|'/c calc'!A1\u0000../../x";

function hostileLog(folder: string): string {
  const source = join(folder, "hostile.evtx");
  const payload = {
    kind: "userData" as const,
    root: {
      name: "LogFileCleared",
      attributes: [["xmlns", "http://manifests.microsoft.com/win/2004/08/windows/eventlog"]] as [
        string,
        string,
      ][],
      children: [{ name: "SubjectUserName", children: [{ content: HOSTILE }] }],
    },
  };
  const cleared = sampleEvent({ provider: "Microsoft-Windows-Eventlog", id: 1102, payload });
  writeFileSync(source, forgeLog([cleared]));
  return source;
}

describe("triage --evtx", () => {
  it("writes the cited records and their neighbours as one log that says the same of them", () => {
    inFolder((folder) => {
      const file = join(folder, "flagged.evtx");
      const run = runCli([
        "triage",
        CASE,
        "--evtx",
        file,
        "--neighbours",
        "1",
        "-o",
        "/dev/null",
        "-C",
      ]);
      expect(run.code).toBe(0);
      const cited = new Map(
        findings(CASE).flatMap(({ evidence }) =>
          evidence.map((ref) => [`${ref.file} ${ref.fileOffset}`, ref] as const),
        ),
      );
      const dumped = (path: string): string[] =>
        runCli(["dump", path, "--format", "jsonl"]).stdout.trimEnd().split("\n");
      const copies = new Set(dumped(file));
      const neighbours = copies.size - cited.size;
      expect(run.stderr).toContain(
        `${file}: ${cited.size} flagged records, ${neighbours} neighbours`,
      );
      expect(neighbours).toBeGreaterThan(0);
      const logs = new Set([...cited.values()].map((ref) => ref.file));
      const originals = [...logs].flatMap(dumped);
      // Every copy is a line of one of the logs, and every cited record has its copy.
      expect([...copies].filter((line) => !originals.includes(line))).toEqual([]);
      for (const { channel, recordId, host } of cited.values())
        expect(
          [...copies].filter(
            (line) =>
              line.includes(`"EventRecordID":${recordId}`) &&
              line.includes(`"Channel":"${channel}"`) &&
              line.includes(`"Computer":"${host}"`),
          ),
        ).toHaveLength(1);
      expect(readLog(readFileSync(file)).issues).toEqual([]);
      expect(findings(file).length).toBeGreaterThan(10);
    });
  });

  describe.each(independentReaders)("read by $name", ({ missing, read }) => {
    it.skipIf(missing !== "")(`holds the same events as konseki reads${missing}`, () => {
      inFolder((folder) => {
        const file = join(folder, "flagged.evtx");
        runCli(["triage", CASE, "-q", "--evtx", file, "-o", join(folder, "r.txt")]);
        const ids = readLog(readFileSync(file)).json.map((line) =>
          String(JSON.parse(line).Event.System.EventRecordID),
        );
        expect(read(file).map(({ system }) => system.EventRecordID)).toEqual(ids);
      });
    });
  });

  it("copies a record too that was hidden in another one, and so does --evidence", () => {
    inFolder((folder) => {
      const log = join(folder, "Security.evtx");
      writeFileSync(log, unlinkRecord(readFileSync(`${CASE}/DC-01/Security.evtx`), 240333n));
      const [file, pack] = [join(folder, "flagged.evtx"), join(folder, "pack")];
      const outputs = ["--evtx", file, "--evidence", pack, "--min-severity", "critical"];
      const run = runCli(["triage", log, ...outputs, "-o", join(folder, "report")]);
      expect(run.stderr).toContain("2 flagged records");
      const [finding] = readdirSync(pack).filter((name) => name !== "manifest.json");
      const records = readdirSync(join(pack, finding!, "records"));
      expect(records.filter((name) => name.endsWith(".bin"))).toHaveLength(2);
      const hidden = readLog(readFileSync(`${CASE}/DC-01/Security.evtx`)).json[2]!;
      expect(hidden).toContain('"EventRecordID":240333');
      expect(readLog(readFileSync(file)).json).toContain(hidden);
    });
  });

  it("refuses a place in the evidence, a file that exists, and neighbours that are no number", () => {
    inFolder((folder) => {
      const logs = join(folder, "logs");
      mkdirSync(logs);
      const exists = join(folder, "there.evtx");
      writeFileSync(exists, "");
      expect(runCli(["triage", logs, "--evtx", join(logs, "x.evtx")]).code).toBe(2);
      expect(runCli(["triage", CASE, "--evtx", exists]).code).toBe(2);
      expect(runCli(["triage", CASE, "--evtx", join(folder, "n"), "--neighbours", "-1"]).code).toBe(
        2,
      );
      expect(readdirSync(logs)).toEqual([]);
      expect(existsSync(join(folder, "n"))).toBe(false);
    });
  });

  it("says of a text export that it has no records to copy, and writes the log without them", () => {
    inFolder((folder) => {
      const source = join(folder, "events.jsonl");
      writeFileSync(
        source,
        runCli(["dump", `${CASE}/DC-01/Security.evtx`, "--format", "jsonl"]).stdout,
      );
      const file = join(folder, "flagged.evtx");
      const run = runCli(["triage", source, "--evtx", file, "-o", join(folder, "r.txt")]);
      expect(run.stderr).toContain("stand in a text export");
      expect(readLog(readFileSync(file)).json).toEqual([]);
    });
  });

  it("copies hostile text as it is", () => {
    inFolder((folder) => {
      const file = join(folder, "flagged.evtx");
      const source = hostileLog(folder);
      expect(runCli(["triage", source, "-q", "--evtx", file, "-o", join(folder, "r")]).code).toBe(
        0,
      );
      const { json } = readLog(readFileSync(file));
      expect(json).toEqual(readLog(readFileSync(source)).json);
    });
  });
});

describe("triage --evidence", () => {
  it("keeps for each finding the raw records, their XML, hashes and the rule", () => {
    inFolder((folder) => {
      const pack = join(folder, "pack");
      expect(runCli(["triage", CASE, "-q", "--evidence", pack, "-o", join(folder, "r")]).code).toBe(
        0,
      );
      const manifest = JSON.parse(readFileSync(join(pack, "manifest.json"), "utf8"));
      const present = readdirSync(pack, { recursive: true, encoding: "utf8", withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== "manifest.json")
        .map((entry) => join(entry.parentPath, entry.name).slice(pack.length + 1));
      expect(manifest.files.map(({ path }: { path: string }) => path).sort()).toEqual(
        present.sort(),
      );
      for (const { path, sha256: hash } of manifest.files)
        expect(sha256(readFileSync(join(pack, path))), path).toBe(hash);
      for (const { path, sha256: hash } of manifest.logs)
        expect(sha256(readFileSync(path)), path).toBe(hash);

      const folders = readdirSync(pack).filter((name) => name !== "manifest.json");
      const reported = findings(CASE);
      expect(folders).toHaveLength(reported.length);
      for (const [index, name] of folders.sort().entries()) {
        const finding = JSON.parse(readFileSync(join(pack, name, "finding.json"), "utf8"));
        expect(finding.id).toBe(reported[index]!.id);
        if (finding.rule.text.file !== undefined) {
          const text = readFileSync(join(pack, name, finding.rule.text.file), "utf8");
          expect(sha256(text)).toBe(finding.rule.text.sha256);
          expect(text).toContain(finding.rule.id);
        }
        for (const ref of finding.evidence as Cited[]) {
          const raw = readFileSync(join(pack, ref.copy!));
          const log = readFileSync(ref.file);
          expect(raw.equals(log.subarray(ref.fileOffset, ref.fileOffset + raw.length))).toBe(true);
          expect(raw.readUInt32LE(4)).toBe(raw.length);
          const xml = readFileSync(join(pack, ref.copy!.replace(/bin$/, "xml")), "utf8");
          expect(xml).toContain(`<EventRecordID>${ref.recordId}</EventRecordID>`);
        }
      }
    });
  });

  it("names files safely whatever a log says, and its JSON and XML are inert", () => {
    inFolder((folder) => {
      const pack = join(folder, "pack");
      const source = hostileLog(folder);
      expect(
        runCli(["triage", source, "-q", "--evidence", pack, "-o", join(folder, "r")]).code,
      ).toBe(0);
      const files = readdirSync(pack, { recursive: true, encoding: "utf8" });
      expect(files.length).toBeGreaterThan(5);
      for (const name of files) {
        expect(name).toMatch(/^[A-Za-z0-9./-]+$/);
        if (/\.(json|xml)$/.test(name)) expectInert(readFileSync(join(pack, name), "utf8"));
      }
    });
  });

  it("refuses a folder that holds something", () => {
    inFolder((folder) => {
      writeFileSync(join(folder, "x"), "");
      const run = runCli(["triage", CASE, "--evidence", folder]);
      expect(run.code).toBe(2);
      expect(run.stderr).toContain("not an empty folder");
    });
  });
});
