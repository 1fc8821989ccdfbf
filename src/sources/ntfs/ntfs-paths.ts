import { ATTRIBUTE, type FileName, type MftRecord, parseFileName } from "./mft-record.ts";
import { NTFS_LIMITS } from "./ntfs-limits.ts";
import { type NtfsVolume, nextSequence } from "./ntfs-volume.ts";

const ROOT = 5;
/** Namespace of names that Windows made up for old programs (8.3). */
const DOS = 2;

/** The names of a file, long ones only where there are long ones: several are hard links. */
export function namesOf(volume: NtfsVolume, record: MftRecord): FileName[] {
  const names: FileName[] = [];
  for (const { type, content } of volume.attributesOf(record)) {
    if (type !== ATTRIBUTE.fileName || content === undefined) continue;
    const name = parseFileName(content);
    if (name !== undefined) names.push(name);
  }
  const long = names.filter(({ namespace }) => namespace !== DOS);
  return long.length > 0 ? long : names;
}

/** Full paths of files by their names' parents. Remembers folders. */
export class NtfsPaths {
  readonly #volume: NtfsVolume;
  readonly #folders = new Map<string, string>();

  constructor(volume: NtfsVolume) {
    this.#volume = volume;
  }

  /** `Windows/System32/…`: below the volume's root, with `/`; begins with `$Orphan` where a folder is lost. */
  pathOf(name: FileName): string {
    const folder = this.#folder(name, 0);
    return folder === "" ? label(name.name) : `${folder}/${label(name.name)}`;
  }

  #folder(name: FileName, depth: number): string {
    const { entry, sequence } = name.parent;
    if (entry === ROOT) return "";
    if (depth >= NTFS_LIMITS.pathDepth) return "$Orphan";
    const key = `${entry}-${sequence}`;
    const known = this.#folders.get(key);
    if (known !== undefined) return known;
    // Stands there while its own parents are looked for: a folder that lies in itself ends here.
    this.#folders.set(key, "$Orphan");
    const parent = this.#volume.record(entry);
    const same =
      parent?.isFolder === true &&
      (parent.sequence === sequence ||
        (!parent.inUse && parent.sequence === nextSequence(sequence)));
    const own = same ? namesOf(this.#volume, parent)[0] : undefined;
    const path =
      own === undefined
        ? "$Orphan"
        : [this.#folder(own, depth + 1), label(own.name)].filter((part) => part !== "").join("/");
    this.#folders.set(key, path);
    return path;
  }
}

/** A name as part of a path label: what would split or end it is replaced. */
function label(name: string): string {
  const safe = name.replaceAll(/[/\\\0]/g, "_");
  return safe === "" || safe === "." || safe === ".." ? `_${safe}` : safe;
}
