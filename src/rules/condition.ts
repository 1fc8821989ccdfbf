/**
 * Sigma's condition language -> a boolean tree over selection names. Grammar, strongest first: parentheses,
 * `1 of X` / `any of X` / `all of X` (X a name pattern or `them`), `not`, `and`, `or`. A pipe ends the
 * boolean part: what follows is the deprecated aggregation (see aggregation.ts).
 */
import type { Condition } from "./checked-rule.ts";
import type { Place } from "./located-value.ts";
import type { RuleProblems } from "./rule-problems.ts";

const MAX_TOKENS = 2000;
const MAX_DEPTH = 64;

export interface ParsedCondition {
  readonly condition: Condition;
  /** The text behind the pipe, if there is one. */
  readonly aggregation: string | undefined;
  /** Names of the selections it uses. */
  readonly used: ReadonlySet<string>;
}

class ConditionError extends Error {
  readonly missing: boolean;
  readonly fix: string;

  constructor(message: string, fix: string, missing = false) {
    super(message);
    this.fix = fix;
    this.missing = missing;
  }
}

/** `undefined` after reporting a problem. */
export function parseCondition(
  text: string,
  names: readonly string[],
  at: Place,
  problems: RuleProblems,
): ParsedCondition | undefined {
  const pipe = text.indexOf("|");
  const boolean = pipe < 0 ? text : text.slice(0, pipe);
  const aggregation = pipe < 0 ? undefined : text.slice(pipe + 1).trim();
  const used = new Set<string>();
  try {
    const condition = new ConditionReader(boolean, names, used).read();
    return { condition, aggregation, used };
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    problems.error(
      error.missing ? "rule-missing-selection" : "rule-condition",
      at,
      error.message,
      error.fix,
    );
    return undefined;
  }
}

class ConditionReader {
  readonly #tokens: readonly string[];
  readonly #names: readonly string[];
  readonly #used: Set<string>;
  #next = 0;

  constructor(text: string, names: readonly string[], used: Set<string>) {
    const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
    if (tokens.length > MAX_TOKENS)
      throw new ConditionError(`condition of ${tokens.length} words`, "shorten the condition");
    this.#tokens = tokens;
    this.#names = names;
    this.#used = used;
  }

  read(): Condition {
    const condition = this.#or(0);
    const rest = this.#tokens[this.#next];
    if (rest !== undefined)
      throw new ConditionError(
        `"${rest}" is not expected in the condition`,
        "join selections with and, or, not",
      );
    return condition;
  }

  #or(depth: number): Condition {
    return this.#chain("or", () => this.#and(depth));
  }

  #and(depth: number): Condition {
    return this.#chain("and", () => this.#not(depth));
  }

  #chain(kind: "and" | "or", operand: () => Condition): Condition {
    const of = [operand()];
    while (this.#accept(kind)) of.push(operand());
    return of.length === 1 ? (of[0] as Condition) : { kind, of };
  }

  #not(depth: number): Condition {
    if (depth > MAX_DEPTH)
      throw new ConditionError("condition nested too deeply", "flatten the condition");
    if (this.#accept("not")) return { kind: "not", of: this.#not(depth + 1) };
    return this.#primary(depth);
  }

  #primary(depth: number): Condition {
    const token = this.#take("a selection name");
    if (token === "(") {
      const inner = this.#or(depth + 1);
      if (this.#take('")"') !== ")")
        throw new ConditionError('"(" is not closed', 'add the missing ")"');
      return inner;
    }
    const lower = token.toLowerCase();
    const next = this.#tokens[this.#next]?.toLowerCase();
    if (next === "of" && (lower === "1" || lower === "any" || lower === "all")) {
      this.#next++;
      return this.#quantified(lower === "all" ? "and" : "or", this.#take("a name after of"));
    }
    if (next === "of" && /^\d+$/.test(lower))
      throw new ConditionError(`"${token} of" is not Sigma`, "use 1 of, any of or all of");
    if (token === ")" || ["and", "or", "of"].includes(lower))
      throw new ConditionError(`"${token}" where a selection was expected`, "name a selection");
    if (!this.#names.includes(token))
      throw new ConditionError(
        `the condition names the selection "${token}", which the rule does not have`,
        `use one of: ${this.#names.join(", ")}`,
        true,
      );
    this.#used.add(token);
    return { kind: "selection", name: token };
  }

  #quantified(kind: "and" | "or", pattern: string): Condition {
    const names =
      pattern.toLowerCase() === "them"
        ? this.#names.filter((name) => !name.startsWith("_"))
        : this.#names.filter((name) => fitsName(name, pattern));
    if (names.length === 0)
      throw new ConditionError(
        `no selection fits "${pattern}" in the condition`,
        `the rule has: ${this.#names.join(", ")}`,
        true,
      );
    for (const name of names) this.#used.add(name);
    const of = names.map((name): Condition => ({ kind: "selection", name }));
    return of.length === 1 ? (of[0] as Condition) : { kind, of };
  }

  #accept(word: string): boolean {
    if (this.#tokens[this.#next]?.toLowerCase() !== word) return false;
    this.#next++;
    return true;
  }

  #take(expected: string): string {
    const token = this.#tokens[this.#next++];
    if (token === undefined)
      throw new ConditionError(
        `the condition ends where ${expected} was expected`,
        "complete the condition",
      );
    return token;
  }
}

/** Whether a selection name fits a pattern in which `*` stands for any text. */
function fitsName(name: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const first = parts[0] as string;
  if (parts.length === 1) return name === pattern;
  const last = parts.at(-1) as string;
  if (name.length < first.length + last.length) return false;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let from = first.length;
  const end = name.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, from);
    if (found < 0 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}
