import { drawGraph, NODE_RADIUS } from "../graph-drawing.ts";
import { type GraphEdge, type Hop, movementGraph } from "../movement-graph.ts";
import { h, svg, table, textOf } from "./dom.ts";
import type { PageState } from "./page-state.ts";
import { shortTime, timeText } from "./time-text.ts";

const WIDE = { width: 900, height: 460 };
const NARROW = { width: 420, height: 620 };
const MOST_NAME_CHARS = 26;
const MOST_LISTED = 500;
const PLAY_STEP_MS = 700;

/** The lateral-movement graph with its time slider, and the same movements as a list. */
export function graphView(state: PageState, open: (findingId: string) => void): HTMLElement {
  const graph = movementGraph(state.data.findings);
  const heading = h("h2", { id: "graph-title" }, state.t("section.graph"));
  const section = h("section", { id: "graph", "aria-labelledby": "graph-title" }, heading);
  if (graph.hops.length === 0) {
    section.append(h("p", { class: "notice" }, state.t("graph.none")));
    return section;
  }
  const drawnEdges: {
    readonly edge: GraphEdge;
    readonly line: SVGElement;
    readonly label: SVGElement;
  }[] = [];
  const { width, height } = window.matchMedia("(max-width: 700px)").matches ? NARROW : WIDE;
  const names = graph.nodes.map(({ name }) => shortName(textOf(name)));
  const drawing = drawGraph(graph.nodes, graph.edges, {
    width,
    height,
    names,
    labels: graph.edges.map(({ hops }) => labelOf(state, hops)),
  });
  const picture = svg("svg", {
    viewBox: `0 0 ${width} ${height}`,
    class: "graph",
    role: "group",
    "aria-label": `${state.t("section.graph")}. ${state.t("graph.explained")}`,
  });
  picture.append(
    svg(
      "defs",
      {},
      svg(
        "marker",
        {
          id: "arrow",
          viewBox: "0 0 10 10",
          refX: 9,
          refY: 5,
          // Of one size, however thick the line.
          markerUnits: "userSpaceOnUse",
          markerWidth: 12,
          markerHeight: 12,
          orient: "auto-start-reverse",
        },
        svg("path", { d: "M0 0L10 5L0 10z" }),
      ),
    ),
  );
  for (const [at, edge] of graph.edges.entries()) {
    const { path, label: place } = drawing.edges[at]!;
    const line = svg("path", { d: path, class: "hop", "marker-end": "url(#arrow)" });
    const label = svg("text", { x: place.x, y: place.y, class: "hop-label" });
    drawnEdges.push({ edge, line, label });
    picture.append(line);
  }
  for (const [at, node] of graph.nodes.entries()) {
    const { x, y, label } = drawing.nodes[at]!;
    const name = textOf(node.name);
    picture.append(
      svg(
        "g",
        {
          class: "node",
          tabindex: 0,
          role: "button",
          "aria-label": name,
          onclick: () => chooseHost(node.name),
          onkeydown: (event: KeyboardEvent) => {
            if (event.key !== "Enter" && event.key !== " ") return;
            event.preventDefault();
            chooseHost(node.name);
          },
        },
        svg("title", {}, name),
        svg("circle", { cx: x, cy: y, r: NODE_RADIUS }),
        svg("text", { x: label.x, y: label.y, "text-anchor": label.anchor }, names[at]!),
      ),
    );
  }
  // Above the circles and names, so that no bow runs through a label.
  picture.append(...drawnEdges.map(({ label }) => label));

  const list = h("div", {});
  const slider = h("input", {
    type: "range",
    id: "graph-time",
    min: 1,
    max: graph.hops.length,
    step: 1,
    oninput: () => show(Number(slider.value)),
  });
  slider.value = String(graph.hops.length);
  const until = h("output", { for: "graph-time" });
  let playing = 0;
  const play = h(
    "button",
    {
      type: "button",
      onclick: () => {
        if (playing !== 0) return stop();
        if (Number(slider.value) === graph.hops.length) slider.value = "0";
        playing = window.setInterval(() => {
          slider.value = String(Number(slider.value) + 1);
          show(Number(slider.value));
          if (Number(slider.value) === graph.hops.length) stop();
        }, PLAY_STEP_MS);
        play.textContent = state.t("graph.stop");
      },
    },
    state.t("graph.play"),
  );
  const stop = () => {
    clearInterval(playing);
    playing = 0;
    play.textContent = state.t("graph.play");
  };
  const show = (count: number) => {
    const last = graph.hops[count - 1]!;
    const untilText = shortTime(last.time);
    until.textContent = `${untilText} (${count}/${graph.hops.length})`;
    slider.setAttribute("aria-valuetext", untilText);
    const shown = new Set(graph.hops.slice(0, count));
    for (const { edge, line, label } of drawnEdges) {
      const hops = edge.hops.filter((hop) => shown.has(hop));
      line.toggleAttribute("data-hidden", hops.length === 0);
      label.toggleAttribute("data-hidden", hops.length === 0);
      line.toggleAttribute("data-latest", hops.includes(last));
      line.style.strokeWidth = String(1.5 + Math.min(5, Math.log2(hops.length + 1)));
      label.textContent = labelOf(state, hops);
    }
    list.replaceChildren(hopTable(state, graph.hops.slice(0, count), open));
  };
  show(graph.hops.length);
  section.append(
    h("p", { class: "quiet" }, state.t("graph.explained")),
    h(
      "div",
      { class: "tools" },
      h("label", { class: "field wide" }, h("span", {}, state.t("graph.until")), slider),
      until,
      play,
    ),
    h(
      "div",
      { class: "canvas", role: "region", tabindex: 0, "aria-label": state.t("section.graph") },
      picture,
    ),
    h("h3", {}, state.t("graph.list")),
    list,
  );
  return section;

  function chooseHost(name: string): void {
    const known = state.timeline.lanes.includes(name);
    state.setFilter(known ? { host: name } : { words: name });
    document.getElementById("findings")?.scrollIntoView();
  }
}

function shortName(name: string): string {
  return name.length > MOST_NAME_CHARS ? `${name.slice(0, MOST_NAME_CHARS - 1)}…` : name;
}

function labelOf(state: PageState, hops: readonly Hop[]): string {
  const methods = [...new Set(hops.map((hop) => state.own(hop.method)))].slice(0, 3).join(", ");
  return textOf(hops.length > 1 ? `${methods} ×${hops.length}` : methods);
}

function hopTable(
  state: PageState,
  hops: readonly Hop[],
  open: (findingId: string) => void,
): HTMLElement {
  const shown = hops.slice(0, MOST_LISTED);
  const box = table(
    state.t("graph.list"),
    [
      state.t("record.time"),
      state.t("session.from"),
      state.t("graph.to"),
      state.t("session.account"),
      state.t("graph.method"),
    ],
    shown.map((hop) => [
      h(
        "button",
        { type: "button", class: "link", onclick: () => open(hop.findingId) },
        timeText(hop.time),
      ),
      hop.from,
      hop.to,
      hop.account ?? "–",
      state.own(hop.method),
    ]),
  );
  if (hops.length > shown.length) {
    box.append(h("p", {}, state.t("finding.moreEvidence", { count: hops.length - shown.length })));
  }
  return box;
}
