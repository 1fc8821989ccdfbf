import type { ContentNode, ElementNode } from "./nodes.ts";
import { staticText } from "./nodes.ts";
import { VALUE_TYPE } from "./tokens.ts";

/** Where the text of one field comes from: one value, or values and fixed text in turn. */
export interface FieldSource {
  readonly name: string;
  /** Second name by path (`EventInfo.Username`), or "". */
  readonly alias: string;
  /** The one value that is the whole field, or -1: then `parts` in order (numbers are slots). */
  readonly slot: number;
  readonly parts: readonly (number | string)[];
  /** Slots that must hold a value for the field's elements to exist. */
  readonly dependencies: readonly number[];
  /** The field's text where no record can change it. */
  readonly fixed: string | undefined;
}

/** Stands for a System field that a structure does not have. */
export const NO_FIELD: FieldSource = {
  name: "",
  alias: "",
  slot: -1,
  parts: [],
  dependencies: [],
  fixed: undefined,
};

let nextId = 0;

/**
 * The compiled form of one distinct template (or of one literal structure): its node tree and where each
 * field of an event lies. Shared by all records, chunks and logs that use it; holds no record data.
 */
export class Program {
  readonly id = nextId++;
  /** GUID text, "" for a literal structure. */
  readonly guid: string;
  /** The id by which records name the template: the first four bytes of its GUID. */
  readonly templateId: number | undefined;
  readonly roots: readonly ElementNode[];
  readonly slotCount: number;
  /** System fields by name: `EventID`, `Provider_Name`, `Execution_ProcessID` … */
  readonly system = new Map<string, FieldSource>();
  #sections: Sections | undefined;
  readonly hasRenderingInfo: boolean;
  /** The System fields that every record is asked for, looked up once. */
  readonly channel: FieldSource;
  readonly provider: FieldSource;
  readonly computer: FieldSource;
  readonly eventId: FieldSource;
  readonly recordId: FieldSource;
  readonly time: FieldSource;
  /** Room for what renderers compile from it. */
  jsonPlan: unknown;
  /** Shapes by the embedded fragment's program; filled by EventShape. */
  readonly shapes = new Map<string | number, unknown>();

  constructor(guid: string, roots: readonly ElementNode[], slotCount: number) {
    this.guid = guid;
    const start = /^\{?([0-9a-f]{8})-/i.exec(guid);
    this.templateId = start === null ? undefined : Number.parseInt(start[1]!, 16);
    this.roots = roots;
    this.slotCount = slotCount;
    let renderingInfo = false;
    for (const root of roots) {
      if (root.name === "Event") {
        for (const child of root.children) {
          if (child.kind === "element") {
            if (child.name === "System") this.#collectSystem(child);
            else if (child.name === "RenderingInfo") renderingInfo = true;
          }
        }
      }
    }
    this.hasRenderingInfo = renderingInfo;
    const system = (name: string): FieldSource => this.system.get(name) ?? NO_FIELD;
    this.channel = system("Channel");
    this.provider = system("Provider_Name");
    this.computer = system("Computer");
    this.eventId = system("EventID");
    this.recordId = system("EventRecordID");
    this.time = system("TimeCreated");
  }

  /** EventData, UserData and other sections, in document order. */
  get data(): readonly FieldSource[] {
    return this.#resolved.data;
  }

  /** Slots whose value is an embedded fragment, in document order. */
  get embeddedSlots(): readonly number[] {
    return this.#resolved.embeddedSlots;
  }

  /** Put together when first asked for: walking and dumping a log never ask. */
  get #resolved(): Sections {
    this.#sections ??= sectionsOf(this.roots);
    return this.#sections;
  }

