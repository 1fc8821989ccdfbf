/**
 * YAML text -> located values, one per document. The only file of the core that knows the yaml package.
 * Hostile text is bounded: size, nesting, and how many nodes its aliases may unfold to. A broken document
 * is reported with its line and the documents beside it are still read.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Scalar,
} from "yaml";
import type { Issue } from "../model/issue.ts";
import type { Located, LocatedEntry, LocatedScalar, Place } from "./located-value.ts";

/** Real rule files are below 100 KiB; a whole public collection in one file is about 12 MiB. */
export const MAX_YAML_CHARS = 32 * 1024 * 1024;
/** One rule has some hundred nodes; aliases may unfold to no more than this per document. */
const MAX_NODES = 200_000;
const MAX_DEPTH = 64;

export interface YamlResult {
  readonly documents: readonly Located[];
  readonly issues: readonly Issue[];
}

export function parseYaml(text: string, source: string): YamlResult {
  const issues: Issue[] = [];
  const documents: Located[] = [];
  const problem = (code: string, message: string, at: Place | undefined, fix: string) =>
    issues.push({ code, severity: "error", message, source, ...at, fix });

  if (text.length > MAX_YAML_CHARS) {
    problem(
      "rule-too-large",
      `file of ${text.length} characters, at most ${MAX_YAML_CHARS} are read`,
      undefined,
      "split the file",
    );
    return { documents, issues };
  }
  const lineCounter = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  let parsed: ReturnType<typeof parseAllDocuments>;
  try {
    parsed = parseAllDocuments(text, {
      lineCounter,
      prettyErrors: false,
      logLevel: "silent",
      uniqueKeys: true,
      stringKeys: false,
    });
  } catch (error) {
    // The package recurses over nested collections; text made to exhaust the stack ends here.
    const reason = error instanceof RangeError ? "nested too deeply" : String(error);
    problem("rule-yaml", `not readable as YAML: ${reason}`, undefined, "flatten the file");
    return { documents, issues };
  }
  if (!Array.isArray(parsed)) return { documents, issues };

  for (const document of parsed) {
    const error = document.errors[0];
    if (error !== undefined) {
      problem(
        "rule-yaml",
        `broken YAML: ${firstLine(error.message)}`,
        placeAt(error.pos[0]),
        "mend the YAML; quote values that hold ': ', '#', '*' or a leading '%'",
      );
      continue;
    }
    let left = MAX_NODES;
    const convert = (node: Node | null | undefined, depth: number, fallback: Place): Located => {
      if (node === null || node === undefined)
        return { kind: "scalar", at: fallback, value: null, text: "" };
      const at = node.range ? placeAt(node.range[0]) : fallback;
      left -= 1;
      if (left < 0) throw new YamlLimit("rule-yaml-bomb", `more than ${MAX_NODES} nodes`, at);
      if (depth > MAX_DEPTH)
        throw new YamlLimit("rule-yaml-bomb", `nested deeper than ${MAX_DEPTH}`, at);
      if (isAlias(node)) {
        const target = node.resolve(document);
        if (target === undefined)
          throw new YamlLimit("rule-yaml", `alias *${node.source} has no anchor`, at);
        return convert(target as Node, depth + 1, at);
      }
      if (isMap(node)) {
        const entries: LocatedEntry[] = node.items.map((pair) => {
          const key = convert(pair.key as Node, depth + 1, at);
          if (key.kind !== "scalar")
            throw new YamlLimit("rule-yaml", "a key is not plain text", key.at);
          return {
            key: key.text,
            at: key.at,
            value: convert(pair.value as Node, depth + 1, key.at),
          };
        });
        return { kind: "map", at, entries };
      }
      if (isSeq(node)) {
        const items = node.items.map((item) => convert(item as Node, depth + 1, at));
        return { kind: "list", at, items };
      }
      if (isScalar(node)) return locateScalar(node, at);
      throw new YamlLimit("rule-yaml", "unexpected YAML node", at);
    };
    try {
      if (document.contents !== null)
        documents.push(convert(document.contents as Node, 0, { line: 1, column: 1 }));
    } catch (error) {
      if (!(error instanceof YamlLimit)) throw error;
      problem(error.code, error.message, error.at, "write the values out without aliases");
    }
  }
  return { documents, issues };
}

function locateScalar(node: Scalar, at: Place): LocatedScalar {
  const { value: read } = node;
  const value =
    typeof read === "string" || typeof read === "boolean" || typeof read === "number"
      ? read
      : read === null || read === undefined
        ? null
        : String(read);
  const text = typeof value === "string" ? value : (node.source ?? String(value));
  return { kind: "scalar", at, value, text };
}

/** Unwinds one document; never leaves this file. */
class YamlLimit extends Error {
  readonly code: string;
  readonly at: Place;

  constructor(code: string, message: string, at: Place) {
    super(message);
    this.code = code;
    this.at = at;
  }
}

function firstLine(message: string): string {
  const end = message.indexOf("\n");
  return end < 0 ? message : message.slice(0, end);
}
