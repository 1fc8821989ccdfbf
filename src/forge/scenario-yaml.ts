import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { ForgeError } from "./forge-error.ts";

/** A value of a scenario with the place it stands at, so that every refusal can name its line. */
export interface Placed {
  readonly value: unknown;
  /** 1-based. */
  readonly line: number;
  readonly entries: readonly (readonly [key: string, value: Placed])[] | undefined;
  readonly items: readonly Placed[] | undefined;
}

const MAX_DEPTH = 40;

/** Reads a scenario's YAML. Anchors and tags are not part of the form. */
export function parsePlaced(text: string, name: string): Placed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, intAsBigInt: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = lines.linePos(error.pos[0]).line;
    throw new ForgeError("badScenario", error.message.split("\n")[0]!, `${name}:${line}`);
  }
  const place = (node: Node | null, depth: number): Placed => {
    const line = node?.range ? lines.linePos(node.range[0]).line : 1;
    if (depth > MAX_DEPTH)
      throw new ForgeError("badScenario", "nested too deep", `${name}:${line}`);
    if (isAlias(node))
      throw new ForgeError(
        "badScenario",
        "aliases are not read",
        `${name}:${line}`,
        "write it out",
      );
    if (isMap(node)) {
      const entries = node.items.map((pair) => {
        const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : "";
        return [key, place(pair.value as Node | null, depth + 1)] as const;
      });
      return { value: undefined, line, entries, items: undefined };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => place(item as Node, depth + 1));
      return { value: undefined, line, entries: undefined, items };
    }
    return {
      value: isScalar(node) ? scalar(node) : null,
      line,
      entries: undefined,
      items: undefined,
    };
  };
  return place(document.contents, 0);
}

/** Hex numbers keep their text, so that a string field shows what was written. */
function scalar(node: { value: unknown; format?: unknown; source?: string }): unknown {
  const { value } = node;
  if (typeof value === "bigint") {
    if (node.format === "HEX" && node.source !== undefined) return node.source;
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  return value;
}
