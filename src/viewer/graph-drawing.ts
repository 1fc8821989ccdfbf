/**
 * Where the parts of the movement graph stand in its picture: bows between machines and, for every text, the
 * place where it covers least of what else is drawn. Plain geometry in the picture's units.
 */
import type { GraphEdge, GraphNode } from "./movement-graph.ts";

export const NODE_RADIUS = 13;
const NAME_CHAR_WIDTH = 7.2;
const LABEL_CHAR_WIDTH = 6.4;
const TEXT_HEIGHT = 14;
const MARGIN = { x: 60, top: 34, bottom: 40 };
/** How far a bow leaves the straight line, as a share of its length: both directions are seen. */
const BEND = 0.14;
/** Above this many texts, finding the best place of each is not worth the time. */
const MOST_PLACED = 400;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Point {
  readonly label: Point & { readonly anchor: "start" | "middle" | "end" };
}

export interface PlacedEdge {
  /** SVG path of the bow. */
  readonly path: string;
  /** Middle of the label's base line. */
  readonly label: Point;
}

export interface GraphDrawing {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface DrawingOptions {
  readonly width: number;
  readonly height: number;
  /** Texts as they will be shown; an edge's is the longest that it will ever have. */
  readonly names: readonly string[];
  readonly labels: readonly string[];
}

export function drawGraph(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  { width, height, names, labels }: DrawingOptions,
): GraphDrawing {
  // A graph is laid out wider than high; a narrow picture shows it turned.
  const turned = height > width;
  const points = nodes.map(({ x, y }) => ({
    x: MARGIN.x + (turned ? y : x) * (width - 2 * MARGIN.x),
    y: MARGIN.top + (turned ? x : y) * (height - MARGIN.top - MARGIN.bottom),
  }));
  const bows = edges.map(({ from, to }) => new Bow(points[from]!, points[to]!));
  const taken: Box[] = points.map(({ x, y }) => around(x, y, NODE_RADIUS + 2));
  const frame = { left: 0, top: 0, right: width, bottom: height };
  const strokes = bows.flatMap((bow) => bow.samples());
  const many = nodes.length + edges.length > MOST_PLACED;
  const best = <T extends { readonly box: Box }>(candidates: readonly T[]): T => {
    if (many) return candidates[0]!;
    let [least, chosen] = [Number.POSITIVE_INFINITY, candidates[0]!];
    for (const [at, candidate] of candidates.entries()) {
      const cost = at * 0.5 + coverage(candidate.box, taken, strokes, frame);
      if (cost < least) [least, chosen] = [cost, candidate];
    }
    taken.push(chosen.box);
    return chosen;
  };
  const placedNodes = points.map((point, at) => ({
    ...point,
    label: best(nameCandidates(point, textWidth(names[at]!, NAME_CHAR_WIDTH), width)).label,
  }));
  return {
    nodes: placedNodes,
    edges: bows.map((bow, at) => ({
      path: bow.path,
      label: best(labelCandidates(bow, textWidth(labels[at]!, LABEL_CHAR_WIDTH))).label,
    })),
  };
}

/** Below, above, right or left of the machine's circle. */
function nameCandidates({ x, y }: Point, width: number, room: number) {
  const side = NODE_RADIUS + 6;
  // Near an edge of the picture a name moves inwards.
  const middle = Math.max(width / 2 + 4, Math.min(x, room - width / 2 - 4));
  const left = middle - width / 2;
  return [
    { label: { x: middle, y: y + NODE_RADIUS + 15, anchor: "middle" as const }, left },
    { label: { x: middle, y: y - NODE_RADIUS - 6, anchor: "middle" as const }, left },
    { label: { x: x + side, y: y + 4, anchor: "start" as const }, left: x + side },
    { label: { x: x - side, y: y + 4, anchor: "end" as const }, left: x - side - width },
  ].map(({ label, left }) => ({ label, box: textBox(left, label.y, width) }));
}

/** On the bow at its middle or nearer to an end, or just off it. */
function labelCandidates(bow: Bow, width: number) {
  return [0.5, 0.4, 0.6, 0.3, 0.7].flatMap((share) =>
    [-4, 14].map((down) => {
      const { x, y } = bow.at(share);
      const label = { x, y: y + down };
      return { label, box: textBox(x - width / 2, label.y, width) };
    }),
  );
}

/** How much a text would cover: other texts and circles by area, bows by length, what leaves the picture most. */
function coverage(box: Box, taken: readonly Box[], strokes: readonly Point[], frame: Box): number {
  let cost = 0;
  for (const other of taken) cost += overlap(box, other);
  for (const { x, y } of strokes) {
    if (x > box.left && x < box.right && y > box.top && y < box.bottom) cost += 40;
  }
  const area = (box.right - box.left) * (box.bottom - box.top);
  return cost + 10 * (area - overlap(box, frame));
}

/** About as wide as a browser draws it: Japanese characters take nearly two. */
function textWidth(text: string, charWidth: number): number {
  let chars = 0;
  for (const character of text) chars += character >= "\u2e80" ? 1.8 : 1;
  return chars * charWidth;
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

function textBox(left: number, baseline: number, width: number): Box {
  return { left, right: left + width, top: baseline - TEXT_HEIGHT + 3, bottom: baseline + 3 };
}

function around(x: number, y: number, radius: number): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

/** A quadratic curve from the rim of one circle to the rim of another. */
class Bow {
  readonly path: string;
  readonly #start: Point;
  readonly #bend: Point;
  readonly #end: Point;

  constructor(from: Point, to: Point) {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const bend = { x: (from.x + to.x) / 2 - dy * BEND, y: (from.y + to.y) / 2 + dx * BEND };
    const far = Math.hypot(dx, dy) > 2 * NODE_RADIUS;
    this.#start = far ? towards(from, bend) : from;
    this.#bend = bend;
    this.#end = far ? towards(to, bend) : to;
    const [a, b, c] = [this.#start, bend, this.#end].map(({ x, y }) => `${round(x)} ${round(y)}`);
    this.path = `M${a}Q${b} ${c}`;
  }

  /** The point at a share of the way, 0 … 1. */
  at(share: number): Point {
    const rest = 1 - share;
    const mix = (a: number, b: number, c: number) =>
      rest * rest * a + 2 * rest * share * b + share * share * c;
    return {
      x: mix(this.#start.x, this.#bend.x, this.#end.x),
      y: mix(this.#start.y, this.#bend.y, this.#end.y),
    };
  }

  samples(): Point[] {
    return Array.from({ length: 25 }, (_, at) => this.at(at / 24));
  }
}

function towards(from: Point, to: Point): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = (NODE_RADIUS + 3) / distance;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
