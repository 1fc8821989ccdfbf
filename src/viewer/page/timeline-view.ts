import { h, textOf } from "./dom.ts";
import { entryList } from "./entry-list.ts";
import type { PageState } from "./page-state.ts";
import { msText, timeText } from "./time-text.ts";
import {
  AXIS_PIXELS,
  drawTimeline,
  LANE_PIXELS,
  type Layout,
  layoutOf,
  msOf,
} from "./timeline-canvas.ts";

const ZOOM_STEP = 0.5;
const MOVE_STEP = 0.2;
const MOST_GAPS_LISTED = 50;

/** Lanes with density and holes, zoom by drag, wheel, keys and buttons, and the entries of the period. */
export function timelineView(state: PageState): HTMLElement {
  const period = h("p", { class: "quiet period", role: "status" });
  const canvas = h("canvas", {
    class: "timeline",
    tabindex: 0,
    role: "img",
    "aria-label": `${state.t("section.timeline")}. ${state.t("timeline.explained")}`,
  });
  const tip = h("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  let layout: Layout = layoutOf(state, 800);
  let brush: [number, number] | undefined;
  let frame = 0;

  const draw = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(drawNow);
  };
  const drawNow = () => {
    layout = layoutOf(state, canvas.parentElement?.clientWidth || 800);
    drawTimeline(canvas, state, layout, brush);
    period.textContent = state.t("timeline.selection", {
      from: msText(state.fromMs),
      to: msText(state.toMs),
    });
  };
  const zoom = (factor: number, aroundMs = (state.fromMs + state.toMs) / 2) =>
    state.setWindow(
      aroundMs - (aroundMs - state.fromMs) * factor,
      aroundMs + (state.toMs - aroundMs) * factor,
    );
  const move = (share: number) => {
    const by = (state.toMs - state.fromMs) * share;
    state.setWindow(state.fromMs + by, state.toMs + by);
  };
  const whole = () => state.setWindow(...state.wholePeriod());
  const keys: Readonly<Record<string, () => void>> = {
    "+": () => zoom(ZOOM_STEP),
    "-": () => zoom(1 / ZOOM_STEP),
    ArrowLeft: () => move(-MOVE_STEP),
    ArrowRight: () => move(MOVE_STEP),
    Home: whole,
  };
  canvas.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  });
  // Only with focus or Ctrl: a page that zooms under a scrolling reader is unusable.
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (document.activeElement !== canvas && !event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1 / 0.8 : 0.8, msOf(state, layout, event.offsetX));
    },
    { passive: false },
  );
  canvas.addEventListener("pointerdown", (event) => {
    if (event.offsetX < layout.labelPixels) return;
    brush = [event.offsetX, event.offsetX];
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (brush !== undefined) {
      brush[1] = Math.max(layout.labelPixels, Math.min(event.offsetX, layout.width));
      draw();
    }
    showTip(event);
  });
  canvas.addEventListener("pointerup", () => {
    const chosen = brush;
    brush = undefined;
    if (chosen !== undefined && Math.abs(chosen[1] - chosen[0]) > 4) {
      const [from, to] = chosen.sort((a, b) => a - b);
      state.setWindow(msOf(state, layout, from!), msOf(state, layout, to!));
    } else draw();
  });
  canvas.addEventListener("pointerleave", () => {
    tip.hidden = true;
  });
  state.onChange((change) => {
    if (change !== "verdict") draw();
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  document.addEventListener("konseki-theme", draw);

  const button = (key: Parameters<PageState["t"]>[0], act: () => void) =>
    h("button", { type: "button", onclick: act }, state.t(key));
  const section = h(
    "section",
    { id: "timeline", "aria-labelledby": "timeline-title" },
    h("h2", { id: "timeline-title" }, state.t("section.timeline")),
    h("p", { class: "quiet" }, state.t("timeline.explained")),
    h(
      "div",
      { class: "tools" },
      button("timeline.zoomIn", () => zoom(ZOOM_STEP)),
      button("timeline.zoomOut", () => zoom(1 / ZOOM_STEP)),
      button("timeline.reset", whole),
      period,
    ),
    h("div", { class: "canvas" }, canvas, tip),
    gapList(state),
    entryList(state),
  );
  new ResizeObserver(draw).observe(section);
  return section;

  function showTip(event: PointerEvent): void {
    const lane = Math.floor((event.offsetY - AXIS_PIXELS) / LANE_PIXELS);
    const host = state.timeline.lanes[lane];
    tip.hidden = host === undefined || event.offsetX < layout.labelPixels;
    if (tip.hidden) return;
    const from = state.timeline.positionOf(state.entries, msOf(state, layout, event.offsetX - 2));
    const to = state.timeline.positionOf(state.entries, msOf(state, layout, event.offsetX + 2));
    const here = [...state.entries.subarray(from, Math.min(to, from + 2000))].filter(
      (at) => state.timeline.lane[at] === lane,
    );
    const { texts, timeline } = state.data;
    const lines = here.slice(0, 3).map((at) => textOf(state.own(texts[timeline.title[at]!]!)));
    tip.textContent = [
      `${textOf(host!)} ${msText(msOf(state, layout, event.offsetX))}`,
      `${here.length}`,
      ...lines,
    ].join(" · ");
    tip.style.left = `${Math.max(0, Math.min(event.offsetX, layout.width - 260))}px`;
    tip.style.top = `${event.offsetY + 18}px`;
  }
}

/** The holes in words, for readers who do not see the picture. */
function gapList(state: PageState): HTMLElement | null {
  const gaps = state.timeline.gaps();
  if (gaps.length === 0) return null;
  return h(
    "details",
    { class: "gaps" },
    h("summary", {}, `${state.t("timeline.gap")} (${gaps.length})`),
    h(
      "ul",
      {},
      ...gaps
        .slice(0, MOST_GAPS_LISTED)
        .map((gap) =>
          h(
            "li",
            {},
            `${gap.host} · ${gap.channel} · ${timeText(gap.from)} – ${timeText(gap.to)}${gap.missing === undefined ? "" : ` · ${gap.missing}`}`,
          ),
        ),
      gaps.length > MOST_GAPS_LISTED &&
        h("li", {}, state.t("finding.moreEvidence", { count: gaps.length - MOST_GAPS_LISTED })),
    ),
  );
}
