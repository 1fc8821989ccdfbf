import { describe, expect, it } from "vitest";
import { entryRef, MOST_EVIDENCE, pageData } from "../../src/viewer/page-data.ts";
import { NO_FILTER, TimelineModel, timeTicks } from "../../src/viewer/timeline-model.ts";
import { sampleReport } from "../support/sample-report.ts";

const report = sampleReport(8, 1000);
const data = pageData(report, "en");
const model = new TimelineModel(data);
const anyFinding = report.findings.map(() => true);
const filtered = (part: Partial<typeof NO_FILTER>, passes: readonly boolean[] = anyFinding) =>
  [...model.filtered({ ...NO_FILTER, ...part }, passes)].map((at) => report.timeline[at]!);

describe("timeline model", () => {
  it("gives every record reference back from its columns", () => {
    for (const [at, entry] of report.timeline.entries()) {
      const { completeness: _c, chunk: _k, ...ref } = entry.ref;
      expect(entryRef(data, at)).toEqual(ref);
    }
  });

  it("filters as a plain look at the report would", () => {
    expect(filtered({})).toEqual(report.timeline);
    expect(filtered({ maxRank: 1 })).toEqual(
      report.timeline.filter((entry) => ["critical", "high"].includes(entry.severity)),
    );
    expect(filtered({ host: "DC-01.corp.example" })).toEqual(
      report.timeline.filter((entry) => entry.ref.host === "DC-01.corp.example"),
    );
    expect(filtered({ words: "  ENTRY 7045 " })).toEqual(
      report.timeline.filter(
        (entry) => /entry/.test(entry.statement) && entry.ref.eventId === 7045,
      ),
    );
    expect(filtered({ flaggedOnly: true })).toEqual(
      report.timeline.filter((entry) => entry.findingId !== undefined),
    );
    expect(
      filtered(
        { kind: "hypothesis" },
        report.findings.map((f) => f.kind === "hypothesis"),
      ),
    ).toEqual(report.timeline.filter((entry) => entry.findingId === report.findings[4]!.id));
  });

  it("counts each entry of a period once, in its host's lane", () => {
    const entries = model.filtered(NO_FILTER, anyFinding);
    const { count } = model.density(entries, model.firstMs, model.lastMs, 37);
    const perLane = model.lanes.map((_, lane) =>
      count.subarray(lane * 37, (lane + 1) * 37).reduce((sum, n) => sum + n, 0),
    );
    expect(perLane).toEqual(
      model.lanes.map((host) => report.timeline.filter((entry) => entry.ref.host === host).length),
    );
    const half = (model.firstMs + model.lastMs) / 2;
    const late = model.density(entries, half, model.lastMs, 5).count.reduce((sum, n) => sum + n, 0);
    expect(late).toBe(report.timeline.filter((entry) => entry.timeMs >= half).length);
  });

  it("puts hosts beyond the drawable number into one last lane, losing none", () => {
    const many = {
      ...report,
      timeline: report.timeline.map((entry, at) => ({
        ...entry,
        ref: { ...entry.ref, host: `host-${at % 300}` },
      })),
    };
    const crowded = new TimelineModel(pageData(many, "en"));
    expect(crowded.lanes.length).toBe(60);
    const { count } = crowded.density(
      crowded.filtered(NO_FILTER, anyFinding),
      crowded.firstMs,
      crowded.lastMs,
      10,
    );
    expect(count.reduce((sum, n) => sum + n, 0)).toBe(1000);
  });

  it("caps evidence in the page and keeps its true number", () => {
    const [finding] = report.findings;
    const evidence = Array.from({ length: MOST_EVIDENCE + 7 }, () => finding!.evidence[0]!);
    const page = pageData({ ...report, findings: [{ ...finding!, evidence }] }, "en");
    expect(page.findings[0]!.evidence).toHaveLength(MOST_EVIDENCE);
    expect(page.findings[0]!.evidenceTotal).toBe(MOST_EVIDENCE + 7);
  });

  it("sorts entries by time whatever order they come in", () => {
    const shuffled = new TimelineModel(
      pageData({ ...report, timeline: [...report.timeline].reverse() }, "en"),
    );
    expect(shuffled.timeMs).toEqual(model.timeMs);
  });

  it("puts at most the asked number of round ticks into any period", () => {
    for (const span of [5, 900, 61_000, 4e6, 9e7, 3e9, 4e11]) {
      const ticks = timeTicks(1_772_000_000_000, 1_772_000_000_000 + span, 8);
      expect(ticks.length).toBeLessThanOrEqual(9);
      expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length);
    }
  });
});
