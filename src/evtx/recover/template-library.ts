import { LIMITS } from "../../base/limits.ts";
import type { ContentNode, ElementNode } from "../binxml/nodes.ts";
import { Program } from "../binxml/program.ts";

/** Bounds of one library; hostile logs could make up millions of templates. */
export interface LibraryLimits {
  readonly templates: number;
  readonly nodes: number;
}

interface Entry {
  readonly program: Program;
  /** The log that it was learnt from first. */
  readonly source: string | undefined;
  /** The computer name that the template's own text gives; undefined where logs of several computers disagree. */
  computer: string | undefined;
  withoutComputer: Program | undefined;
  readonly highestSlot: number;
  /** Two structures claim the same id: neither is used. */
  ambiguous: boolean;
}

/**
 * Templates by their 32-bit id (the first four bytes of the GUID), for records whose own definition is gone. The same
 * GUID means the same structure in all of 837 real templates; only the computer's name, which Windows writes into the
 * template as text, differs from host to host.
 */
export class TemplateLibrary {
  readonly #entries = new Map<number, Entry>();
  readonly #limits: LibraryLimits;
  #nodes = 0;
  #leftOut = 0;

  /** The log whose definitions are added from now on, to be named by {@link sourceOf}. */
  source: string | undefined;

  /** Changes with everything that {@link find} and {@link isAmbiguous} might answer otherwise than before. */
  version = 0;

  constructor(
    limits: LibraryLimits = { templates: LIMITS.libraryTemplates, nodes: LIMITS.libraryNodes },
  ) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** How often a definition was left out because there are too many; the same one counts each time it is met. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Takes a program whose definition's names fit their hashes. */
  add(program: Program): void {
    const id = program.templateId;
    if (id === undefined) return;
    const known = this.#entries.get(id);
    if (known?.program === program || known?.ambiguous) return;
    const computer = program.computer.fixed;
    if (known === undefined) {
      const { highestSlot, nodes } = measure(program.roots);
      if (
        this.#entries.size >= this.#limits.templates ||
        this.#nodes + nodes > this.#limits.nodes
      ) {
        this.#leftOut++;
        return;
      }
      this.version++;
      this.#nodes += nodes;
      this.#entries.set(id, {
        program,
        source: this.source,
        computer,
        withoutComputer: undefined,
        highestSlot,
        ambiguous: false,
      });
      return;
    }
    if (
      program.guid !== known.program.guid ||
      signatureOf(program) !== signatureOf(known.program)
    ) {
      known.ambiguous = true;
      this.version++;
    } else if (known.computer !== undefined && computer !== known.computer) {
      known.computer = undefined;
      this.version++;
    }
  }

  /** True when records of this template can be read. */
  has(id: number): boolean {
    return this.#entries.get(id)?.ambiguous === false;
  }

  /** True when definitions of this id contradict each other. */
  isAmbiguous(id: number | undefined): boolean {
    return id !== undefined && this.#entries.get(id >>> 0)?.ambiguous === true;
  }

  /** The log that the template was learnt from first; undefined where that was not told. */
  sourceOf(id: number): string | undefined {
    return this.#entries.get(id >>> 0)?.source;
  }

  /**
   * The program of a template id, for a list of `count` values. The computer's name is kept only where it is this
   * very log's (`keepComputer`) and all agree.
   */
  find(id: number, count: number, keepComputer: boolean): Program | undefined {
    const entry = this.#entries.get(id >>> 0);
    if (entry === undefined || entry.ambiguous || entry.highestSlot >= count) return undefined;
    const isOwn = keepComputer && entry.computer === entry.program.computer.fixed;
    if (isOwn || entry.program.computer.fixed === undefined) return entry.program;
    entry.withoutComputer ??= withoutComputer(entry.program);
    return entry.withoutComputer;
  }
}

function signatureOf(program: Program): string {
  return JSON.stringify(blanked(program.roots));
}

function withoutComputer(program: Program): Program {
  return new Program(program.guid, blanked(program.roots), program.slotCount);
}

function blanked(roots: readonly ElementNode[]): ElementNode[] {
  const mapElement = (node: ElementNode, path: string): ElementNode => {
    const here = `${path}/${node.name}`;
    if (here === "/Event/System/Computer") return { ...node, children: [] };
    if (here !== "/Event" && here !== "/Event/System") return node;
    return {
      ...node,
      children: node.children.map((child) =>
        child.kind === "element" ? mapElement(child, here) : child,
      ),
    };
  };
  return roots.map((root) => mapElement(root, ""));
}

/** The highest slot that a structure asks for, and how many parts it has. */
function measure(roots: readonly ElementNode[]): { highestSlot: number; nodes: number } {
  let highestSlot = -1;
  let nodes = 0;
  const visit = (content: readonly ContentNode[]): void => {
    nodes += content.length;
    for (const node of content) {
      if (node.kind === "slot") highestSlot = Math.max(highestSlot, node.index);
      else if (node.kind === "element") {
        nodes += node.attributes.length;
        for (const attribute of node.attributes) visit(attribute.value);
        visit(node.children);
      }
    }
  };
  visit(roots);
  return { highestSlot, nodes };
}
