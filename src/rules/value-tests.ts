/** One value of a rule, under the modifiers of its field key -> a value test. */
import { RE2JS } from "re2js";
import { parseNetwork } from "../base/ip-network.ts";
import type { Piece, ValueTest } from "./checked-rule.ts";
import type { FieldQuestion } from "./field-modifiers.ts";
import { describeKind, type Located, type LocatedScalar } from "./located-value.ts";
import { regexFlags } from "./regex-flags.ts";
import type { RuleProblems } from "./rule-problems.ts";
import { loosen, parseSigmaString, plainText } from "./sigma-string.ts";
import { base64, base64Offsets, utf8Bytes, utf16Bytes, windashVariants } from "./text-encodings.ts";

/** The longest of the public collections is below 700 characters. */
export const MAX_REGEX_CHARS = 4096;
export const MAX_VALUE_CHARS = 65_536;
/** Each option sign has five spellings; public rules have at most two per value. */
const MAX_VARIANTS = 625;

/** Values for `%name%` places of `|expand`. */
export type Placeholders = Readonly<Record<string, readonly string[]>>;

/** `undefined` after reporting a problem. */
export function readValueTests(
  value: Located,
  question: FieldQuestion,
  placeholders: Placeholders,
  problems: RuleProblems,
): readonly ValueTest[] | undefined {
  if (value.kind !== "scalar") {
    problems.error(
      "rule-wrong-type",
      value.at,
      `${describeKind(value)} where a value was expected`,
      "write a text, a number, null, or a list of them",
    );
    return undefined;
  }
  if (value.text.length > MAX_VALUE_CHARS) {
    problems.error(
      question.kind === "regex" ? "rule-regex" : "rule-modifier-value",
      value.at,
      `value of ${value.text.length} characters, at most ${question.kind === "regex" ? MAX_REGEX_CHARS : MAX_VALUE_CHARS} are allowed`,
      "shorten the value",
    );
    return undefined;
  }
  if (question.expand && typeof value.value === "string" && /%[^%\s]+%/.test(value.value))
    return expandPlaceholders(value, question, placeholders, problems);
  const test = readOne(value, question, problems);
  return test === undefined ? undefined : [test];
}

function expandPlaceholders(
  value: LocatedScalar,
  question: FieldQuestion,
  placeholders: Placeholders,
  problems: RuleProblems,
): readonly ValueTest[] | undefined {
  let texts = [value.text];
  for (const [place, name] of value.text.matchAll(/%([^%\s]+)%/g)) {
    const known = placeholders[name as string];
    if (known === undefined || known.length === 0) {
      problems.error(
        "rule-placeholder",
        value.at,
        `no values are known for the placeholder ${place}`,
        `give a list named "${name}" under placeholders in the tuning file`,
      );
      return undefined;
    }
    texts = texts.flatMap((text) => known.map((word) => text.replace(place, () => word)));
    if (texts.length > MAX_VARIANTS) {
      problems.error(
        "rule-placeholder",
        value.at,
        `placeholders unfold to more than ${MAX_VARIANTS} values`,
        "shorten the placeholder lists",
      );
      return undefined;
    }
  }
  const tests = texts.map((text) =>
    readOne({ ...value, value: text, text }, { ...question, expand: false }, problems),
  );
  return tests.includes(undefined) ? undefined : [{ test: "anyOf", of: tests as ValueTest[] }];
}

function readOne(
  value: LocatedScalar,
  question: FieldQuestion,
  problems: RuleProblems,
): ValueTest | undefined {
  const wrong = (message: string, fix: string) => {
    problems.error("rule-modifier-value", value.at, message, fix);
    return undefined;
  };
  switch (question.kind) {
    case "text":
      return readText(value, question, problems);
    case "regex":
      return readRegex(value, question.flags, problems);
    case "cidr":
      if (parseNetwork(value.text) !== undefined) return { test: "cidr", network: value.text };
      problems.error(
        "rule-cidr",
        value.at,
        `"${clip(value.text)}" is not a network`,
        "write it as 10.0.0.0/8 or fe80::/10",
      );
      return undefined;
    case "exists": {
      const text = value.text.toLowerCase();
      if (text !== "true" && text !== "false" && text !== "yes" && text !== "no")
        return wrong(`"exists" with ${clip(value.text)}`, "use true or false");
      return { test: "exists", want: text === "true" || text === "yes" };
    }
    case "compare":
    case "date": {
      const number = typeof value.value === "number" ? value.value : Number(value.text.trim());
      if (value.text.trim() === "" || !Number.isFinite(number))
        return wrong(`"${clip(value.text)}" is not a number`, "compare with a number");
      return question.kind === "compare"
        ? { test: "compare", op: question.compare, value: number }
        : { test: "date", part: question.datePart, op: question.compare, value: number };
    }
    case "field":
      if (value.text === "") return wrong("empty field name", "name the other field");
      return {
        test: "field",
        field: value.text,
        how: question.anchor,
        cased: question.cased,
      };
  }
}

