import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ReportFormat, reportFormat } from "../../src/report/formats.ts";
import { type FormatReader, formatReaders } from "../support/format-readers.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";
import { hostileReport, sampleReport } from "../support/sample-report.ts";

const LOGS = ["fixtures/rdp-chain", "fixtures/domain-admin", "fixtures/ssh-and-services"];
const folder = temporaryFolder();

interface Case {
  readonly format: string;
  /** The name's end tells some readers what the file is. */
  readonly file: string;
  readonly reader: FormatReader;
  /** How many things of the reader the export of forged logs holds. */
  readonly things: (text: string) => number;
}

const lines = (text: string) => text.trimEnd().split("\n").length;
const CASES: readonly Case[] = [
  {
    format: "stix",
    file: "bundle.json",
    reader: formatReaders.stixValidator,
    things: (text) => JSON.parse(text).objects.length,
  },
  {
    format: "stix",
    file: "bundle.json",
    reader: formatReaders.stix2,
    things: (text) => JSON.parse(text).objects.length,
  },
  { format: "ocsf", file: "ocsf.jsonl", reader: formatReaders.ocsf, things: lines },
  {
    format: "navigator",
    file: "layer.json",
    reader: formatReaders.navigator,
    things: (text) => JSON.parse(text).techniques.length,
  },
  {
    format: "junit",
    file: "junit.xml",
    reader: formatReaders.junit,
    things: (text) => text.match(/<testcase /g)!.length,
  },
  {
    format: "sarif",
    file: "konseki.sarif",
    reader: formatReaders.sarif,
    things: (text) => JSON.parse(text).runs[0].results.length,
  },
  {
    format: "timesketch-jsonl",
    file: "timesketch.jsonl",
    reader: formatReaders.timesketch,
    things: lines,
  },
  {
    format: "timesketch-csv",
    file: "timesketch.csv",
    reader: formatReaders.timesketch,
    things: (text) => lines(text) - 1,
  },
];

describe("exports in the formats' own readers", () => {
  const format = (name: string): ReportFormat => reportFormat(name)!;

  for (const { format: name, file, reader, things } of CASES) {
    const skipped = reader.missing === "" ? "" : ` (skipped: ${reader.missing})`;
    it.skipIf(reader.missing !== "")(
      `${name} of forged logs is read whole by ${reader.name}${skipped}`,
      () => {
        const path = join(folder, file);
        const run = runCli(["triage", ...LOGS, "--format", name, "-o", path, "--clobber"]);
        expect(run.code, run.stderr).toBe(0);
        const expected = things(readFileSync(path, "utf8"));
        expect(expected).toBeGreaterThan(5);
        expect(reader.read(path)).toEqual({ objections: [], read: expected });
      },
      60_000,
    );

    it.skipIf(reader.missing !== "")(
      `${name} of a hostile report is read by ${reader.name}${skipped}`,
      () => {
        for (const report of [hostileReport(), sampleReport(8, 20)]) {
          const path = join(folder, file);
          writeFileSync(path, format(name).render(report, { lang: "en" }));
          expect(reader.read(path).objections).toEqual([]);
        }
      },
      60_000,
    );
  }
});
