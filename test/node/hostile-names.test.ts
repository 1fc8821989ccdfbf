import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { collectEvidence } from "../../src/node/collect-evidence.ts";
import { folderSink } from "../../src/node/collection-sink.ts";
import { EvidenceCache } from "../../src/node/evidence-cache.ts";
import { FileSource } from "../../src/node/file-source.ts";
import { findInputs } from "../../src/node/find-inputs.ts";
import { forgeTar, forgeZip } from "../support/forge-archive.ts";
import { Dice } from "../support/mutate-chunk.ts";
import { temporaryFolder } from "../support/run-cli.ts";

/** Parts of names that lead out of a folder, mean devices or links, or that a file system refuses. */
const PARTS = [
  "..",
  ".",
  "",
  "/",
  "\\",
  "C:",
  "C:\\Windows",
  "\\\\server\\share",
  "con",
  "NUL.evtx",
  "com1.txt",
  "aux.",
  "a:b",
  "a\u0001b",
  "\u202egpj.exe",
  "~",
  "$(id)",
  "`id`",
  "-o",
  "x".repeat(300),
  "\ud800",
  "name ",
  "name.",
  "konseki-manifest.json",
  "files",
  "Security",
  "%4",
  "*?",
  "\u001b[2J",
] as const;

function hostileName(dice: Dice): string {
  const parts = Array.from({ length: 1 + dice.below(5) }, () => dice.pick(PARTS));
  return `${parts.join(dice.pick(["/", "\\", "/../"]))}.evtx`;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => `${entry.isFile() ? "file" : "other"} ${join(entry.parentPath, entry.name)}`)
    .sort();
}

it("whatever names an archive gives its logs, what is collected lies in the output folder only, all of it", async () => {
  const log = new Uint8Array(readFileSync("fixtures/rdp-chain/WS-01/Security.evtx"));
  const dice = new Dice(17);
  for (let round = 0; round < 30; round++) {
    const sandbox = temporaryFolder();
    const evidence = join(sandbox, "evidence");
    mkdirSync(evidence);
    const files: Record<string, Uint8Array> = {};
    for (let i = 0; i < 6; i++) files[hostileName(dice)] = log;
    const isZip = round % 2 === 0;
    const path = join(evidence, isZip ? "a.zip" : "a.tar");
    const links = { "link.evtx": "/etc/passwd", "up.evtx": "../../outside.evtx" };
    writeFileSync(path, isZip ? await forgeZip(files) : await forgeTar(files, links));
    const cache = new EvidenceCache();
    const out = join(sandbox, "out");
    const sink = folderSink(out);
    try {
      const inputs = await findInputs([path], cache);
      const manifest = await collectEvidence(inputs, sink, {
        sources: [path],
        version: "0",
        now: new Date(0),
        evidence: cache,
      });
      expect(manifest.problems).toEqual([]);
      expect(manifest.files).toHaveLength(Object.keys(files).length);
    } finally {
      sink.close();
      cache.close();
    }
    const made = filesBelow(sandbox);
    const outside = made.filter((line) => !line.startsWith(`file ${out}/`));
    expect(outside).toEqual([`file ${path}`]);
    expect(made).toHaveLength(1 + Object.keys(files).length + 1);
  }
});

it("a place that no file can have is behind the end of a file", () => {
  const source = new FileSource("fixtures/rdp-chain/WS-01/Security.evtx");
  const target = new Uint8Array(16);
  for (const position of [source.size, 2 ** 53, 2 ** 64 - 2048, -1])
    expect(source.read(position, target, 0, target.length)).toBe(0);
  source.close();
});
