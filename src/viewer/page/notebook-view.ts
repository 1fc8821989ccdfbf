import { parseVerdicts, renderVerdicts } from "../../report/verdicts.ts";
import { h } from "./dom.ts";
import type { PageState } from "./page-state.ts";

/** The case notebook: verdicts go out as a file and come back from one. */
export function notebookView(state: PageState): HTMLElement {
  const marked = h("p", { role: "status" });
  const count = () => {
    marked.textContent = state.t("verdict.marked", {
      marked: state.verdicts.size,
      total: state.data.findings.length,
    });
  };
  const file = h("input", {
    type: "file",
    accept: "application/json,.json",
    onchange: async () => {
      const chosen = file.files?.[0];
      if (chosen === undefined) return;
      const { verdicts, issues } = parseVerdicts(await chosen.text(), chosen.name);
      for (const [findingId, verdict] of verdicts) state.setVerdict(findingId, verdict);
      // Redraws the cards, which show verdicts.
      state.setFilter({});
      if (issues.length > 0) marked.textContent = `${state.t("verdict.bad")} ${issues[0]!.message}`;
    },
  });
  count();
  state.onChange((change) => {
    if (change === "verdict") count();
  });
  return h(
    "section",
    { id: "notebook", "aria-labelledby": "notebook-title" },
    h("h2", { id: "notebook-title" }, state.t("section.notebook")),
    h("p", { class: "quiet" }, state.t("verdict.explained")),
    marked,
    h(
      "div",
      { class: "tools" },
      h(
        "button",
        { type: "button", id: "save-verdicts", onclick: () => save(state) },
        state.t("verdict.export"),
      ),
      h("label", { class: "field" }, h("span", {}, state.t("verdict.import")), file),
    ),
  );
}

function save(state: PageState): void {
  const text = renderVerdicts(state.verdicts, state.data.findings);
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: url, download: "konseki-verdicts.json" }).click();
  URL.revokeObjectURL(url);
}
