import { describe, expect, it } from "vitest";
import { drawGraph, NODE_RADIUS } from "../../src/viewer/graph-drawing.ts";
import { movementGraph } from "../../src/viewer/movement-graph.ts";
import { sampleReport } from "../support/sample-report.ts";

const node = (name: string, x: number, y: number) => ({ name, x, y });
const WIDE = { width: 900, height: 460 };

describe("drawing of the movement graph", () => {
  it("bows both directions between two machines to opposite sides, from rim to rim", () => {
    const nodes = [node("A", 0, 0.5), node("B", 1, 0.5)];
    const edges = [
      { from: 0, to: 1, hops: [] },
      { from: 1, to: 0, hops: [] },
    ];
    const drawing = drawGraph(nodes, edges, { ...WIDE, names: ["A", "B"], labels: ["RDP", "SSH"] });
    const [there, back] = drawing.edges.map(({ path }) => path.match(/-?[\d.]+/g)!.map(Number));
    const middle = drawing.nodes[0]!.y;
    expect(there![3]).toBeGreaterThan(middle);
    expect(back![3]).toBeLessThan(middle);
    const { x, y } = drawing.nodes[0]!;
    expect(Math.hypot(there![0]! - x, there![1]! - y)).toBeCloseTo(NODE_RADIUS + 3, 0);
  });

  it("puts a name where no arrow runs", () => {
    const nodes = [node("upper", 0.5, 0), node("lower", 0.5, 1)];
    const edges = [{ from: 0, to: 1, hops: [] }];
    const { nodes: placed } = drawGraph(nodes, edges, {
      ...WIDE,
      names: ["upper.example", "lower.example"],
      labels: ["RDP"],
    });
    // Below the upper machine the arrow begins.
    expect(placed[0]!.label.y).toBeLessThan(placed[0]!.y + NODE_RADIUS);
    expect(placed[1]!.label.y).toBeGreaterThan(placed[1]!.y + NODE_RADIUS);
  });

  it("keeps the labels of crossing arrows apart", () => {
    const nodes = [node("a", 0, 0), node("b", 1, 1), node("c", 1, 0), node("d", 0, 1)];
    const edges = [
      { from: 0, to: 1, hops: [] },
      { from: 2, to: 3, hops: [] },
    ];
    const names = nodes.map(({ name }) => name);
    const drawing = drawGraph(nodes, edges, { ...WIDE, names, labels: ["RDP ×2", "SMB ×3"] });
    const [one, two] = drawing.edges.map(({ label }) => label);
    expect(Math.abs(one!.y - two!.y) >= 14 || Math.abs(one!.x - two!.x) >= 38).toBe(true);
  });

  it("keeps every machine and name inside the picture, wide or narrow", () => {
    const graph = movementGraph(sampleReport(8, 0).findings);
    const names = graph.nodes.map(({ name }) => name);
    const labels = graph.edges.map(() => "network logon ×12");
    for (const size of [WIDE, { width: 420, height: 620 }]) {
      const { nodes } = drawGraph(graph.nodes, graph.edges, { ...size, names, labels });
      for (const [at, { x, y, label }] of nodes.entries()) {
        const width = names[at]!.length * 7.2;
        const share = { start: 0, middle: 0.5, end: 1 }[label.anchor];
        expect(label.x - share * width).toBeGreaterThanOrEqual(0);
        expect(label.x + (1 - share) * width).toBeLessThanOrEqual(size.width);
        for (const down of [y, label.y]) {
          expect(down).toBeGreaterThan(10);
          expect(down).toBeLessThan(size.height);
        }
        expect(x).toBeLessThan(size.width);
      }
    }
  });
});
