import { SEVERITIES } from "../../model/severity.ts";
import { timeTicks } from "../timeline-model.ts";
import { textOf } from "./dom.ts";
import type { PageState } from "./page-state.ts";

export const LANE_PIXELS = 26;
export const AXIS_PIXELS = 22;
const BAR_PIXELS = 2;
/** Length of the tail of a session whose other end is not in these logs. */
const OPEN_SESSION_PIXELS = 28;
const OPEN_SESSION_STEPS = 7;
const SESSION_ALPHA = 0.55;

/** Where the picture's parts lie, in CSS pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly labelPixels: number;
}

export function layoutOf(state: PageState, width: number): Layout {
  return {
    width,
    height: AXIS_PIXELS + state.timeline.lanes.length * LANE_PIXELS,
    labelPixels: width < 700 ? 90 : 190,
  };
}

export function xOf(state: PageState, layout: Layout, ms: number): number {
  const share = (ms - state.fromMs) / (state.toMs - state.fromMs);
  return layout.labelPixels + share * (layout.width - layout.labelPixels);
}

export function msOf(state: PageState, layout: Layout, x: number): number {
  const share = (x - layout.labelPixels) / (layout.width - layout.labelPixels);
  return state.fromMs + share * (state.toMs - state.fromMs);
}

/** Draws lanes, density, sessions, gaps and axis; `brush` is a period being chosen, in pixels. */
export function drawTimeline(
  canvas: HTMLCanvasElement,
  state: PageState,
  layout: Layout,
  brush: readonly [number, number] | undefined,
): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(layout.width * ratio);
  canvas.height = Math.round(layout.height * ratio);
  canvas.style.height = `${layout.height}px`;
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.scale(ratio, ratio);
  context.font = "12px system-ui, sans-serif";
  const colours = themeColours(canvas);
  drawAxis(context, state, layout, colours);
  drawLanes(context, state, layout, colours);
  drawSessions(context, state, layout, colours);
  drawDensity(context, state, layout, colours);
  drawGaps(context, state, layout, colours);
  if (brush !== undefined) {
    context.globalAlpha = 0.25;
    context.fillStyle = colours.accent;
    context.fillRect(Math.min(...brush), 0, Math.abs(brush[1] - brush[0]), layout.height);
    context.globalAlpha = 1;
  }
}

interface Colours {
  readonly text: string;
  readonly line: string;
  readonly lane: string;
  readonly accent: string;
  readonly gap: string;
  readonly severities: readonly string[];
}

/** The style sheet is the only place where colours are named. */
function themeColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: colour("--text"),
    line: colour("--line"),
    lane: colour("--lane"),
    accent: colour("--accent"),
    gap: colour("--gap"),
    severities: SEVERITIES.map((severity) => colour(`--${severity}`)),
  };
}

function drawAxis(
  context: CanvasRenderingContext2D,
  state: PageState,
  layout: Layout,
  colours: Colours,
): void {
  const most = Math.max(2, Math.floor((layout.width - layout.labelPixels) / 90));
  context.textBaseline = "middle";
  for (const tick of timeTicks(state.fromMs, state.toMs, most)) {
    const x = Math.round(xOf(state, layout, tick.ms)) + 0.5;
    context.strokeStyle = colours.line;
    context.beginPath();
    context.moveTo(x, AXIS_PIXELS - 4);
    context.lineTo(x, layout.height);
    context.stroke();
    if (x + 70 > layout.width) continue;
    context.fillStyle = colours.text;
    context.fillText(tick.label, x + 3, AXIS_PIXELS / 2);
  }
}

function drawLanes(
  context: CanvasRenderingContext2D,
  state: PageState,
  layout: Layout,
  colours: Colours,
): void {
  const { lanes } = state.timeline;
  // A narrow picture has no room for domains; where they tell hosts apart they stay.
  const short = lanes.map((lane) => (/^[\d.:]+$/.test(lane) ? lane : lane.split(".", 1)[0]!));
  const names = layout.labelPixels < 100 && new Set(short).size === lanes.length ? short : lanes;
  for (const at of lanes.keys()) {
    const top = AXIS_PIXELS + at * LANE_PIXELS;
    if (at % 2 === 0) {
      context.fillStyle = colours.lane;
      context.fillRect(layout.labelPixels, top, layout.width - layout.labelPixels, LANE_PIXELS);
    }
    context.fillStyle = colours.text;
    context.fillText(
      fitted(context, textOf(names[at]!), layout.labelPixels - 8),
      2,
      top + LANE_PIXELS / 2,
    );
  }
}

