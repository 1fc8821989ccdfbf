import { VERDICTS } from "../../model/finding.ts";
import { SEVERITIES } from "../../model/severity.ts";
import { NO_FILTER } from "../timeline-model.ts";
import { choice, h } from "./dom.ts";
import type { PageState } from "./page-state.ts";

const TYPING_PAUSE_MS = 30;

/** Search and filters; they hold for findings, timeline and entries alike. */
export function filterBar(state: PageState): HTMLElement {
  const { data, filter } = state;
  const all = { value: "", label: state.t("filter.all") };
  const techniques = [...new Set(data.findings.flatMap((finding) => finding.attack))].sort();
  const named = (values: readonly string[]) => [
    all,
    ...values.map((value) => ({ value, label: value })),
  ];
  const search = h("input", {
    type: "search",
    id: "search",
    placeholder: state.t("filter.searchHint"),
    oninput: () => {
      clearTimeout(pending);
      pending = window.setTimeout(() => state.setFilter({ words: search.value }), TYPING_PAUSE_MS);
    },
  });
  search.value = filter.words;
  let pending = 0;
  return h(
    "form",
    {
      class: "filters",
      role: "search",
      onsubmit: (event: Event) => event.preventDefault(),
    },
    h("label", { class: "field wide" }, h("span", {}, state.t("filter.search")), search),
    choice(
      state.t("filter.severity"),
      SEVERITIES.map((severity, rank) => ({
        value: String(rank),
        label: state.t(`severity.${severity}`),
      })),
      String(filter.maxRank),
      (value) => state.setFilter({ maxRank: Number(value) }),
    ),
    choice(state.t("filter.host"), named(state.timeline.lanes), filter.host, (host) =>
      state.setFilter({ host }),
    ),
    choice(
      state.t("filter.kind"),
      [all, ...(["fact", "hypothesis"] as const).map(kindOption)],
      filter.kind,
      (kind) => state.setFilter({ kind }),
    ),
    choice(state.t("filter.attack"), named(techniques), filter.attack, (attack) =>
      state.setFilter({ attack }),
    ),
    choice(
      state.t("filter.verdict"),
      [
        all,
        ...(["open", ...VERDICTS] as const).map((value) => ({
          value,
          label: state.t(`verdict.${value}`),
        })),
      ],
      filter.verdict,
      (verdict) => state.setFilter({ verdict }),
    ),
    h(
      "button",
      {
        type: "button",
        onclick: () => {
          state.setFilter(NO_FILTER);
          rebuild();
        },
      },
      state.t("filter.clear"),
    ),
  );

  function kindOption(value: "fact" | "hypothesis") {
    return { value, label: state.t(`kind.${value}`) };
  }
  function rebuild(): void {
    document.querySelector("form.filters")?.replaceWith(filterBar(state));
    document.getElementById("search")?.focus();
  }
}
