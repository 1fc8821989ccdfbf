/**
 * Sigma semantics written down as plainly as possible, straight from a checked rule: no index, no
 * compilation, no shared code with src/engine. Slow; the engine has to agree with it.
 */
import { BlockList, isIP } from "node:net";
import type { EventView, FieldText } from "../../src/model/event.ts";
import type {
  CheckedRule,
  Condition,
  FieldItem,
  Piece,
  SelectionNode,
  ValueTest,
} from "../../src/rules/checked-rule.ts";

export function plainlyMatches(
  rule: Pick<CheckedRule, "selections" | "condition">,
  event: EventView,
): boolean {
  const holds = (condition: Condition): boolean => {
    if (condition.kind === "not") return !holds(condition.of);
    if (condition.kind === "selection") {
      const selection = rule.selections.find(({ name }) => name === condition.name);
      return selection !== undefined && nodeHolds(selection.match, event);
    }
    return condition.kind === "and" ? condition.of.every(holds) : condition.of.some(holds);
  };
  return holds(rule.condition);
}

function nodeHolds(node: SelectionNode, event: EventView): boolean {
  if (node.kind === "item") return itemHolds(node, event);
  return node.kind === "and"
    ? node.of.every((part) => nodeHolds(part, event))
    : node.of.some((part) => nodeHolds(part, event));
}

/** Letter by letter, so that no letter's case depends on where it stands. */
function fold(text: string): string {
  const lower = [...text].map((letter) => letter.toLowerCase()).join("");
  return lower.replaceAll("\u03c2", "\u03c3").replaceAll("\u017f", "s");
}

function itemHolds(item: FieldItem, event: EventView): boolean {
  const text = item.field === null ? allTexts(event) : event.get(item.field);
  const one = (value: ValueTest) => valueHolds(value, text, event);
  const result = item.all ? item.values.every(one) : item.values.some(one);
  return item.negated ? !result : result;
}

function allTexts(event: EventView): string {
  const texts = [event.provider, event.channel, event.computer, String(event.eventId)];
  event.forEachField((_, text) => {
    if (text !== null) texts.push(text);
  });
  return texts.join("\n");
}

function valueHolds(value: ValueTest, text: FieldText, event: EventView): boolean {
  if (value.test === "anyOf") return value.of.some((one) => valueHolds(one, text, event));
  if (value.test === "null") return text === undefined || text === null || text === "";
  if (value.test === "exists") return (text !== undefined) === value.want;
  if (text === undefined) return false;
  if (value.test === "field") {
    const ours = [text].flat().filter((one) => one !== null && one !== undefined);
    const theirs = [event.get(value.field)]
      .flat()
      .filter((one) => one !== null && one !== undefined);
    return ours.some((a) =>
      theirs.some((b) => {
        const [left, right] = value.cased ? [a, b] : [fold(a), fold(b)];
        return value.how === "equals"
          ? left === right
          : value.how === "contains"
            ? left.includes(right)
            : value.how === "startswith"
              ? left.startsWith(right)
              : left.endsWith(right);
      }),
    );
  }
  return [text].flat().some((one) => textHolds(value, one ?? ""));
}

function textHolds(
  value: Exclude<ValueTest, { test: "anyOf" | "null" | "exists" | "field" }>,
  text: string,
): boolean {
  switch (value.test) {
    case "text":
      return value.cased
        ? fits(value.pattern, text)
        : fits(
            value.pattern.map((piece) => (typeof piece === "string" ? fold(piece) : piece)),
            fold(text),
          );
    case "regex": {
      const inline = /^\(\?([ims]+)\)/.exec(value.source);
      const flags = new Set(value.flags + (inline?.[1] ?? ""));
      return new RegExp(value.source.slice(inline?.[0].length ?? 0), [...flags].join("")).test(
        text,
      );
    }
    case "cidr": {
      const version = isIP(text);
      if (version === 0) return false;
      const [address = "", prefix = ""] = value.network.split("/");
      const list = new BlockList();
      list.addSubnet(address, Number(prefix), isIP(address) === 4 ? "ipv4" : "ipv6");
      return list.check(text, version === 4 ? "ipv4" : "ipv6");
    }
    case "compare": {
      const number = Number(text);
      if (text.trim() === "" || Number.isNaN(number)) return false;
      const { op, value: bound } = value;
      if (op === "eq") return number === bound;
      if (op === "lt") return number < bound;
      if (op === "lte") return number <= bound;
      return op === "gt" ? number > bound : number >= bound;
    }
    default:
      throw new Error(`${value.test} is not part of the plain evaluator`);
  }
}

/** Tries every way to spend a run of any characters. */
function fits(pattern: readonly Piece[], text: string): boolean {
  const [piece, ...rest] = pattern;
  if (piece === undefined) return text === "";
  if (piece === 0) return text !== "" && fits(rest, text.slice(1));
  if (piece !== 1) return text.startsWith(piece) && fits(rest, text.slice(piece.length));
  for (let i = 0; i <= text.length; i++) if (fits(rest, text.slice(i))) return true;
  return false;
}
