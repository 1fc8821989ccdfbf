import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";

interface KeyEvent {
  readonly file: string;
  readonly record: string;
  readonly what: string;
}

/** Kinds of which every record has to be in a finding's evidence. */
const MUST = new Set([
  "log cleared",
  "rdp connection",
  "rdp logon from loopback (tunnel)",
  "privileged group member added",
  "directory replication right used",
  "sid history",
  "dsrm password",
]);

function keyEvents(): KeyEvent[] {
  const [, ...rows] = readFileSync(samplePath("expected/key-events.csv"), "utf8")
    .trim()
    .split(/\r?\n/);
  return rows.map((row) => {
    const cells = [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      (m) => m[1] ?? m[2] ?? "",
    );
    const [file, record, , , what] = cells as [string, string, string, string, string];
    return { file, record, what };
  });
}

describe.skipIf(!haveSamples)(
  `triage of the sample logs (${haveSamples ? "present" : noSamplesReason})`,
  () => {
    it("every key event of the sample logs is evidence of a finding", () => {
      const { stdout } = runCli(["triage", samplePath("samples"), "--jsonl", "-q"]);
      const cited = new Set<string>();
      for (const line of stdout.trim().split("\n")) {
        const object = JSON.parse(line) as {
          type: string;
          evidence?: { file: string; recordId: number }[];
        };
        for (const { file, recordId } of object.evidence ?? []) cited.add(`${file}|${recordId}`);
      }
      const events = keyEvents().filter(({ what }) => MUST.has(what));
      expect(events.length).toBeGreaterThan(60);
      const missed = events.filter(
        ({ file, record }) => !cited.has(`${samplePath("samples", file)}|${record}`),
      );
      expect(missed).toEqual([]);
    });
  },
);
