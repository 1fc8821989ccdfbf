import type { ContentNode, ElementNode } from "../binxml/nodes.ts";
import { Program } from "../binxml/program.ts";

/** Templates that are kept, and the parts they are made of; all of Windows has some ten thousand. */
const MOST_TEMPLATES = 50_000;
const MOST_NODES = 2_000_000;

interface Entry {
  readonly program: Program;
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
  #nodes = 0;
  #left = 0;

  /** Changes with everything that {@link find} and {@link isAmbiguous} might answer otherwise than before. */
  version = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** True when a template was left out because there are too many: hostile logs could make up millions. */
  get isFull(): boolean {
    return this.#left > 0;
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
      if (this.#entries.size >= MOST_TEMPLATES || this.#nodes + nodes > MOST_NODES) {
        this.#left++;
        return;
      }
      this.version++;
      this.#nodes += nodes;
      this.#entries.set(id, {
        program,
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

  /** True when definitions under the program's id contradict each other. */
  isAmbiguous(program: Program): boolean {
    const id = program.templateId;
    return id !== undefined && this.#entries.get(id)?.ambiguous === true;
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
