import { basename, dirname, join } from "node:path";
import type { ByteSource } from "../base/byte-source.ts";
import type { Issue } from "../model/issue.ts";
import { IssueLog } from "../model/issue-log.ts";
import type { EvidenceFacts, MftFacts } from "../model/ledger.ts";
import { layoutOf } from "../sources/collection-layout.ts";
import { isCollectionMetadata, MOST_METADATA_BYTES } from "../sources/collection-metadata.ts";
import { CollectionNotes, type KnownLayout } from "../sources/collection-notes.ts";
import type { ArchiveEntry } from "../sources/container.ts";
import {
  CONTAINER_NAME,
  EVTX_NAME,
  HIVE_NAME,
  HIVE_PATH,
  RAW_IMAGE_NAME,
  TEXT_LOG_NAME,
} from "../sources/evidence-names.ts";
import { findNtfsFiles } from "../sources/ntfs/find-ntfs-files.ts";
import { NtfsVolume, volumeLabel } from "../sources/ntfs/ntfs-volume.ts";
import { readPartitions } from "../sources/partitions.ts";
import { SliceSource } from "../sources/slice-source.ts";
import { isContinuation, type SourceKind, tellSourceKind } from "../sources/source-kinds.ts";
import { isProblem, problemText, type SourceProblem } from "../sources/source-problem.ts";
import { isQuietPartition, tellVolumeKind, volumeProblem } from "../sources/volume-kinds.ts";
import { openShadowCopies } from "../sources/vss/shadow-source.ts";
import { type CollectedFact, CollectionIndex, MOST_MANIFEST_BYTES } from "./collected-file.ts";
import { MANIFEST_NAME } from "./collection-manifest.ts";
import { containerContext, OpenParts } from "./container-context.ts";
import { CONTAINER_READERS } from "./container-readers.ts";
import { FileSource } from "./file-source.ts";
import { folderNotes } from "./folder-notes.ts";
import { tellInputKind } from "./input-kind.ts";
import { reasonOf } from "./reason-of.ts";

/** What a file is evidence of: events, or facts about the host (registry hives and their logs). */
export type EvidenceRole = "log" | "hive";

/** A log or hive inside a container. */
export interface EvidenceItem {
  readonly role: EvidenceRole;
  /** `disk.dd!/Windows/System32/winevt/Logs/Security.evtx`; one `!/` for each container on the way. */
  readonly path: string;
  readonly evidence: EvidenceFacts;
  readonly mft?: MftFacts;
  /** What the manifest of konseki's collection that it lies in says of it. */
  readonly collected?: CollectedFact;
  open(): Promise<ByteSource | SourceProblem>;
}

/** Damage of a container behind which logs may lie that nobody sees: it is told as an input that was not read. */
const LOST: ReadonlySet<string> = new Set([
  "archive-damaged",
  "image-damaged",
  "image-log-unreadable",
  "image-marked-corrupt",
  "gpt-lost",
  "partition-cut",
]);

/** A container, opened: the logs in it and the parts of it that give none. */
export interface Evidence {
  readonly items: readonly EvidenceItem[];
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
  /** Damage on the way in. Grows while logs are read. */
  readonly issues: IssueLog;
  /** What was found before any log was read and takes nothing away: told with the first log. */
  readonly notes: readonly Issue[];
  close(): void;
}

export interface EvidenceOptions {
  readonly passwords?: readonly string[];
  /** On volumes, look into every file for a log's signature, not only into those named like one. */
  readonly byContent?: boolean;
  /** `tsk`: disk images are read by The Sleuth Kit where it is installed, not by konseki. */
  readonly engine?: "konseki" | "tsk";
}

/** Containers inside containers; real collections have two or three. */
const MOST_DEPTH = 6;
const MOST_ENTRIES = 100_000;

/**
 * Opens a file as a container of logs; undefined when it is none. Throws what the file system says when the file cannot
 * be opened.
 */
