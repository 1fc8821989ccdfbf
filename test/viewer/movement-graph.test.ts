import { describe, expect, it } from "vitest";
import { hopsOf, MOST_NODES, movementGraph } from "../../src/viewer/movement-graph.ts";
import { sampleReport } from "../support/sample-report.ts";

const { findings } = sampleReport(8, 0);

describe("movement graph", () => {
  it("has an edge a direction between two machines and all its hops, in time order", () => {
    const graph = movementGraph(findings);
    expect(graph.hops.map((hop) => hop.timeMs)).toEqual(
      graph.hops.map((hop) => hop.timeMs).sort((a, b) => a - b),
    );
    expect(graph.edges.reduce((sum, edge) => sum + edge.hops.length, 0)).toBe(6);
    const keys = graph.edges.map((edge) => `${edge.from} ${edge.to}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const edge of graph.edges) {
      for (const hop of edge.hops) {
        expect([graph.nodes[edge.from]!.name, graph.nodes[edge.to]!.name]).toEqual([
          hop.from,
          hop.to,
        ]);
      }
    }
  });

  it("gives the same picture for the same findings, within the unit square", () => {
    const graph = movementGraph(findings);
    expect(movementGraph(findings)).toEqual(graph);
    for (const { x, y } of graph.nodes) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x, y)).toBeLessThanOrEqual(1);
    }
  });

  it("reads a remote-service finding without movements as one from each address to its host", () => {
    const { movements: _, ...plain } = findings[1]!;
    expect(hopsOf([plain]).map(({ from, to }) => `${from} > ${to}`)).toEqual([
      `10.1.0.11 > ${plain.hosts[0]}`,
      `fe80::1 > ${plain.hosts[0]}`,
    ]);
    expect(hopsOf([{ ...plain, attack: ["T1070.001"] }])).toEqual([]);
  });

  it("draws a bounded number of machines and still lists every hop", () => {
    const movements = Array.from({ length: 900 }, (_, at) => ({
      from: `h${at}`,
      to: "hub",
      time: "2026-03-02T08:00:00Z",
      method: "SMB",
    }));
    const graph = movementGraph([{ ...findings[1]!, movements }]);
    expect(graph.nodes.length).toBe(MOST_NODES);
    expect(graph.hops.length).toBe(900);
  });
});