function readText(
  value: LocatedScalar,
  question: FieldQuestion,
  problems: RuleProblems,
): ValueTest | undefined {
  if (value.value === null) {
    if (question.anchor === "equals" && question.encodings.length === 0) return { test: "null" };
    problems.error(
      "rule-modifier-value",
      value.at,
      "null cannot be searched inside a text",
      'write the value in quotes, or use the field without modifiers for "has no value"',
    );
    return undefined;
  }
  const texts = encode(value, question, problems);
  if (texts === undefined) return undefined;
  const tests = texts.map((pattern): ValueTest => {
    const before = question.anchor === "contains" || question.anchor === "endswith";
    const after = question.anchor === "contains" || question.anchor === "startswith";
    return { test: "text", pattern: loosen(pattern, before, after), cased: question.cased };
  });
  return tests.length === 1 ? tests[0] : { test: "anyOf", of: tests };
}

/** The patterns a value stands for once its encodings are applied, in the order they are written. */
function encode(
  value: LocatedScalar,
  question: FieldQuestion,
  problems: RuleProblems,
): readonly (readonly Piece[])[] | undefined {
  const wrong = (message: string, fix: string) => {
    problems.error("rule-modifier-value", value.at, message, fix);
    return undefined;
  };
  let texts: readonly string[] = [value.text];
  let bytes = false;
  for (const encoding of question.encodings) {
    if (encoding === "windash") {
      if (bytes) return wrong("windash behind an encoding", "write windash first");
      const variants: string[] = [];
      for (const text of texts) {
        const more = windashVariants(text, MAX_VARIANTS);
        if (more === undefined)
          return wrong("too many option signs for windash", "split the value");
        variants.push(...more);
      }
      texts = variants;
      continue;
    }
    if (!bytes) {
      const plain = texts.map((text) => plainText(parseSigmaString(text)));
      if (plain.includes(undefined))
        return wrong(
          `wildcards cannot be encoded with ${encoding}`,
          "remove the wildcards or escape them with a backslash",
        );
      texts = plain as string[];
    }
    texts = texts.flatMap((text): readonly string[] => {
      const raw = bytes ? text : utf8Bytes(text);
      switch (encoding) {
        case "base64":
          return [base64(raw)];
        case "base64offset":
          return base64Offsets(raw);
        case "utf16":
          return [`\u00ff\u00fe${utf16Bytes(text, "le")}`];
        default:
          return [utf16Bytes(text, encoding === "utf16le" ? "le" : "be")];
      }
    });
    bytes = true;
  }
  if (bytes) return texts.map((text) => (text === "" ? [] : [text]));
  const patterns = texts.map(parseSigmaString);
  const hex = hexNumber(value);
  return hex === undefined ? patterns : [...patterns, [hex]];
}

/** An unquoted hexadecimal number also stands for its decimal text, as YAML reads it. */
function hexNumber(value: LocatedScalar): string | undefined {
  return typeof value.value === "number" && value.text !== String(value.value)
    ? String(value.value)
    : undefined;
}

function readRegex(
  value: LocatedScalar,
  flags: string,
  problems: RuleProblems,
): ValueTest | undefined {
  const wrong = (message: string, fix: string) => {
    problems.error("rule-regex", value.at, message, fix);
    return undefined;
  };
  const source = value.text;
  if (source.length > MAX_REGEX_CHARS)
    return wrong(
      `regular expression of ${source.length} characters, at most ${MAX_REGEX_CHARS} are allowed`,
      "shorten it, or list plain values",
    );
  if (source === "") return wrong("empty regular expression", "write an expression");
  try {
    RE2JS.compile(source, regexFlags(flags));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return wrong(
      `regular expression not accepted: ${clip(reason)}`,
      "use RE2 syntax: no lookaround, no backreference, counts up to 1000",
    );
  }
  return { test: "regex", source, flags };
}

function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
