import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { phraseKey } from "../../../src/model/phrase.ts";
import { JA_ANALYZER_SENTENCES } from "../../../src/report/i18n/ja-analyzer-sentences.ts";
import { JA_PHRASES } from "../../../src/report/i18n/ja-phrases.ts";
import { sentence } from "../../../src/report/i18n/sentence.ts";

/** The keys of all `say` templates of a source text, and the texts of its other strings. */
function textsOf(path: string): { keys: string[]; literals: string[] } {
  const source = ts.createSourceFile(
    path,
    readFileSync(path, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const keys: string[] = [];
  const literals: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "say") {
      const { template } = node;
      const parts = ts.isNoSubstitutionTemplateLiteral(template)
        ? [template.text]
        : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
      keys.push(phraseKey(parts));
    } else if (ts.isStringLiteral(node) && !ts.isImportDeclaration(node.parent) && !isName(node))
      literals.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { keys, literals };
}

/** `name: "lateral path"`: no reader sees the names of analyzers. */
function isName({ parent }: ts.Node): boolean {
  return ts.isPropertyAssignment(parent) && parent.name.getText() === "name";
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

const texts = sources("src/correlate").map((path) => ({ path, ...textsOf(path) }));
/** Facts of hosts are phrases too. */
const FACTS = [
  "src/report/join-host-facts.ts",
  "src/report/evidence-sources.ts",
  "src/node/find-host-facts.ts",
];
const others = [...FACTS, ...sources("src/sources/registry")].map(textsOf);
const keys = [...new Set([...texts, ...others].flatMap((each) => each.keys))];
const literals = new Set(texts.flatMap((each) => each.literals));
const holes = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();
/** Two words in lower case after another one: a sentence, not a name. */
const SENTENCE = / [a-z,;:']+ [a-z.,;:'?]+/;
/** Notes of drafted inventories, names of settings, halves of sentences that ja-session-sentences.ts has whole. */
const NOT_SAID = /draft-inventory|log-questions|correlate\/missing-records/;

describe("Japanese phrases", () => {
  it("has each phrase of the analyzers", () => {
    expect(keys.length).toBeGreaterThan(150);
    expect(keys.filter((key) => !Object.hasOwn(JA_PHRASES, key))).toEqual([]);
  });

  it("has no phrase that no analyzer says any more", () => {
    const said = new Set([...keys, ", ", "; "]);
    expect(Object.keys(JA_PHRASES).filter((key) => !said.has(key))).toEqual([]);
  });

  it("keeps every hole of a phrase", () => {
    for (const [key, ja] of Object.entries(JA_PHRASES)) expect(holes(ja), key).toEqual(holes(key));
  });

  it("has every sentence without values of the analyzers, and no stale one", () => {
    const sentences = texts
      .filter(({ path }) => !NOT_SAID.test(path))
      .flatMap((each) => each.literals)
      .filter((text) => SENTENCE.test(text));
    expect(sentences.length).toBeGreaterThan(300);
    expect(sentences.filter((text) => sentence("ja", text) === text)).toEqual([]);
    expect(Object.keys(JA_ANALYZER_SENTENCES).filter((key) => !literals.has(key))).toEqual([]);
  });
});
