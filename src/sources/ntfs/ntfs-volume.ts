import { type ByteSource, MemorySource } from "../../base/byte-source.ts";
import { platform } from "../../base/platform.ts";
import type { IssueSink } from "../../model/issue.ts";
import { isProblem, type SourceProblem } from "../source-problem.ts";
import { type NtfsGeometry, parseBootSector } from "./boot-sector.ts";
import { CompressedSource } from "./compressed-source.ts";
import { type DataRun, readRuns } from "./data-runs.ts";
import {
  ATTRIBUTE,
  COMPRESSED,
  ENCRYPTED,
  type MftAttribute,
  type MftRecord,
  parseMftRecord,
  type RecordReference,
  readReference,
} from "./mft-record.ts";
import { NTFS_LIMITS } from "./ntfs-limits.ts";
import { RunSource } from "./run-source.ts";

/** Windows compresses in units of 64 KiB at most. */
const MOST_UNIT_BYTES = 4 * 1024 * 1024;

/** A stream of a file: where it lies, not yet its bytes. */
export interface NtfsStream {
  /** Empty for the file's main stream. */
  readonly name: string;
  readonly size: number;
  /** Clusters that hold it; empty for a resident stream. */
  readonly runs: readonly DataRun[];
  readonly open: () => ByteSource | SourceProblem;
}

/** A read-only NTFS volume. Reads its boot sector and MFT, then only what is asked for. */
export class NtfsVolume {
  readonly geometry: NtfsGeometry;
  readonly #volume: ByteSource;
  readonly #onIssue: IssueSink;
  readonly #name: string;
  #mft: ByteSource = new MemorySource(new Uint8Array(0));
  #bitmap: Uint8Array | null | undefined;

  private constructor(
    geometry: NtfsGeometry,
    volume: ByteSource,
    name: string,
    onIssue: IssueSink,
  ) {
    this.geometry = geometry;
    this.#volume = volume;
    this.#name = name;
    this.#onIssue = onIssue;
  }

  /**
   * Opens the volume; falls back to the backup boot sector at its end and to $MFTMirr. `name` is what issues call it.
   */
  static open(volume: ByteSource, name: string, onIssue: IssueSink): NtfsVolume | SourceProblem {
    const geometry = findBootSector(volume, name, onIssue);
    if (typeof geometry === "string")
      return { problem: `an NTFS volume that cannot be read: ${geometry}` };
    const opened = new NtfsVolume(geometry, volume, name, onIssue);
    const problem = opened.#openMft();
    return problem === undefined
      ? opened
      : { problem: `an NTFS volume that cannot be read: ${problem}` };
  }

