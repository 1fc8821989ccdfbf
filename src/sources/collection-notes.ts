import { type CollectionLayout, layoutOfName } from "./collection-layout.ts";
import { isCollectionMetadata, noteRank, readCollectionMetadata } from "./collection-metadata.ts";

/** What is known of a collection, as far as it is. */
export type KnownLayout = Partial<CollectionLayout>;

interface Note {
  readonly rank: number;
  /** By its content, else by its name. */
  readonly says: CollectionLayout;
  readonly byName: KnownLayout;
}

/** What lies directly below a folder of a program's notes, by program: the roots of what it took. */
const TAKEN: Readonly<Record<string, RegExp>> = {
  Velociraptor: /^(uploads|results)$/i,
  KAPE: /^([a-z]|vss\d+)$/i,
  CyLR: /^[a-z]$/i,
  UAC: /^\[root\]$/i,
};

/**
 * The notes of collecting programs in one tree of files (an archive, or folders of the file system). They count for what
 * lies in their folder and in the folders that the program made below it; the innermost count most.
 */
export class CollectionNotes {
  readonly #folders = new Map<string, Note[]>();

  static readonly NONE = new CollectionNotes();

  get isEmpty(): boolean {
    return this.#folders.size === 0;
  }

  /** Takes a file, by its label in the tree (`/` between the parts); its bytes where they are at hand. */
  add(label: string, bytes?: Uint8Array): void {
    const at = label.lastIndexOf("/") + 1;
    const name = label.slice(at);
    const byName = layoutOfName(name);
    const read = bytes && isCollectionMetadata(name) && readCollectionMetadata(name, bytes);
    // Archives are named as well; what they say is of what lies in them.
    if (!read && (byName === undefined || !isCollectionMetadata(name))) return;
    const says = read || byName!;
    const folder = label.slice(0, at);
    const notes = this.#folders.get(folder) ?? [];
    this.#folders.set(folder, [...notes, { rank: noteRank(name), says, byName: byName ?? {} }]);
  }

  /** What the notes say of a file of the tree. */
  of(label: string): KnownLayout {
    let found: KnownLayout = {};
    for (let at = 0; at >= 0; at = label.indexOf("/", at) + 1 || -1) {
      const folder = label.slice(0, at);
      const [below = "", inside] = label.slice(at).split("/", 2);
      const notes = (this.#folders.get(folder) ?? []).filter(
        ({ says }) => inside === undefined || (TAKEN[says.layout]?.test(below) ?? true),
      );
      found = { ...found, ...joined(notes) };
    }
    return found;
  }
}

/** Notes of two hosts in one folder are nobody's. */
function joined(notes: readonly Note[]): KnownLayout {
  const hosts = new Set(
    notes.flatMap(({ says }) => (says.host === undefined ? [] : [shortName(says.host)])),
  );
  if (hosts.size > 1) return {};
  const sorted = [...notes].sort(
    (a, b) => b.rank - a.rank || compare(b.says.collected ?? "", a.says.collected ?? ""),
  );
  // What is written in one of them counts more than what any is called.
  return Object.assign(
    {},
    ...sorted.map(({ byName }) => byName),
    ...sorted.map(({ says }) => says),
  );
}

function shortName(host: string): string {
  return host.toLowerCase().replace(/\..*$/s, "");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
