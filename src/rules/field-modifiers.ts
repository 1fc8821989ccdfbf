/**
 * The modifier chain of a field key (`CommandLine|contains|all`) -> what it asks. Knows every modifier of
 * Sigma 2.1 and Hayabusa's `equalsfield` and `endswithfield`; the order of text encodings is kept, the
 * order of the others does not matter.
 */
import type { CompareOp, DatePart, TextAnchor } from "./checked-rule.ts";
import type { Place } from "./located-value.ts";
import type { RuleProblems } from "./rule-problems.ts";

export type TextEncoding = "base64" | "base64offset" | "utf16le" | "utf16be" | "utf16" | "windash";

/** What the modifiers of one field key say together. */
export interface FieldQuestion {
  readonly kind: "text" | "regex" | "cidr" | "exists" | "compare" | "date" | "field";
  readonly anchor: TextAnchor;
  readonly encodings: readonly TextEncoding[];
  readonly compare: CompareOp;
  readonly datePart: DatePart;
  /** Regular expression flags out of `ims`. */
  readonly flags: string;
  readonly all: boolean;
  readonly cased: boolean;
  readonly negated: boolean;
  readonly expand: boolean;
}

const ANCHORS = new Set(["contains", "startswith", "endswith"]);
const COMPARISONS = new Set(["lt", "lte", "gt", "gte"]);
const DATE_PARTS = new Set(["minute", "hour", "day", "week", "month", "year"]);
const ENCODINGS: ReadonlyMap<string, TextEncoding> = new Map([
  ["base64", "base64"],
  ["base64offset", "base64offset"],
  ["utf16le", "utf16le"],
  ["wide", "utf16le"],
  ["utf16be", "utf16be"],
  ["utf16", "utf16"],
  ["windash", "windash"],
]);
export const KNOWN_MODIFIERS: readonly string[] = [
  ...ANCHORS,
  ...COMPARISONS,
  ...DATE_PARTS,
  ...ENCODINGS.keys(),
  ..."all cased neq expand re i m s cidr exists fieldref equalsfield endswithfield".split(" "),
];

/** `undefined` after reporting a problem. */
export function readModifiers(
  modifiers: readonly string[],
  at: Place,
  problems: RuleProblems,
): FieldQuestion | undefined {
  let kind = "text" as FieldQuestion["kind"];
  let anchor = "equals" as TextAnchor;
  let compare: CompareOp = "eq";
  let datePart: DatePart = "year";
  const encodings: TextEncoding[] = [];
  const seen = new Set<string>();
  let ok = true;
  const become = (next: FieldQuestion["kind"], modifier: string) => {
    if (kind !== "text" && kind !== next && !(kind === "compare" && next === "date")) {
      problems.error(
        "rule-modifier-conflict",
        at,
        `modifier "${modifier}" cannot be combined with "${modifiers.join("|")}"`,
        "keep one kind of comparison per field key",
      );
      ok = false;
    }
    kind = next;
  };
  for (const modifier of modifiers) {
    const encoding = ENCODINGS.get(modifier);
    if (encoding !== undefined) encodings.push(encoding);
    else if (seen.has(modifier)) continue;
    else if (ANCHORS.has(modifier)) anchor = modifier as TextAnchor;
    else if (COMPARISONS.has(modifier)) {
      compare = modifier as CompareOp;
      if (kind !== "date") become("compare", modifier);
    } else if (DATE_PARTS.has(modifier)) {
      datePart = modifier as DatePart;
      become("date", modifier);
    } else if (modifier === "re") become("regex", modifier);
    else if (modifier === "cidr" || modifier === "exists") become(modifier, modifier);
    else if (modifier === "fieldref" || modifier === "equalsfield") become("field", modifier);
    else if (modifier === "endswithfield") {
      become("field", modifier);
      anchor = "endswith";
    } else if (!KNOWN_MODIFIERS.includes(modifier)) {
      problems.error(
        "rule-unknown-modifier",
        at,
        `unknown modifier "${modifier}"`,
        suggestion(modifier),
      );
      ok = false;
    }
    seen.add(modifier);
  }
  const flags = ["i", "m", "s"].filter((flag) => seen.has(flag)).join("");
  const misplaced =
    flags !== "" && kind !== "regex"
      ? `flag modifier "${flags}" without "re"`
      : encodings.length > 0 && kind !== "text"
        ? `"${encodings.join("|")}" needs text, not ${kind}`
        : anchor !== "equals" && kind !== "text" && kind !== "field"
          ? `"${anchor}" cannot be combined with ${kind}`
          : undefined;
  if (misplaced !== undefined) {
    problems.error("rule-modifier-conflict", at, misplaced, "remove the modifier");
    ok = false;
  }
  if (!ok) return undefined;
  return {
    kind,
    anchor,
    encodings,
    compare,
    datePart,
    flags,
    all: seen.has("all"),
    cased: seen.has("cased"),
    negated: seen.has("neq"),
    expand: seen.has("expand"),
  };
}

function suggestion(modifier: string): string {
  const lower = modifier.toLowerCase();
  const near = KNOWN_MODIFIERS.find(
    (known) =>
      known === lower ||
      (lower.length > 2 && (known.startsWith(lower) || lower.startsWith(known))) ||
      sameLetters(known, lower),
  );
  return near === undefined
    ? `use one of: ${KNOWN_MODIFIERS.join(", ")}`
    : `did you mean "${near}"?`;
}

/** The same letters in any order: catches swapped and doubled ones. */
function sameLetters(a: string, b: string): boolean {
  const letters = (text: string) => [...new Set(text)].sort().join("");
  return letters(a) === letters(b);
}
