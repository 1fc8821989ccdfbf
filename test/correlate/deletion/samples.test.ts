import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../../src/model/finding.ts";
import { haveSamples, noSamplesReason, samplePath } from "../../support/samples.ts";
import { triageLogs } from "../../support/triage-logs.ts";

/** Every finding of an analyzer of deletion, by log; read once for all tests. */
function told(): Map<string, readonly Finding[]> {
  const root = samplePath("samples");
  const found = new Map<string, readonly Finding[]>();
  for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".evtx")) continue;
    const { findings } = triageLogs(
      [{ path: name, bytes: readFileSync(join(root, name)) }],
      "none",
    );
    found.set(
      name,
      findings.filter(({ rule }) => rule.id.startsWith("konseki-")),
    );
  }
  return found;
}

describe.skipIf(!haveSamples)(`deletion in public logs (${noSamplesReason})`, () => {
  let logs = new Map<string, readonly Finding[]>();
  beforeAll(() => {
    logs = told();
  }, 120_000);

  it("is concluded from absence in no log that nobody edited", () => {
    expect(logs.size).toBe(399);
    const found = [...logs].flatMap(([name, findings]) =>
      findings
        .filter(({ kind }) => kind === "hypothesis")
        .map(({ severity, title, statement }) => `${name}: ${severity} ${title}: ${statement}`),
    );
    expect(found).toEqual([]);
  });

  it("is concluded in none of them either when all are read together", () => {
    const root = samplePath("samples");
    const all = [...logs.keys()].map((path) => ({ path, bytes: readFileSync(join(root, path)) }));
    const { findings } = triageLogs(all, "none");
    const own = findings.filter(({ rule }) => rule.id.startsWith("konseki-"));
    expect(
      own
        .filter(({ kind }) => kind === "hypothesis")
        .map(({ title, statement }) => `${title}: ${statement}`),
    ).toEqual([]);
    expect(own.filter(({ rule }) => rule.id === "konseki-hidden-record")).toHaveLength(1);
  }, 60_000);

  it("names the record that was unlinked, the one that holds it and those renumbered after it", () => {
    const edited = [...logs].filter(([, findings]) =>
      findings.some(({ rule }) => rule.id === "konseki-hidden-record"),
    );
    expect(edited.map(([name]) => name).sort()).toEqual([
      "parser/post-Security.evtx",
      "tampered/post-Security.evtx",
    ]);
    for (const [, findings] of edited) {
      const finding = findings.find(({ rule }) => rule.id === "konseki-hidden-record");
      expect(finding?.statement).toBe(
        "Record 105 (event 4616 of 2017-12-13 14:56:42 UTC) of Security on John-PC was unlinked: record 104 was made longer until it covered it. The records behind it were renumbered: those now 105 to 126 were 106 to 127.",
      );
      expect(finding?.evidence).toMatchObject([
        { recordId: 105, eventId: 4616, state: "unlinked", fileOffset: 0x12230 },
        { recordId: 104, state: "live" },
      ]);
    }
  });

  it("finds who cleared each log that says so", () => {
    const cleared = [...logs.values()]
      .flat()
      .filter(({ rule }) => rule.id === "konseki-cleared-logs");
    expect(cleared.length).toBeGreaterThan(5);
    for (const { gaps, entities } of cleared) {
      expect(gaps?.length).toBeGreaterThan(0);
      expect(entities.accounts).toHaveLength(1);
    }
  });
});