export async function openEvidence(
  path: string,
  options: EvidenceOptions,
): Promise<Evidence | undefined> {
  const parts = new OpenParts();
  try {
    const source = parts.add(new FileSource(path));
    const expansion = new Expansion(path, parts, options);
    if (options.engine === "tsk" && (await expansion.withTsk(source, path)))
      return expansion.result();
    const known = await expansion.content(source, path, [], 0, (name) => {
      try {
        return parts.add(new FileSource(join(dirname(path), name)));
      } catch {
        return undefined;
      }
    });
    if (!known) {
      parts.close();
      return undefined;
    }
    return expansion.result();
  } catch (error) {
    parts.close();
    throw error;
  }
}

/** What a file is by its first bytes, without opening it as such. Throws when it cannot be opened. */
export function tellFile(path: string): "log" | "container" | "other" {
  const source = new FileSource(path);
  try {
    if (tellInputKind(source) === "evtx") return "log";
    return tellSourceKind(source, path) !== undefined || isDisk(source, path)
      ? "container"
      : "other";
  } finally {
    source.close();
  }
}

/** A raw image: a volume or partition table where one begins, or a name that says so. */
function isDisk(source: ByteSource, name: string): boolean {
  if (RAW_IMAGE_NAME.test(name)) return true;
  if (source.size < 512) return false;
  const kind = tellVolumeKind(source)?.kind;
  if (kind === "ntfs" || kind === "bitlocker") return true;
  return (readPartitions(source, name, () => {}) ?? []).some(
    ({ start, size }) => start + size <= source.size && size >= 1024 * 1024,
  );
}

interface LabelledEntry {
  readonly entry: ArchiveEntry;
  readonly label: string;
}

type Beside = (name: string) => ByteSource | undefined;

/** One walk from a file down through what it contains. */
class Expansion {
  readonly #root: string;
  readonly #parts: OpenParts;
  readonly #options: EvidenceOptions;
  readonly #items: EvidenceItem[] = [];
  readonly #paths = new Set<string>();
  /** What the collecting program noted in the archive being looked at, and what is known of that archive itself. */
  #notes = CollectionNotes.NONE;
  #notedAround: KnownLayout;
  /** The manifest of the archive being looked at, where it is a collection of konseki's. */
  #collection: CollectionIndex | undefined;
  readonly #problems: { path: string; problem: string }[] = [];
  readonly #issues = new IssueLog();

  constructor(root: string, parts: OpenParts, options: EvidenceOptions) {
    this.#root = root;
    this.#parts = parts;
    this.#options = options;
    this.#notedAround = folderNotes(root);
  }

  result(): Evidence {
    const found = [...this.#issues.issues];
    const named = new Set(this.#problems.map(({ path }) => path));
    const lost = found.filter(({ code, source }) => LOST.has(code) && !named.has(source));
    return {
      items: this.#items,
      problems: [
        ...this.#problems,
        ...lost.map(({ source, message }) => ({ path: source, problem: message })),
      ],
      issues: this.#issues,
      notes: found.filter(({ code }) => !LOST.has(code)),
      close: () => this.#parts.close(),
    };
  }

  /** Takes what a source contains; false when it is neither container nor disk. */
  async content(
    source: ByteSource,
    path: string,
    inside: readonly string[],
    depth: number,
    beside: Beside,
  ): Promise<boolean> {
    const kind = tellSourceKind(source, path);
    if (kind === undefined) {
      if (!isDisk(source, path)) return false;
      this.#disk(source, path, inside);
      return true;
    }
    if (depth >= MOST_DEPTH) {
      this.#problem(path, { problem: `${kind.words}, inside ${MOST_DEPTH} others: not opened` });
      return true;
    }
    await this.#container(source, kind, path, inside, depth, beside);
    return true;
  }

  /** Lists a disk image with The Sleuth Kit; false when the file is no disk image. */
  async withTsk(source: ByteSource, path: string): Promise<boolean> {
    const kind = tellSourceKind(source, path);
    if (kind === undefined ? !isDisk(source, path) : kind.form !== "disk") return false;
    const { listWithTsk } = await import("./tsk-engine.ts");
    const { files, problems } = listWithTsk(path, (name) => EVTX_NAME.test(name));
    const inside = kind === undefined ? [] : [kind.words];
    for (const { label, volume, open } of files)
      this.#item(
        `${path}!/${label}`,
        [...inside, ...(volume === "" ? [] : [volume]), "read by The Sleuth Kit"],
        open,
      );
    for (const { label, problem } of problems)
      this.#problem(label === "" ? path : `${path}!/${label}`, { problem });
    return true;
  }

  async #container(
    source: ByteSource,
    kind: SourceKind,
    path: string,
    inside: readonly string[],
    depth: number,
    beside: Beside,
  ): Promise<void> {
    const reader = CONTAINER_READERS[kind.kind];
    if (reader === undefined) {
      const fix = kind.fix ?? "take the logs out of it first";
      this.#problem(path, { problem: `${kind.words}, which is not read`, fix });
      return;
    }
    const context = containerContext({
      name: path,
      passwords: this.#options.passwords ?? [],
      onIssue: (issue) => this.#issue({ ...issue, source: path }),
      parts: this.#parts,
      beside,
    });
    const within = [...inside, kind.words];
    try {
      if ("disk" in reader) {
        const opened = await (await reader.disk())(source, context);
        if (isProblem(opened)) this.#problem(path, opened, kind);
        else if (kind.form === "compressed")
          await this.#compressed(opened.disk, path, within, depth, kind);
        else this.#disk(opened.disk, path, within);
        return;
      }
      const opened = await (await reader.archive())(source, context);
      if (isProblem(opened)) {
        this.#problem(path, opened, kind);
        return;
      }
      this.#parts.add(opened);
      await this.#archive(opened.entries, path, within, depth);
    } catch (error) {
      this.#problem(path, { problem: reasonOf(error) }, kind);
    }
  }