  /** How many records the MFT has room for. */
  get recordCount(): number {
    return Math.min(Math.floor(this.#mft.size / this.geometry.recordSize), NTFS_LIMITS.mftRecords);
  }

  /** The bytes of the volume, from its boot sector on. */
  get bytes(): ByteSource {
    return this.#volume;
  }

  /** One record, or undefined where there is none or it cannot be read. */
  record(entry: number): MftRecord | undefined {
    const { recordSize } = this.geometry;
    if (entry < 0 || entry >= this.recordCount) return undefined;
    const bytes = new Uint8Array(recordSize);
    try {
      if (this.#mft.read(entry * recordSize, bytes, 0, recordSize) < recordSize) return undefined;
    } catch (error) {
      this.issue("ntfs-record-unreadable", `MFT record ${entry}: ${(error as Error).message}`);
      return undefined;
    }
    return parseMftRecord(bytes, entry);
  }

  /** All records in order, read in large pieces; a piece that cannot be read is an issue and is skipped. */
  *records(): Generator<MftRecord> {
    const { recordSize } = this.geometry;
    const perPiece = Math.max(Math.floor((1024 * 1024) / recordSize), 1);
    const piece = new Uint8Array(perPiece * recordSize);
    for (let first = 0; first < this.recordCount; first += perPiece) {
      const count = Math.min(perPiece, this.recordCount - first);
      let length = 0;
      try {
        length = this.#mft.read(first * recordSize, piece, 0, count * recordSize);
      } catch (error) {
        this.issue(
          "ntfs-mft-unreadable",
          `MFT records ${first} to ${first + count - 1}: ${(error as Error).message}`,
        );
      }
      for (let i = 0; (i + 1) * recordSize <= length; i++) {
        // Most records are of no interest: they are copied only when they begin like one.
        if (piece[i * recordSize] !== 0x46 && piece[i * recordSize] !== 0x42) continue;
        const bytes = piece.slice(i * recordSize, (i + 1) * recordSize);
        const record = parseMftRecord(bytes, first + i);
        if (record !== undefined) yield record;
      }
    }
  }

  /** The attributes of a file: those in its base record and those that its attribute list names elsewhere. */
  attributesOf(record: MftRecord): readonly MftAttribute[] {
    const list = record.attributes.find(({ type }) => type === ATTRIBUTE.attributeList);
    if (list === undefined) return record.attributes;
    const extensions = new Map<number, RecordReference>();
    const bytes = this.#valueOf(list, NTFS_LIMITS.listBytes);
    if (bytes === undefined) {
      this.issue(
        "ntfs-list-unreadable",
        `MFT record ${record.entry}: its attribute list cannot be read`,
      );
      return record.attributes;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 26 <= bytes.length; ) {
      const length = view.getUint16(at + 4, true);
      if (length < 26 || at + length > bytes.length) break;
      const reference = readReference(view, at + 16);
      if (reference.entry !== record.entry) extensions.set(reference.entry, reference);
      at += length;
    }
    const all = [...record.attributes];
    for (const { entry, sequence } of extensions.values()) {
      const extension = this.record(entry);
      // A freed record's sequence number has gone up by one; its content still belongs to the deleted file.
      const fits =
        extension !== undefined &&
        extension.base.entry === record.entry &&
        (extension.sequence === sequence ||
          (!record.inUse && !extension.inUse && extension.sequence === nextSequence(sequence)));
      if (fits) all.push(...extension.attributes);
      else
        this.issue(
          "ntfs-extension-lost",
          `MFT record ${record.entry}: its extension record ${entry} is used otherwise`,
        );
    }
    return all;
  }

  /** The data streams of a file, the main one first. */
  streamsOf(record: MftRecord): NtfsStream[] {
    const byName = new Map<string, MftAttribute[]>();
    for (const attribute of this.attributesOf(record)) {
      if (attribute.type !== ATTRIBUTE.data) continue;
      const known = byName.get(attribute.name);
      if (known === undefined) byName.set(attribute.name, [attribute]);
      else known.push(attribute);
    }
    return [...byName]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, extents]) => this.#stream(name, extents, record.entry));
  }

  /** Of these clusters, how many the volume's bitmap calls in use; undefined when it cannot be read. */
  clustersInUse(runs: readonly DataRun[]): number | undefined {
    const bitmap = this.#clusterBitmap();
    if (bitmap === undefined) return undefined;
    let used = 0;
    let looked = 0;
    for (const { cluster, count } of runs) {
      if (cluster < 0) continue;
      // Runs of a damaged record may overlap without end: no file has more clusters than the volume.
      looked += count;
      if (looked > bitmap.length * 8) break;
      for (let at = cluster; at < cluster + count; at++)
        if (((bitmap[at >> 3] ?? 0) >> (at & 7)) & 1) used++;
    }
    return used;
  }

  issue(code: string, message: string): void {
    this.#onIssue({ code, severity: "warning", message, source: this.#name });
  }

  #openMft(): string | undefined {
    const { mftCluster, mirrorCluster, clusterSize } = this.geometry;
    const main = this.#recordAt(mftCluster * clusterSize);
    const usable = (record: MftRecord | undefined): record is MftRecord =>
      record !== undefined &&
      record.damage === undefined &&
      record.attributes.some(({ type, name }) => type === ATTRIBUTE.data && name === "");
    let first = main;
    if (!usable(first)) {
      first = this.#recordAt(mirrorCluster * clusterSize);
      if (!usable(first)) {
        return main?.damage === undefined
          ? "neither $MFT nor $MFTMirr begins with a record"
          : `record 0 of $MFT is damaged (${main.damage}) and $MFTMirr has none`;
      }
      this.issue("ntfs-mft-mirror", "$MFT begins with a damaged record; read through $MFTMirr");
    }
    // The extents of a large, fragmented MFT are listed in records that its first extent holds.
    const data = first.attributes.filter(
      ({ type, name }) => type === ATTRIBUTE.data && name === "",
    );
    const opened = this.#openExtents("", data, 0);
    if (isProblem(opened)) return opened.problem;
    this.#mft = opened;
    const whole = this.attributesOf(first).filter(
      ({ type, name }) => type === ATTRIBUTE.data && name === "",
    );
    if (whole.length > data.length) {
      const joined = this.#openExtents("", whole, 0);
      if (!isProblem(joined)) this.#mft = joined;
    }
    return undefined;
  }

  #recordAt(position: number): MftRecord | undefined {
    const bytes = new Uint8Array(this.geometry.recordSize);
    try {
      if (this.#volume.read(position, bytes, 0, bytes.length) < bytes.length) return undefined;
    } catch {
      return undefined;
    }
    return parseMftRecord(bytes, 0);
  }

  #stream(name: string, extents: readonly MftAttribute[], entry: number): NtfsStream {
    const ordered = inOrder(extents);
    const head = ordered[0]!;
    const runs = ordered.flatMap((part) => this.#runsOf(part, entry));
    return {
      name,
      size: head.content?.length ?? head.extent?.size ?? 0,
      runs,
      open: () => this.#openExtents(name, ordered, entry),
    };
  }

