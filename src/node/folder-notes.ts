import { closeSync, fstatSync, openSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { isCollectionMetadata, MOST_METADATA_BYTES } from "../sources/collection-metadata.ts";
import { CollectionNotes, type KnownLayout } from "../sources/collection-notes.ts";

/** How far above a file notes are looked for: `uploads/auto/C%3A/Windows/System32/winevt/Logs` and some more. */
const MOST_LEVELS = 12;
/** No collection has more notes in one folder; each may be of 4 MiB. */
const MOST_NOTES = 64;
const MOST_KNOWN = 10_000;

const MACHINE_NAME = /^[A-Z0-9][A-Z0-9-]{0,14}$/;

/** Those whose folders are told by their names: see collection-notes.ts. */
const MAKES_FOLDERS = ["Velociraptor", "KAPE", "CyLR", "UAC"];

/** Notes by folder, since all logs of a folder ask for the same. */
const known = new Map<string, CollectionNotes>();

/** What notes of collecting programs in the folders around a file say of it. Folders that cannot be read have none. */
export function folderNotes(path: string): KnownLayout {
  const full = resolve(path).replaceAll("\\", "/");
  const folders: string[] = [];
  for (let at = dirname(resolve(path)); folders.length < MOST_LEVELS; at = dirname(at)) {
    folders.push(at);
    if (dirname(at) === at) break;
  }
  let found: KnownLayout = {};
  for (const folder of folders.reverse()) {
    const prefix = folder.replaceAll("\\", "/").replace(/\/?$/, "/");
    const noted = notesIn(folder).of(full.slice(prefix.length));
    // CyLR calls its archive, and who unpacks it the folder, as the host is called: in capitals.
    const host =
      noted.layout === "CyLR" && MACHINE_NAME.test(basename(folder)) ? basename(folder) : undefined;
    found = { ...found, ...(host !== undefined && { host }), ...noted };
  }
  return found;
}

/** True for what a collecting program wrote besides what it took, in a folder of its own: its notes, and tables of results. */
export function isProgramsOwn(folder: string, path: string): boolean {
  const notes = notesIn(resolve(folder));
  const label = relative(folder, path).replaceAll("\\", "/");
  if (notes.isEmpty) return false;
  if (isCollectionMetadata(basename(label))) return notes.of(label).layout !== undefined;
  // What lies beside notes may be anyone's; what lies in the folders that the program made is its own.
  const { layout = "" } = label.includes("/") ? notes.of(label) : {};
  return MAKES_FOLDERS.includes(layout);
}

function notesIn(folder: string): CollectionNotes {
  const before = known.get(folder);
  if (before !== undefined) return before;
  const notes = readNotes(folder);
  if (known.size < MOST_KNOWN) known.set(folder, notes);
  return notes;
}

function readNotes(folder: string): CollectionNotes {
  let names: string[];
  try {
    names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && isCollectionMetadata(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch {
    return CollectionNotes.NONE;
  }
  if (names.length === 0 || names.length > MOST_NOTES) return CollectionNotes.NONE;
  const notes = new CollectionNotes();
  for (const name of names) notes.add(name, bytesOf(`${folder}/${name}`));
  return notes;
}

/** Notes are of use, not needed: one that cannot be read, or is too large for a note, says what its name says. */
function bytesOf(path: string): Uint8Array | undefined {
  try {
    const file = openSync(path, "r");
    try {
      const stat = fstatSync(file);
      return stat.isFile() && stat.size <= MOST_METADATA_BYTES ? readFileSync(file) : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