  #collectSystem(system: ElementNode): void {
    for (const child of system.children) {
      if (child.kind !== "element") continue;
      const dependencies = needs([], child);
      if (child.children.length > 0) this.#addSystem(child.name, child.children, dependencies);
      for (const attribute of child.attributes) {
        this.#addSystem(`${child.name}_${attribute.name}`, attribute.value, dependencies);
        if (child.name === "TimeCreated")
          this.#addSystem("TimeCreated", attribute.value, dependencies);
      }
    }
  }

  #addSystem(name: string, content: readonly ContentNode[], dependencies: readonly number[]): void {
    if (!this.system.has(name)) this.system.set(name, makeSource(name, "", content, dependencies));
  }
}

/** What a program's sections other than System hold. */
interface Sections {
  readonly data: readonly FieldSource[];
  readonly embeddedSlots: readonly number[];
}

function sectionsOf(roots: readonly ElementNode[]): Sections {
  const data: FieldSource[] = [];
  const embeddedSlots: number[] = [];
  /** `path`: the names of the elements around it, but for the section's, each with a dot behind it. */
  const collect = (
    element: ElementNode,
    depth: number,
    path: string,
    dependencies: readonly number[],
  ): void => {
    const isData = element.name === "Data" || element.name === "ComplexData";
    const named = isData ? element.attributes.find((a) => a.name === "Name") : undefined;
    const name = (named && literalText(named.value)) || element.name;
    const inside = depth === 0 ? "" : `${path}${element.name}.`;
    let hasElements = false;
    const own: ContentNode[] = [];
    for (const child of element.children) {
      if (child.kind === "element") {
        hasElements = true;
        collect(child, depth + 1, inside, needs(dependencies, child));
      } else if (child.kind === "slot" && child.type === VALUE_TYPE.binXml) {
        hasElements = true;
        embeddedSlots.push(child.index);
      } else {
        own.push(child);
      }
    }
    const alias = depth > 1 ? `${path}${element.name}` : "";
    for (const attribute of element.attributes) {
      if (attribute.name === "xmlns" || attribute.name.startsWith("xmlns:")) continue;
      if (isData && attribute.name === "Name") continue;
      const attributeName = `${name}_${attribute.name}`;
      data.push(makeSource(attributeName, "", attribute.value, dependencies));
    }
    // A section without content (`<EventData/>`) is no field; a leaf without content is one, empty.
    const isSection = depth === 0;
    if (own.length > 0 || (!hasElements && !isSection)) {
      data.push(makeSource(name, alias, own, dependencies));
    }
  };
  for (const root of roots) {
    if (root.name !== "Event") {
      collect(root, 0, "", needs([], root));
      continue;
    }
    for (const child of root.children) {
      if (child.kind === "element") {
        if (child.name !== "System" && child.name !== "RenderingInfo")
          collect(child, 0, "", needs([], child));
      } else if (child.kind === "slot" && child.type === VALUE_TYPE.binXml) {
        embeddedSlots.push(child.index);
      }
    }
  }
  return { data, embeddedSlots };
}

function needs(outer: readonly number[], element: ElementNode): readonly number[] {
  return element.dependency < 0 ? outer : [...outer, element.dependency];
}

function literalText(content: readonly ContentNode[]): string {
  let text = "";
  for (const node of content) {
    if (node.kind === "element" || node.kind === "slot") return "";
    text += staticText(node);
  }
  return text;
}

function makeSource(
  name: string,
  alias: string,
  content: readonly ContentNode[],
  dependencies: readonly number[],
): FieldSource {
  const parts: (number | string)[] = [];
  for (const node of content) {
    if (node.kind === "element") continue;
    if (node.kind === "slot") {
      if (node.as !== "pi") parts.push(node.index);
    } else {
      const text = staticText(node);
      const last = parts.at(-1);
      if (typeof last === "string") parts[parts.length - 1] = last + text;
      else if (text !== "") parts.push(text);
    }
  }
  const only = parts.length === 1 ? parts[0] : undefined;
  const fixed = typeof only === "string" && dependencies.length === 0 ? only : undefined;
  return { name, alias, slot: typeof only === "number" ? only : -1, parts, dependencies, fixed };
}
