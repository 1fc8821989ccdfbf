import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MemorySource } from "../../../src/base/byte-source.ts";
import { BinXmlError } from "../../../src/evtx/binxml/binxml-error.ts";
import type { BodyReader } from "../../../src/evtx/binxml/body-reader.ts";
import type { Program } from "../../../src/evtx/binxml/program.ts";
import type { ValueTable } from "../../../src/evtx/binxml/value-table.ts";
import { SharedCaches } from "../../../src/evtx/log-scan.ts";
import { CandidateFinder } from "../../../src/evtx/recover/find-candidates.ts";
import { RecoveredReader } from "../../../src/evtx/recover/recovered-record.ts";
import { TemplateLibrary } from "../../../src/evtx/recover/template-library.ts";
import { TemplateProof } from "../../../src/evtx/recover/template-proof.ts";
import { scanLog } from "../../../src/evtx/scan-log.ts";
import { haveSamples, noSamplesReason, samplePath } from "../../support/samples.ts";

const HEADER = 4096;
const CHUNK = 65_536;
/** u32 next | GUID | u32 size, and then the body, which begins with a fragment header. */
const DEFINITION_HEADER = 24;
const FRAGMENT_HEADER = [0x0f, 0x01, 0x01, 0x00];

/** Takes down the templates that records ask for and that are nowhere proved. */
class NotingProof extends TemplateProof {
  readonly missing: Set<number>;

  constructor(own: TemplateLibrary, library: TemplateLibrary, missing: Set<number>) {
    super(own, library);
    this.missing = missing;
  }

  override elsewhere(id: number, values: ValueTable, isEmbedded: boolean): Program {
    const program = super.elsewhere(id, values, isEmbedded);
    if (this.origins.at(-1) === "none") this.missing.add(id >>> 0);
    return program;
  }
}

describe.skipIf(!haveSamples)(
  `templates of real logs ${haveSamples ? "" : noSamplesReason}`,
  () => {
    const files = readFileSync(samplePath("expected", "records.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => String(JSON.parse(line).file));

    it("that a record lacks stand nowhere in any of the logs with names that fit their hashes", () => {
      const library = new SharedCaches();
      for (const file of files)
        scanLog(new MemorySource(bytesOf(file)), file, { onRecord() {} }, learning(library));
      const missing = new Set<number>();
      for (const file of files) noteMissing(file, library.library, missing);
      expect(missing.size).toBeGreaterThan(300);

      let candidates = 0;
      const provable: string[] = [];
      for (const file of files)
        eachChunk(file, (bytes, view, { reader, strict }) => {
          let begun = false;
          for (const at of definitionsIn(bytes)) {
            const id = view.getUint32(at + 4, true);
            if (!missing.has(id)) continue;
            candidates++;
            if (!begun) for (const each of [reader, strict]) each.startChunk(bytes, view);
            begun = true;
            try {
              strict.programAt(at);
              provable.push(`${file}: ${id.toString(16)} at ${at}`);
            } catch (error) {
              if (!(error instanceof BinXmlError)) throw error;
            }
          }
        });
      expect(candidates).toBeGreaterThan(300);
      expect(provable).toEqual([]);
    }, 60_000);
  },
);

function learning(shared: SharedCaches) {
  return { shared, learnTemplates: true } as const;
}

function noteMissing(file: string, library: TemplateLibrary, missing: Set<number>): void {
  const shared = new SharedCaches();
  const source = new MemorySource(bytesOf(file));
  const { residue } = scanLog(source, file, { onRecord() {} }, learning(shared));
  const slackFrom = new Map(residue.chunks.map((chunk) => [chunk.slot, chunk.slackFrom]));
  const proof = new NotingProof(shared.library, library, missing);
  const strict = shared.provingReader(proof);
  const finder = new CandidateFinder(shared.reader, strict);
  const recovered = new RecoveredReader(strict, proof);
  const bytes = new Uint8Array(CHUNK);
  const view = new DataView(bytes.buffer);
  for (const [slot, from] of slackFrom) {
    const length = source.read(HEADER + slot * CHUNK, bytes, 0, CHUNK);
    bytes.fill(0, length);
    for (const each of [shared.reader, strict]) each.startChunk(bytes, view);
    for (const candidate of finder.find(length, from)) recovered.read(candidate, false);
  }
}

function eachChunk(
  file: string,
  visit: (
    bytes: Uint8Array,
    view: DataView,
    readers: { readonly reader: BodyReader; readonly strict: BodyReader },
  ) => void,
): void {
  const log = bytesOf(file);
  const shared = new SharedCaches();
  const strict = shared.provingReader(new TemplateProof(new TemplateLibrary()));
  for (let at = HEADER; at < log.length; at += CHUNK) {
    const bytes = new Uint8Array(CHUNK);
    bytes.set(log.subarray(at, at + CHUNK));
    visit(bytes, new DataView(bytes.buffer), { reader: shared.reader, strict });
  }
}

/** Where a definition may begin, by the begin of its body alone. */
function* definitionsIn(bytes: Uint8Array): Generator<number> {
  for (let at = bytes.indexOf(0x0f); at >= 0; at = bytes.indexOf(0x0f, at + 1))
    if (at >= DEFINITION_HEADER && FRAGMENT_HEADER.every((byte, i) => bytes[at + i] === byte))
      yield at - DEFINITION_HEADER;
}

function bytesOf(file: string): Uint8Array {
  return readFileSync(samplePath("samples", file));
}
