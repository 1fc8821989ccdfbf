import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from "d3-force";
import type { Finding } from "../model/finding.ts";
import type { Movement } from "../model/movement.ts";
import { ipVersion } from "../report/finding-index.ts";

/** Machines beyond this number, those with the fewest movements, are not drawn (the list has them). */
export const MOST_NODES = 150;
const LAYOUT_STEPS = 200;

export interface Hop extends Movement {
  readonly findingId: string;
  readonly timeMs: number;
}

export interface GraphNode {
  readonly name: string;
  /** In the unit square. */
  readonly x: number;
  readonly y: number;
}

export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly hops: readonly Hop[];
}

export interface MovementGraph {
  readonly hops: readonly Hop[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Every movement that findings tell of, in time order. */
export function hopsOf(findings: readonly Finding[]): Hop[] {
  // Where movements were joined from several logs, the single records behind them would only say it twice.
  const joined = findings.some((finding) => (finding.movements?.length ?? 0) > 0);
  return findings
    .flatMap((finding) =>
      (joined ? (finding.movements ?? []) : impliedMovements(finding)).map((movement) => ({
        ...movement,
        findingId: finding.id,
        timeMs: Date.parse(movement.time) || 0,
      })),
    )
    .sort((a, b) => a.timeMs - b.timeMs);
}

/** A remote-service finding still says from which address to which host. A name may be the target: only addresses count. */
function impliedMovements(finding: Finding): readonly Movement[] {
  const technique = finding.attack.find((id) => id.startsWith("T1021"));
  if (technique === undefined || finding.hosts.length !== 1) return [];
  return finding.entities.addresses.filter(isElsewhere).map((from) => ({
    from,
    to: finding.hosts[0]!,
    time: finding.first,
    method: technique,
    ...(finding.entities.accounts[0] === undefined
      ? {}
      : { account: finding.entities.accounts[0] }),
  }));
}

/** Loopback is no other machine. */
function isElsewhere(address: string): boolean {
  return ipVersion(address) !== undefined && !address.startsWith("127.") && address !== "::1";
}

/** Lays the movements out as a graph; the same findings always give the same picture. */
export function movementGraph(findings: readonly Finding[]): MovementGraph {
  const hops = hopsOf(findings).filter((hop) => hop.from !== hop.to);
  const names = busiest(hops);
  const indexOf = new Map(names.map((name, at) => [name, at]));
  const edges = new Map<string, { from: number; to: number; hops: Hop[] }>();
  for (const hop of hops) {
    const from = indexOf.get(hop.from);
    const to = indexOf.get(hop.to);
    if (from === undefined || to === undefined) continue;
    const known = edges.get(`${from} ${to}`);
    if (known === undefined) edges.set(`${from} ${to}`, { from, to, hops: [hop] });
    else known.hops.push(hop);
  }
  const drawn = [...edges.values()];
  return { hops, nodes: laidOut(names, drawn), edges: drawn };
}

function busiest(hops: readonly Hop[]): string[] {
  const degree = new Map<string, number>();
  for (const hop of hops) {
    for (const name of [hop.from, hop.to]) degree.set(name, (degree.get(name) ?? 0) + 1);
  }
  return [...degree]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_NODES)
    .map(([name]) => name);
}

function laidOut(names: readonly string[], edges: readonly GraphEdge[]): GraphNode[] {
  const nodes: SimulationNodeDatum[] = names.map(() => ({}));
  const links: SimulationLinkDatum<SimulationNodeDatum>[] = edges.map((edge) => ({
    source: edge.from,
    target: edge.to,
  }));
  forceSimulation(nodes)
    .force("link", forceLink(links).distance(120))
    .force("charge", forceManyBody().strength(-420))
    .force("collide", forceCollide(48))
    .force("x", forceX(0).strength(0.04))
    .force("y", forceY(0).strength(0.09))
    .stop()
    .tick(LAYOUT_STEPS);
  const xs = nodes.map((node) => node.x ?? 0);
  const ys = nodes.map((node) => node.y ?? 0);
  return names.map((name, at) => ({ name, x: unit(xs, at), y: unit(ys, at) }));
}

function unit(values: readonly number[], at: number): number {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  return span < 1e-6 ? 0.5 : (values[at]! - low) / span;
}
