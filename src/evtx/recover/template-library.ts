import type { ContentNode, ElementNode } from "../binxml/nodes.ts";
import { Program } from "../binxml/program.ts";

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

  /** Changes with everything that {@link find} and {@link isAmbiguous} might answer otherwise than before. */
  version = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Takes a program whose definition's names fit their hashes. */
  add(program: Program): void {
    const id = program.templateId;
    if (id === undefined) return;
    const known = this.#entries.get(id);
    if (known?.program === program || known?.ambiguous) return;
    const computer = program.computer.fixed;
    if (known === undefined) {
      this.version++;
      this.#entries.set(id, {
        program,
        computer,
        withoutComputer: undefined,
        highestSlot: highestSlot(program.roots),
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

function highestSlot(roots: readonly ElementNode[]): number {
  let highest = -1;
  const visit = (nodes: readonly ContentNode[]): void => {
    for (const node of nodes) {
      if (node.kind === "slot") highest = Math.max(highest, node.index);
      else if (node.kind === "element") {
        for (const attribute of node.attributes) visit(attribute.value);
        visit(node.children);
      }
    }
  };
  visit(roots);
  return highest;
}
