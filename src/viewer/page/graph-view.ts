import { type GraphEdge, type Hop, movementGraph } from "../movement-graph.ts";
import { h, svg, table, textOf } from "./dom.ts";
import type { PageState } from "./page-state.ts";
import { shortTime, timeText } from "./time-text.ts";

const WIDTH = 900;
const HEIGHT = 460;
const MARGIN = 60;
const NODE_RADIUS = 13;
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
  const picture = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
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
  const place = (at: number) => ({
    x: MARGIN + graph.nodes[at]!.x * (WIDTH - 2 * MARGIN),
    y: MARGIN + graph.nodes[at]!.y * (HEIGHT - 2 * MARGIN),
  });
  for (const edge of graph.edges) {
    const path = curve(place(edge.from), place(edge.to));
    const line = svg("path", { d: path.d, class: "hop", "marker-end": "url(#arrow)" });
    const label = svg("text", { x: path.x, y: path.y, class: "hop-label" });
    drawnEdges.push({ edge, line, label });
    picture.append(line, label);
  }
  for (const [at, node] of graph.nodes.entries()) {
    const { x, y } = place(at);
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
        svg(
          "text",
          { x, y: y + NODE_RADIUS + 14, "text-anchor": "middle" },
          name.length > 26 ? `${name.slice(0, 25)}…` : name,
        ),
      ),
    );
  }

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
      const methods = [...new Set(hops.map((hop) => hop.method))].slice(0, 3).join(", ");
      label.textContent = textOf(hops.length > 1 ? `${methods} ×${hops.length}` : methods);
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
      hop.method,
    ]),
  );
  if (hops.length > shown.length) {
    box.append(h("p", {}, state.t("finding.moreEvidence", { count: hops.length - shown.length })));
  }
  return box;
}

/** A bow from one node's edge to another's, so that both directions are seen; and where its label goes. */
function curve(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): { readonly d: string; readonly x: number; readonly y: number } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const bend = 0.14;
  const cx = (from.x + to.x) / 2 - dy * bend;
  const cy = (from.y + to.y) / 2 + dx * bend;
  const pull = (x: number, y: number) => {
    const distance = Math.hypot(cx - x, cy - y) || 1;
    const share = (NODE_RADIUS + 3) / distance;
    return `${x + (cx - x) * share} ${y + (cy - y) * share}`;
  };
  const start = length < 2 * NODE_RADIUS ? `${from.x} ${from.y}` : pull(from.x, from.y);
  const end = length < 2 * NODE_RADIUS ? `${to.x} ${to.y}` : pull(to.x, to.y);
  return {
    d: `M${start}Q${cx} ${cy} ${end}`,
    x: (from.x + to.x) / 4 + cx / 2,
    y: (from.y + to.y) / 4 + cy / 2 - 4,
  };
}
