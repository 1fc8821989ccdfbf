import { describe, expect, it } from "vitest";
import { MemorySource } from "../../../src/base/byte-source.ts";
import { LIMITS } from "../../../src/base/limits.ts";
import { SharedCaches } from "../../../src/evtx/log-scan.ts";
import { learnTemplates } from "../../../src/evtx/recover/learn-templates.ts";
import { recoverLog } from "../../../src/evtx/recover/recover-log.ts";
import { TemplateLibrary } from "../../../src/evtx/recover/template-library.ts";
import { TemplateProof } from "../../../src/evtx/recover/template-proof.ts";
import { scanLog } from "../../../src/evtx/scan-log.ts";
import { forgeLog } from "../../../src/forge/forge-log.ts";
import { evtxLedger } from "../../../src/triage/map-evtx.ts";
import { endChunkBefore } from "../../support/edit-log.ts";
import { SAMPLE_TIME, sampleEvent } from "../../support/forge-sample.ts";

const HEADER = 4096;
const CHUNK = 65_536;

/** A log that makes up a template an event. */
const hostile = forgeLog(
  Array.from({ length: 30 }, (_, index) =>
    sampleEvent({
      time: SAMPLE_TIME + BigInt(index) * 10_000_000n,
      id: 1000 + index,
      payload: { kind: "data", fields: [[`Field${index}`, "x"]] },
    }),
  ),
);

function learn(library: TemplateLibrary): Set<number> {
  const strict = new SharedCaches().provingReader(new TemplateProof(library));
  const bytes = hostile.slice(HEADER, HEADER + CHUNK);
  strict.startChunk(bytes, new DataView(bytes.buffer));
  return learnTemplates(strict, library);
}

describe("a library of templates", () => {
  it("keeps no more templates than its bound, and counts what it leaves out", () => {
    const whole = new TemplateLibrary();
    const ids = learn(whole);
    expect(whole.size).toBe(ids.size);
    expect(ids.size).toBeGreaterThan(30);
    expect(whole.leftOut).toBe(0);
    const bounded = new TemplateLibrary({ templates: 5, nodes: LIMITS.libraryNodes });
    learn(bounded);
    expect(bounded.size).toBe(5);
    expect(bounded.leftOut).toBe(ids.size - 5);
    expect([...ids].filter((id) => bounded.has(id))).toHaveLength(5);
  });

  it("keeps no more of their structure than its bound", () => {
    const bounded = new TemplateLibrary({ templates: LIMITS.libraryTemplates, nodes: 100 });
    const ids = learn(bounded);
    expect(bounded.size).toBeGreaterThan(0);
    expect(bounded.size + bounded.leftOut).toBe(ids.size);
    expect(bounded.leftOut).toBeGreaterThan(0);
  });

  it("that is full still lets a log's own chunks read their records, and its ledger tells of it", () => {
    const source = new MemorySource(endChunkBefore(hostile, 5));
    const shared = new SharedCaches();
    const summary = scanLog(source, "hostile.evtx", { onRecord() {} }, { shared });
    const full = { templates: 3, nodes: LIMITS.libraryNodes };
    const recovery = recoverLog(
      source,
      summary.residue,
      { onRecord() {} },
      { shared, limits: full },
    );
    expect(recovery.byCompleteness.full).toBe(25);
    const { issues, issueCounts } = evtxLedger(summary, "hostile.evtx", "", recovery);
    expect(issues.filter(({ code }) => code === "templates-left-out")).toHaveLength(1);
    expect(issueCounts["templates-left-out"]).toBe(recovery.templatesLeftOut);
    expect(recovery.templatesLeftOut).toBeGreaterThan(20);
  });
});