function fitted(context: CanvasRenderingContext2D, text: string, pixels: number): string {
  if (context.measureText(text).width <= pixels) return text;
  let length = Math.min(text.length, 60);
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > pixels) length--;
  return `${text.slice(0, length)}…`;
}

function drawSessions(
  context: CanvasRenderingContext2D,
  state: PageState,
  layout: Layout,
  colours: Colours,
): void {
  context.fillStyle = colours.accent;
  context.globalAlpha = SESSION_ALPHA;
  for (const session of state.timeline.sessions()) {
    const lane = state.timeline.laneOf(session.host);
    const known = session.start ?? session.end;
    if (lane === undefined || known === null) continue;
    const y = AXIS_PIXELS + (lane + 1) * LANE_PIXELS - 4;
    if (session.start !== null && session.end !== null) {
      const span = clipped(state, layout, Date.parse(session.start), Date.parse(session.end));
      if (span !== undefined) context.fillRect(span[0], y, Math.max(2, span[1] - span[0]), 3);
      continue;
    }
    // Nobody knows how long it went on: a tail that fades says so, a bar would claim it.
    const x = xOf(state, layout, Date.parse(known));
    const end = x + (session.start === null ? -OPEN_SESSION_PIXELS : OPEN_SESSION_PIXELS);
    const step = (end - x) / OPEN_SESSION_STEPS;
    for (let at = 0; at < OPEN_SESSION_STEPS; at++) {
      const left = Math.min(x + at * step, x + (at + 1) * step);
      if (left < layout.labelPixels) continue;
      context.globalAlpha = SESSION_ALPHA * (1 - at / OPEN_SESSION_STEPS);
      context.fillRect(left, y, Math.abs(step), 3);
    }
    context.globalAlpha = SESSION_ALPHA;
  }
  context.globalAlpha = 1;
}

function drawDensity(
  context: CanvasRenderingContext2D,
  state: PageState,
  layout: Layout,
  colours: Colours,
): void {
  const columns = Math.max(1, Math.floor((layout.width - layout.labelPixels) / BAR_PIXELS));
  const { count, worst, most } = state.timeline.density(
    state.entries,
    state.fromMs,
    state.toMs,
    columns,
  );
  const full = Math.log1p(Math.max(1, most));
  for (const [cell, n] of count.entries()) {
    if (n === 0) continue;
    const share = Math.log1p(n) / full;
    const height = Math.max(3, share * (LANE_PIXELS - 8));
    const lane = Math.floor(cell / columns);
    context.globalAlpha = 0.45 + 0.55 * share;
    context.fillStyle = colours.severities[worst[cell]!]!;
    context.fillRect(
      layout.labelPixels + (cell % columns) * BAR_PIXELS,
      AXIS_PIXELS + (lane + 1) * LANE_PIXELS - 5 - height,
      BAR_PIXELS,
      height,
    );
  }
  context.globalAlpha = 1;
}

/** Holes: the lane is cut out and hatched where records are missing. */
function drawGaps(
  context: CanvasRenderingContext2D,
  state: PageState,
  layout: Layout,
  colours: Colours,
): void {
  for (const gap of state.timeline.gaps()) {
    const lane = state.timeline.laneOf(gap.host);
    const span = clipped(state, layout, Date.parse(gap.from), Date.parse(gap.to));
    if (lane === undefined || span === undefined) continue;
    const top = AXIS_PIXELS + lane * LANE_PIXELS + 2;
    const width = Math.max(4, span[1] - span[0]);
    context.save();
    context.beginPath();
    context.rect(span[0], top, width, LANE_PIXELS - 4);
    context.clip();
    context.globalAlpha = 0.18;
    context.fillStyle = colours.gap;
    context.fillRect(span[0], top, width, LANE_PIXELS);
    context.globalAlpha = 1;
    context.strokeStyle = colours.gap;
    context.lineWidth = 1.5;
    for (let x = span[0] - LANE_PIXELS; x < span[0] + width; x += 6) {
      context.beginPath();
      context.moveTo(x, top + LANE_PIXELS);
      context.lineTo(x + LANE_PIXELS, top);
      context.stroke();
    }
    context.restore();
    context.strokeStyle = colours.gap;
    context.strokeRect(span[0], top, width, LANE_PIXELS - 4);
  }
}

/** Pixels of a period, cut to the picture; `undefined` when it lies outside. */
function clipped(
  state: PageState,
  layout: Layout,
  fromMs: number,
  toMs: number,
): [number, number] | undefined {
  if (!(toMs >= state.fromMs && fromMs <= state.toMs)) return undefined;
  return [
    xOf(state, layout, Math.max(fromMs, state.fromMs)),
    xOf(state, layout, Math.min(toMs, state.toMs)),
  ];
}