  /** One file under another's name without its last extension. */
  async #compressed(
    source: ByteSource,
    path: string,
    inside: readonly string[],
    depth: number,
    kind: SourceKind,
  ): Promise<void> {
    const name = basename(path)
      .replace(/\.tgz$|\.tzst$/i, ".tar")
      .replace(/\.(gz|zst|xz|bz2)$/i, "");
    const inner = `${path}!/${name}`;
    if (await this.content(source, inner, inside, depth + 1, () => undefined)) return;
    if (EVTX_NAME.test(name) || tellInputKind(source) !== "unknown")
      this.#item(inner, inside, () => Promise.resolve(source));
    else this.#problem(path, { problem: "holds neither a log nor an archive or image" }, kind);
  }

  async #archive(
    entries: readonly ArchiveEntry[],
    path: string,
    inside: readonly string[],
    depth: number,
  ): Promise<void> {
    if (entries.length > MOST_ENTRIES)
      this.#problem(path, {
        problem: `only ${MOST_ENTRIES} of its ${entries.length} entries are looked at`,
      });
    const sorted = entries
      .slice(0, MOST_ENTRIES)
      .map((entry) => ({ entry, label: labelOf(entry.path) }))
      .sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
    const [notes, collection] = [this.#notes, this.#collection];
    this.#notes = await notesIn(sorted);
    this.#collection = await collectionIn(sorted, path);
    await this.#entries(sorted, path, inside, depth);
    this.#notes = notes;
    this.#collection = collection;
  }

  async #entries(
    sorted: readonly LabelledEntry[],
    path: string,
    inside: readonly string[],
    depth: number,
  ): Promise<void> {
    const before = this.#items.filter(({ role }) => role === "log").length + this.#problems.length;
    for (const { entry, label } of sorted)
      if (EVTX_NAME.test(label) || HIVE_PATH.test(label)) this.#entry(path, label, inside, entry);
    const names = new Set(sorted.map(({ label }) => label.toLowerCase()));
    for (const { entry, label } of sorted)
      if (CONTAINER_NAME.test(label) && !isContinuation(label, names))
        await this.#within(this.#notes.of(label), () =>
          this.#nested(entry, `${path}!/${label}`, inside, depth, sorted),
        );
    const logs = (): number => this.#items.filter(({ role }) => role === "log").length;
    if (logs() + this.#problems.length > before) return;
    // Collections hold much XML and JSON that is no log: it counts only where nothing else does.
    for (const { entry, label } of sorted)
      if (TEXT_LOG_NAME.test(label)) this.#entry(path, label, inside, entry);
    if (logs() + this.#problems.length === before)
      this.#problem(path, { problem: `no log among its ${sorted.length} files` });
  }

  #entry(path: string, label: string, inside: readonly string[], entry: ArchiveEntry): void {
    const noted = this.#notes.of(label);
    // CyLR calls its archive as the host is called.
    const host =
      noted.layout === "CyLR" && /\.zip$/i.test(path) ? basename(path).slice(0, -4) : undefined;
    const full = `${path}!/${label}`;
    const collected = this.#collection?.file(label);
    this.#item(
      full,
      inside,
      () => entry.open(),
      { ...(host && { host }), ...noted },
      { collected },
    );
  }

  /** What is found meanwhile lies in something of which this is known. */
  async #within(noted: KnownLayout, find: () => Promise<void>): Promise<void> {
    const around = this.#notedAround;
    this.#notedAround = { ...around, ...noted };
    await find();
    this.#notedAround = around;
  }

  async #nested(
    entry: ArchiveEntry,
    path: string,
    inside: readonly string[],
    depth: number,
    all: readonly LabelledEntry[],
  ): Promise<void> {
    try {
      const source = await entry.open();
      if (isProblem(source)) {
        this.#problem(path, source);
        return;
      }
      // Siblings have to be at hand at once: the pieces of an image are opened before it is.
      const folder = path.slice(0, path.lastIndexOf("/") + 1);
      const outer = path.slice(0, path.lastIndexOf("!/") + 2);
      const stem = basename(path)
        .replace(/\.[^.]*$/, "")
        .toLowerCase();
      const beside = new Map<string, ByteSource>();
      for (const other of all) {
        const full = `${outer}${other.label}`;
        const name = basename(other.label);
        if (full === path || !full.startsWith(folder)) continue;
        if (!name.toLowerCase().startsWith(stem) || full.slice(folder.length).includes("/"))
          continue;
        const opened = await other.entry.open();
        if (!isProblem(opened)) beside.set(name.toLowerCase(), opened);
      }
      const known = await this.content(source, path, inside, depth + 1, (name) =>
        beside.get(name.toLowerCase()),
      );
      if (!known)
        this.#problem(path, { problem: "is not what its name says: no archive or image" });
    } catch (error) {
      this.#problem(path, { problem: reasonOf(error) });
    }
  }

  #disk(disk: ByteSource, path: string, inside: readonly string[]): void {
    const partitions = readPartitions(disk, path, (issue) => this.#issue(issue));
    if (partitions === undefined) {
      this.#volume(disk, `${path}!`, path, inside, "");
      return;
    }
    for (const { number, start, size, type, name } of partitions) {
      if (isQuietPartition(type)) continue;
      const named = name === "" ? `partition ${number}` : `partition ${number} "${name}"`;
      const at = `${path}!/p${number}`;
      const slice = new SliceSource(disk, start, size);
      if (slice.size < size)
        this.#issue({
          code: "partition-cut",
          severity: "warning",
          message: `${named} ends ${size - slice.size} bytes behind the end of the image`,
          source: at,
        });
      this.#volume(slice, at, at, [...inside, named], type);
    }
    if (partitions.length === 0)
      this.#problem(path, { problem: "a disk whose partition table names no partition" });
  }

  #volume(
    volume: ByteSource,
    prefix: string,
    path: string,
    inside: readonly string[],
    type: string,
  ): void {
    const kind = tellVolumeKind(volume);
    if (kind === undefined && inside.length === 0) {
      this.#problem(path, {
        problem:
          "a disk image by its name, but neither partitions nor a volume begin where they should",
      });
      return;
    }
    if (kind?.kind !== "ntfs") {
      this.#problem(path, volumeProblem(kind, type));
      return;
    }
    const opened = NtfsVolume.open(volume, path, (issue) => this.#issue(issue));
    if (isProblem(opened)) {
      this.#problem(path, opened);
      return;
    }
    const title = volumeLabel(opened);
    const within = [...inside, title === "" ? kind.words : `${kind.words} "${title}"`];
    this.#files(opened, prefix, within, undefined);
    const copies = openShadowCopies(volume, path, (issue) => this.#issue(issue));
    for (const [index, copy] of copies.entries()) {
      const at = `${prefix}/$Shadow${index + 1}`;
      const then = NtfsVolume.open(copy.volume, at, (issue) => this.#issue(issue));
      if (isProblem(then)) this.#problem(at, then);
      else this.#files(then, at, within, copy.created);
    }
  }

  #files(
    opened: NtfsVolume,
    prefix: string,
    inside: readonly string[],
    shadowCopy: string | undefined,
  ): void {
    for (const file of findNtfsFiles(opened, {
      wantsName: (name) =>
        EVTX_NAME.test(name) || (shadowCopy === undefined && HIVE_NAME.test(name)),
      wants: (path) => EVTX_NAME.test(path) || /^windows\/system32\/config\/[^/]+$/i.test(path),
      byContent: this.#options.byContent === true,
    })) {
      const { entry, sequence, deleted } = file.facts;
      if (deleted && HIVE_PATH.test(file.path)) continue;
      const label = deleted ? `$Deleted/${entry}-${sequence}/${file.path}` : file.path;
      const open = async () => file.open();
      const mft = file.facts;
      this.#item(`${prefix}/${label}`, inside, open, {}, { mft, shadowCopy });
    }
  }

  #item(
    path: string,
    inside: readonly string[],
    open: () => Promise<ByteSource | SourceProblem>,
    noted: KnownLayout = {},
    facts: {
      readonly mft?: MftFacts | undefined;
      readonly shadowCopy?: string | undefined;
      readonly collected?: CollectedFact | undefined;
    } = {},
  ): void {
    const { mft, shadowCopy, collected } = facts;
    // Archives may hold one name twice. What it is called by its end stays, so that copies of it are found again.
    let own = path;
    for (let copy = 2; this.#paths.has(own); copy++)
      own = path.replace(/(\.[^./]*)?$/, (end) => ` (${copy})${end}`);
    this.#paths.add(own);
    this.#items.push({
      role: HIVE_PATH.test(path) && !EVTX_NAME.test(path) ? "hive" : "log",
      path: own,
      evidence: {
        source: this.#root,
        inside,
        // What the program wrote down itself counts more than what a name says, and that more than what lies further out.
        ...this.#notedAround,
        ...layoutOf(path),
        ...noted,
        ...(shadowCopy !== undefined && { shadowCopy }),
      },
      open,
      ...(mft !== undefined && { mft }),
      ...(collected !== undefined && { collected }),
    });
  }

  #problem(path: string, problem: SourceProblem, kind?: SourceKind): void {
    const text = problemText(problem);
    const words =
      kind === undefined || text.startsWith(kind.words) ? text : `${kind.words}: ${text}`;
    this.#problems.push({ path, problem: words });
  }

  #issue(issue: Issue): void {
    this.#issues.add(issue);
  }
}