  #runsOf({ extent }: MftAttribute, entry: number): readonly DataRun[] {
    if (extent === undefined) return [];
    const clusters = Math.ceil(this.geometry.volumeSize / this.geometry.clusterSize);
    const { runs, problem } = readRuns(extent.mapping, extent.firstVcn, clusters);
    if (problem !== undefined)
      this.issue("ntfs-runs-damaged", `MFT record ${entry}: its run list holds ${problem}`);
    return runs;
  }

  #openExtents(
    name: string,
    extents: readonly MftAttribute[],
    entry: number,
  ): ByteSource | SourceProblem {
    const ordered = inOrder(extents);
    const head = ordered[0];
    if (head === undefined) return { problem: "no data" };
    if (head.flags & ENCRYPTED)
      return {
        problem: "encrypted with EFS",
        fix: "decrypt it with the user's or the recovery agent's key first",
      };
    if (head.content !== undefined) return new MemorySource(head.content);
    const { extent } = head;
    if (extent === undefined || extent.firstVcn !== 0)
      return { problem: `the first extent of ${name === "" ? "its data" : name} is lost` };
    const runs = ordered.flatMap((part) => this.#runsOf(part, entry));
    if (runs.length > NTFS_LIMITS.runsPerStream)
      return { problem: `more than ${NTFS_LIMITS.runsPerStream} runs` };
    const clusters = { volume: this.#volume, clusterSize: this.geometry.clusterSize };
    const { size, initializedSize, unitClusters } = extent;
    if (size > this.#volume.size)
      return { problem: `it claims ${size} bytes, more than its volume of ${this.#volume.size}` };
    if (unitClusters * clusters.clusterSize > MOST_UNIT_BYTES)
      return { problem: `a compression unit of ${unitClusters} clusters` };
    return (head.flags & COMPRESSED) !== 0 && unitClusters > 1
      ? new CompressedSource(clusters, runs, size, initializedSize, unitClusters)
      : new RunSource(clusters, runs, size, initializedSize);
  }

  /** The whole value of an attribute, when it is not longer than `most`. */
  #valueOf(attribute: MftAttribute, most: number): Uint8Array | undefined {
    const source = this.#openExtents(attribute.name, [attribute], 0);
    if (isProblem(source) || source.size > most) return undefined;
    const bytes = new Uint8Array(source.size);
    try {
      return bytes.subarray(0, source.read(0, bytes, 0, bytes.length));
    } catch {
      return undefined;
    }
  }

  #clusterBitmap(): Uint8Array | undefined {
    if (this.#bitmap === undefined) {
      this.#bitmap = null;
      const record = this.record(6);
      const data =
        record &&
        this.streamsOf(record)
          .find(({ name }) => name === "")
          ?.open();
      // One bit a cluster: 512 MiB of bitmap would be a volume of 16 TiB in clusters of 4 KiB.
      if (data !== undefined && !isProblem(data) && data.size <= 512 * 1024 * 1024) {
        const bytes = new Uint8Array(data.size);
        try {
          data.read(0, bytes, 0, bytes.length);
          this.#bitmap = bytes;
        } catch (error) {
          this.issue("ntfs-bitmap-unreadable", `$Bitmap: ${(error as Error).message}`);
        }
      }
    }
    return this.#bitmap ?? undefined;
  }
}

function inOrder(extents: readonly MftAttribute[]): MftAttribute[] {
  return [...extents].sort((a, b) => (a.extent?.firstVcn ?? -1) - (b.extent?.firstVcn ?? -1));
}

/** What NTFS makes of a record's sequence number when it is freed; 0 is never used. */
export function nextSequence(sequence: number): number {
  return sequence === 0xffff ? 1 : sequence + 1;
}

function findBootSector(
  volume: ByteSource,
  name: string,
  onIssue: IssueSink,
): NtfsGeometry | string {
  const sector = new Uint8Array(512);
  const at = (position: number): NtfsGeometry | string => {
    if (position < 0) return "no backup boot sector";
    try {
      const length = volume.read(position, sector, 0, sector.length);
      return parseBootSector(sector.subarray(0, length));
    } catch (error) {
      return (error as Error).message;
    }
  };
  const main = at(0);
  if (typeof main !== "string") return main;
  const backup = at(volume.size - (volume.size % 512) - 512);
  if (typeof backup === "string") return main;
  onIssue({
    code: "ntfs-boot-backup",
    severity: "warning",
    message: `the boot sector is damaged (${main}); read through the backup at the volume's end`,
    source: name,
  });
  return backup;
}

/** The label that the volume's owner gave it, from $Volume. */
export function volumeLabel(volume: NtfsVolume): string {
  const content = volume
    .record(3)
    ?.attributes.find(({ type }) => type === ATTRIBUTE.volumeName)?.content;
  return content === undefined ? "" : platform.utf16(content, 0, content.length);
}
