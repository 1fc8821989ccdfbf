import type { Finding } from "../../model/finding.ts";
import type { Severity } from "../../model/severity.ts";
import { h } from "./dom.ts";
import type { PageState } from "./page-state.ts";

export function severityBadge(state: PageState, severity: Severity): HTMLElement {
  return h("span", { class: `badge severity-${severity}` }, state.t(`severity.${severity}`));
}

export function kindBadge(state: PageState, kind: Finding["kind"]): HTMLElement {
  return h(
    "span",
    { class: `badge kind-${kind}`, title: state.t(`kind.${kind}.explained`) },
    state.t(`kind.${kind}`),
  );
}

export function confidenceText(state: PageState, finding: Finding): HTMLElement {
  return h(
    "span",
    { class: "confidence" },
    `${state.t("confidence")}: ${state.t(`confidence.${finding.confidence}`)}`,
  );
}