/** What the collecting program noted among the entries of an archive. */
async function notesIn(entries: readonly LabelledEntry[]): Promise<CollectionNotes> {
  const notes = new CollectionNotes();
  for (const { entry, label } of entries)
    if (isCollectionMetadata(basename(label)))
      notes.add(label, await smallEntry(entry, MOST_METADATA_BYTES));
  return notes;
}

/** The manifest of an archive that `collect` made. */
async function collectionIn(
  entries: readonly LabelledEntry[],
  path: string,
): Promise<CollectionIndex | undefined> {
  const found = entries.find(({ label }) => label === MANIFEST_NAME);
  const bytes = found && (await smallEntry(found.entry, MOST_MANIFEST_BYTES));
  return bytes && CollectionIndex.of(bytes, path);
}

/** Notes are of use, not needed: the archive's own damage is told where its logs are read. */
async function smallEntry(entry: ArchiveEntry, mostBytes: number): Promise<Uint8Array | undefined> {
  if ((entry.size ?? 0) > mostBytes) return undefined;
  try {
    const source = await entry.open();
    if (isProblem(source) || source.size > mostBytes) return undefined;
    const bytes = new Uint8Array(source.size);
    source.read(0, bytes, 0, bytes.length);
    return bytes;
  } catch {
    return undefined;
  }
}

/** An entry's name as a label: `/` between the parts, no part that could lead anywhere. */
function labelOf(path: string): string {
  return path
    .split(/[/\\]/)
    .filter((part) => part !== "" && part !== ".")
    .map((part) => (part === ".." ? "_.." : part))
    .join("/");
}
