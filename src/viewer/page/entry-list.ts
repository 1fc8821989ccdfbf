import { SEVERITIES } from "../../model/severity.ts";
import { entryRef } from "../page-data.ts";
import { severityBadge } from "./badges.ts";
import { h } from "./dom.ts";
import type { PageState } from "./page-state.ts";
import { showRecord } from "./record-dialog.ts";
import { timeText } from "./time-text.ts";

const MARGIN_ROWS = 8;
const MOST_PRINTED = 300;
/** Browsers lose precision beyond some 16 million pixels of scroll height; more entries scroll coarser. */
const MOST_PIXELS = 12_000_000;

/** Entries of the chosen period; only the rows in view exist, however many there are. */
export function entryList(state: PageState): HTMLElement {
  const shownText = h("p", { class: "quiet", role: "status" });
  const rows = h("div", { class: "rows" });
  const spacer = h("div", { class: "spacer", role: "list" }, rows);
  const viewport = h(
    "div",
    {
      class: "entries",
      tabindex: 0,
      role: "region",
      "aria-label": state.t("timeline.entries"),
      onscroll: () => draw(),
    },
    spacer,
  );
  const printed = h("div", { class: "printed" });
  let start = 0;
  let end = 0;
  rows.setAttribute("role", "presentation");

  const select = () => {
    start = state.timeline.positionOf(state.entries, state.fromMs);
    end = state.timeline.positionOf(state.entries, state.toMs + 1e-3);
    shownText.textContent = state.t("timeline.shown", {
      shown: end - start,
      total: state.timeline.size + state.data.entriesLeftOut,
    });
    viewport.scrollTop = 0;
    draw();
  };
  const draw = () => {
    const rowPixels = rowHeight();
    const total = end - start;
    const pixels = Math.min(total * rowPixels, MOST_PIXELS);
    spacer.style.height = `${pixels}px`;
    const visible = Math.ceil((viewport.clientHeight || 400) / rowPixels);
    // Below the pixel limit this is scrollTop / rowPixels; above it the whole range is spread evenly.
    const reach = Math.max(1, pixels - viewport.clientHeight);
    const firstInView =
      pixels < total * rowPixels
        ? Math.round((viewport.scrollTop / reach) * Math.max(0, total - visible))
        : Math.floor(viewport.scrollTop / rowPixels);
    const from = Math.max(0, firstInView - MARGIN_ROWS);
    const to = Math.min(total, firstInView + visible + MARGIN_ROWS);
    rows.style.transform = `translateY(${viewport.scrollTop - (viewport.scrollTop % rowPixels) - (firstInView - from) * rowPixels}px)`;
    const made: HTMLElement[] = [];
    for (let i = from; i < to; i++) made.push(row(state, state.entries[start + i]!, i, total));
    rows.replaceChildren(...made);
  };
  state.onChange((change) => {
    if (change !== "verdict") select();
  });
  new ResizeObserver(draw).observe(viewport);
  select();
  window.addEventListener("beforeprint", () => {
    const made: HTMLElement[] = [];
    const total = end - start;
    for (let i = 0; i < Math.min(total, MOST_PRINTED); i++) {
      made.push(row(state, state.entries[start + i]!, i, total));
    }
    if (total > MOST_PRINTED) {
      made.push(h("p", {}, state.t("timeline.shown", { shown: MOST_PRINTED, total })));
    }
    printed.replaceChildren(...made);
  });
  window.addEventListener("afterprint", () => printed.replaceChildren());
  return h("div", {}, h("h3", {}, state.t("timeline.entries")), shownText, viewport, printed);
}

/** As page.css sets it for narrow and wide windows. */
function rowHeight(): number {
  return window.matchMedia("(max-width: 700px)").matches ? 58 : 30;
}

function row(state: PageState, at: number, position: number, total: number): HTMLElement {
  const { timeline, texts } = state.data;
  const severity = SEVERITIES[timeline.severity[at]!]!;
  const finding = state.data.findings[timeline.finding[at]!];
  const title = state.own(texts[timeline.title[at]!]!);
  return h(
    "div",
    { role: "listitem", class: "entry", "aria-posinset": position + 1, "aria-setsize": total },
    h("time", {}, timeText(timeline.time[at]!).slice(0, 23)),
    severityBadge(state, severity),
    h("span", { class: "host" }, texts[timeline.host[at]!]!),
    h(
      "button",
      {
        class: "link",
        type: "button",
        onclick: () => showRecord(state, entryRef(state.data, at)),
      },
      title,
    ),
    h("span", { class: "statement" }, state.statement(finding, texts[timeline.statement[at]!]!)),
  );
}
