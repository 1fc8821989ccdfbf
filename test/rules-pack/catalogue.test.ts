import { expect, it } from "vitest";
import { severityRank } from "../../src/model/severity.ts";
import { nameOf, parsePack } from "./rule-pack.ts";

const INTRODUCTION = `# Detections

konseki's own rules, by what they detect. Each lies in \`rules/\` as a Sigma rule; its cases (events that must
make it fire, near misses that must not) lie in \`fixtures/rules/\` under the same name. The level says how bad
it is if the record means what it usually means; \`falsepositives\` in the rule names what ordinary work looks
the same. Rules for single records stand here; what only several records together show is found by the
analyzers.

This page is written from the rules: \`npx vitest run test/rules-pack/catalogue.test.ts -u\`.
`;

it("docs/detections.md lists every rule as it stands", async () => {
  const rules = parsePack().flatMap((file) => file.rules);
  const folders = new Map<string, typeof rules>();
  for (const rule of rules) {
    const folder = rule.source.slice(0, rule.source.indexOf("/"));
    folders.set(folder, [...(folders.get(folder) ?? []), rule]);
  }
  const sections = [...folders].map(([folder, own]) => {
    const lines = [...own]
      .sort((a, b) => severityRank(a.level) - severityRank(b.level) || order(nameOf(a), nameOf(b)))
      .map(
        (rule) =>
          `| ${rule.level} | [${rule.title.replaceAll("|", "\\|")}](../rules/${rule.source}) | ${rule.attack.join(" ")} |`,
      );
    return `## ${folder} (${own.length})\n\n| Level | Rule | ATT&CK |\n|--|--|--|\n${lines.join("\n")}\n`;
  });
  const page = [INTRODUCTION, ...sections].join("\n");
  await expect(page).toMatchFileSnapshot("../../docs/detections.md");
});

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
