import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { placesOf } from "../support/edit-log.ts";
import { SAMPLE_TIME, sampleEvent } from "../support/forge-sample.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const HEADER = 4096;
const CHUNK_HEADER = 512;
const FREE_SPACE = 48;

const events = (count: number, change: Parameters<typeof sampleEvent>[0] = {}) =>
  Array.from({ length: count }, (_, index) =>
    sampleEvent({ time: SAMPLE_TIME + BigInt(index) * 10_000_000n, tid: index, ...change }),
  );

/** A log whose live records and definitions are gone: what lies behind is old, and has no template of its own. */
function emptied(log: Uint8Array, records: number): { bytes: Uint8Array; left: number } {
  const bytes = log.slice();
  const places = placesOf(log);
  bytes.fill(0, HEADER + CHUNK_HEADER, places[records]!.at);
  new DataView(bytes.buffer).setUint32(HEADER + FREE_SPACE, CHUNK_HEADER, true);
  return { bytes, left: places.length - records };
}

const RULE = `title: Logon of user one
id: 7d2c8d1e-0d55-4b57-9d0e-0c6a5e0b1a11
status: test
description: A named field of a recovered record.
author: konseki
date: 2026-11-23
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 4624, TargetUserName: user.one }
  condition: selection
falsepositives: [none]
level: high
`;

describe("templates of other logs", () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const { bytes, left } = emptied(forgeLog(events(40)), 3);
  writeFileSync(at("old.evtx"), bytes);
  writeFileSync(at("other.evtx"), forgeLog(events(2)));
  writeFileSync(at("rule.yml"), RULE);
  const triage = (...args: string[]) =>
    runCli([
      ...["triage", "-q", "-r", at("rule.yml"), "--no-builtin-rules", "--format", "json"],
      ...args,
    ]);
  const evidenceOf = (output: string) =>
    JSON.parse(output)
      .filter(({ rule }: { rule?: { title?: string } }) => rule?.title === "Logon of user one")
      .flatMap(({ evidence }: { evidence: { file: string; state: string }[] }) => evidence)
      .filter(({ file, state }: { file: string; state: string }) => {
        return file.endsWith("old.evtx") && state === "slack";
      });
  const hitsOf = (output: string): number => evidenceOf(output).length;

  it("read the recovered records of a log that has none", () => {
    expect(hitsOf(triage(at("old.evtx")).stdout)).toBe(0);
    expect(hitsOf(triage(at("old.evtx"), at("other.evtx")).stdout)).toBe(left);
  });

  it("do so whatever the order of the logs and the number of workers, and from a case folder", () => {
    const expected = triage(at("old.evtx"), at("other.evtx")).stdout;
    const store = at("case");
    for (const args of [
      [at("other.evtx"), at("old.evtx")],
      [at("old.evtx"), at("other.evtx"), "--workers", "2"],
      [at("other.evtx"), at("old.evtx"), "--workers", "2", "--case", store],
      [at("other.evtx"), at("old.evtx"), "--case", store],
    ])
      expect(triage(...args).stdout).toBe(expected);
    const [record] = evidenceOf(expected);
    expect(record).toMatchObject({
      completeness: "full",
      recovery: { templates: "library", templateLogs: [at("other.evtx")] },
    });
    // The stored result of a log does not depend on those beside it.
    expect(hitsOf(triage(at("old.evtx"), "--case", store).stdout)).toBe(0);
  });

  it("are not used where two logs define one id differently", () => {
    const changed = forgeLog(events(2, { computer: "HOST-C.corp.example" }));
    // No hash covers the text of an attribute.
    changed[Buffer.from(changed.buffer).indexOf(Buffer.from("TargetUserName", "utf16le"))] = 0x55;
    writeFileSync(at("contrary.evtx"), changed);
    const all = [at("old.evtx"), at("other.evtx"), at("contrary.evtx")];
    const expected = triage(...all).stdout;
    expect(hitsOf(expected)).toBe(0);
    expect(triage(...all.toReversed()).stdout).toBe(expected);
    expect(triage(...all, "--workers", "2").stdout).toBe(expected);
  });

  it("are taken from a log whose definition is sound, past others whose names do not fit their hash", () => {
    const damaged = forgeLog(events(2));
    const name = Buffer.from("EventData", "utf16le");
    damaged[Buffer.from(damaged.buffer).indexOf(name)] = 0x46;
    const others = ["a", "b", "c", "d", "e"].map((one) => at(`${one}-damaged.evtx`));
    for (const other of others) writeFileSync(other, damaged);
    expect(hitsOf(triage(at("old.evtx"), ...others).stdout)).toBe(0);
    expect(hitsOf(triage(at("old.evtx"), ...others, at("other.evtx")).stdout)).toBe(left);
  });
});
