import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { endChunkBefore } from "../support/edit-log.ts";
import { SAMPLE_TIME, sampleEvent } from "../support/forge-sample.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const folder = temporaryFolder();
const at = (second: number) => SAMPLE_TIME + BigInt(second) * 10_000_000n;
const whole = forgeLog([
  ...Array.from({ length: 20 }, (_, i) => sampleEvent({ time: at(i) })),
  sampleEvent({
    time: at(30),
    provider: "Microsoft-Windows-Eventlog",
    providerGuid: "{fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148}",
    id: 1102,
    version: 0,
    task: 104,
    payload: { kind: "data", fields: [["SubjectUserName", "user.one"]] },
  }),
]);
const log = join(folder, "Security.evtx");
writeFileSync(log, endChunkBefore(whole, 10));

interface Line {
  readonly type: string;
  readonly recovered?: number;
  readonly recovery?: object;
  readonly evidence?: readonly { readonly eventId: number; readonly state: string }[];
}

const objects = (args: readonly string[]): Line[] =>
  runCli(["triage", log, "--format", "jsonl", "-q", ...args])
    .stdout.trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("records in a log's slack", () => {
  it("take part in triage, and findings say where they come from", () => {
    const all = objects([]);
    const states = all.flatMap(({ evidence }) =>
      (evidence ?? []).filter(({ eventId }) => eventId === 1102).map(({ state }) => state),
    );
    expect(new Set(states)).toEqual(new Set(["slack"]));
    expect(all.find(({ type }) => type === "input")).toMatchObject({
      recovered: 11,
      recovery: { records: 11, copies: 0, byCompleteness: { full: 11 } },
    });
  });

  it("are left alone with --no-recover", () => {
    const all = objects(["--no-recover"]);
    expect(
      all.flatMap(({ evidence }) => evidence ?? []).map(({ eventId }) => eventId),
    ).not.toContain(1102);
  });

  it("are dumped with how they were read, and only when asked for", () => {
    expect(runCli(["dump", log]).stdout.trim().split("\n")).toHaveLength(10);
    const lines = runCli(["dump", log, "--recovered"]).stdout.trim().split("\n");
    expect(lines).toHaveLength(21);
    const { Event, konseki } = JSON.parse(lines.at(-1)!);
    expect(Event.System.EventID).toBe(1102);
    expect(konseki).toMatchObject({
      state: "slack",
      completeness: "full",
      templates: "own-chunk",
      headerRecordId: 21,
    });
    const xml = runCli(["dump", log, "--recovered", "--format", "xml"]).stdout;
    expect(xml.match(/<!-- konseki /g)).toHaveLength(11);
  });

  it("are counted by info", () => {
    expect(runCli(["info", log]).stdout).toMatch(/11 more outside the\s+live ones \(11 in full\)/);
  });
});

describe("recover", () => {
  const image = join(folder, "image.bin");
  writeFileSync(image, Buffer.concat([Buffer.alloc(1234, 0x55), whole, Buffer.alloc(99)]));

  it("writes logs that triage reads, and tells what it wrote", () => {
    const output = join(folder, "recovered");
    const run = runCli(["recover", image, "-o", output]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("HOST-A.corp.example_Security.evtx (21 records)");
    expect(readdirSync(output).sort()).toEqual([
      "HOST-A.corp.example_Security.evtx",
      "journal.jsonl",
      "manifest.json",
      "records.jsonl",
    ]);
    const manifest = JSON.parse(readFileSync(join(output, "manifest.json"), "utf8"));
    expect(manifest.chunks).toMatchObject([
      { source: image, offset: 1234 + 4096, records: 21, fate: "new" },
    ]);
    const again = runCli(["dump", join(output, "HOST-A.corp.example_Security.evtx")]);
    expect(again.stdout.trim().split("\n")).toHaveLength(21);
  });

  it("does not write into a folder that holds other things, nor beside evidence", () => {
    const other = join(folder, "other");
    mkdirSync(other);
    writeFileSync(join(other, "notes.txt"), "");
    const run = runCli(["recover", image, "-o", other]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("holds other things");
  });

  it("says which input cannot be read and goes on", () => {
    const run = runCli(["recover", join(folder, "absent"), image, "-o", join(folder, "some")]);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain("absent");
    expect(run.stdout).toContain("(21 records)");
  });
});

describe("a folder that recover has written", () => {
  it("is triaged record by record once, each marked as it was found", () => {
    const image = join(folder, "image.bin");
    // A chunk that does not fit its checksum is not trusted as a whole: its records come back one by one.
    const torn = whole.slice();
    torn.fill(0x5a, 4096 + 124, 4096 + 128);
    writeFileSync(image, torn);
    const output = join(folder, "recovered-singly");
    const { code } = runCli(["recover", image, "-o", output, "-q"]);
    expect(code).toBe(0);
    expect(readdirSync(output).some((name) => name.endsWith(".records.evtx"))).toBe(true);
    const triage = runCli(["triage", output, "--format", "jsonl", "-q"]);
    expect(triage.code).toBe(0);
    const lines: Line[] = triage.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const cleared = lines
      .flatMap(({ evidence }) => evidence ?? [])
      .filter(({ eventId }) => eventId === 1102);
    expect(new Set(cleared.map(({ state }) => state))).toEqual(new Set(["carved"]));
    expect(lines.filter(({ type }) => type === "input")).toHaveLength(1);
  });
});
