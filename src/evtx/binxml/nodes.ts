/**
 * The structure of one template or literal fragment: what stays the same for all records that use it.
 * `slot` marks where a record's own value goes.
 */
export interface ElementNode {
  readonly kind: "element";
  readonly name: string;
  /** Substitution that must hold a value for the element to exist; -1 = none. */
  readonly dependency: number;
  readonly attributes: readonly AttributeNode[];
  readonly children: readonly ContentNode[];
}

export interface AttributeNode {
  readonly name: string;
  readonly value: readonly ContentNode[];
}

export type ContentNode = ElementNode | SlotNode | StaticNode;

export interface SlotNode {
  readonly kind: "slot";
  readonly index: number;
  /** Declared type; the record's own descriptor decides. */
  readonly type: number;
  readonly optional: boolean;
  /** `cdata` and `pi` slots occur in literal fragments, where character data of any kind is a record's own. */
  readonly as: "text" | "cdata" | "pi";
  /** For `pi`: its target. */
  readonly target?: string;
}

/** Text, a character or entity reference, CDATA or a processing instruction written in the template itself. */
export interface StaticNode {
  readonly kind: "text" | "char" | "entity" | "cdata" | "pi";
  /** The characters it stands for; for `entity` the entity's name, for `pi` its data. */
  readonly text: string;
  readonly target?: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

/** The plain characters a static node contributes to text content. */
export function staticText(node: StaticNode): string {
  if (node.kind === "entity") return ENTITIES[node.text] ?? `&${node.text};`;
  return node.kind === "pi" ? "" : node.text;
}
