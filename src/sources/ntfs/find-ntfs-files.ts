import type { ByteSource } from "../../base/byte-source.ts";
import type { MftFacts } from "../../model/ledger.ts";
import { startsWith } from "../source-kinds.ts";
import { isProblem, type SourceProblem } from "../source-problem.ts";
import { ATTRIBUTE, type MftRecord, parseStandardTimes } from "./mft-record.ts";
import { NTFS_LIMITS } from "./ntfs-limits.ts";
import { NtfsPaths, namesOf } from "./ntfs-paths.ts";
import type { NtfsStream, NtfsVolume } from "./ntfs-volume.ts";

/** A file (or one alternate stream of it) on the volume. */
export interface NtfsFile {
  /** Below the volume's root, `/` between the parts; `name:stream` for an alternate stream. */
  readonly path: string;
  readonly size: number;
  readonly facts: MftFacts;
  open(): ByteSource | SourceProblem;
}

export interface NtfsSearch {
  /** By full path (no stream name); deleted files are asked about too. */
  readonly wants: (path: string) => boolean;
  /** By last part only, to save finding the path of every file. */
  readonly wantsName: (name: string) => boolean;
  /** Also every stream that begins like a log, whatever its name: one read a file. */
  readonly byContent: boolean;
}

/**
 * The files of a volume that a search wants, by one pass over the MFT: folders are not walked, so deleted files and
 * files whose folder is lost are found too. Order: by path, deleted ones last.
 */
export function findNtfsFiles(volume: NtfsVolume, search: NtfsSearch): NtfsFile[] {
  const found: NtfsFile[] = [];
  const paths = new NtfsPaths(volume);
  let left = 0;
  const take = (file: NtfsFile): void => {
    if (found.length < NTFS_LIMITS.foundFiles) found.push(file);
    else left++;
  };
  for (const record of volume.records()) {
    if (record.base.entry !== 0 || record.base.sequence !== 0 || record.isFolder) continue;
    for (const file of filesOf(record, volume, paths, search)) take(file);
  }
  if (left > 0)
    volume.issue("ntfs-too-many-files", `${left} more files fit the search and are left out`);
  return found.sort(
    (a, b) =>
      Number(a.facts.deleted) - Number(b.facts.deleted) ||
      (a.path < b.path ? -1 : a.path > b.path ? 1 : a.facts.entry - b.facts.entry),
  );
}

function* filesOf(
  record: MftRecord,
  volume: NtfsVolume,
  paths: NtfsPaths,
  search: NtfsSearch,
): Generator<NtfsFile> {
  const names = namesOf(volume, record);
  const byName = names.find(({ name }) => search.wantsName(name));
  const wanted = byName !== undefined && search.wants(paths.pathOf(byName));
  const name = wanted ? byName : names[0];
  // An alternate stream may be named like a log on any file.
  const hasStream = record.attributes.some(
    ({ type, name }) =>
      (type === ATTRIBUTE.data && name !== "") || type === ATTRIBUTE.attributeList,
  );
  if (!wanted && !search.byContent && !hasStream) return;
  const path = name === undefined ? `$Unnamed/${record.entry}` : paths.pathOf(name);
  const streams = volume.streamsOf(record);
  const elsewhere = contentElsewhere(record, volume, streams);
  for (const stream of streams) {
    if (stream.name === OVERLAY_STREAM) continue;
    const fits =
      stream.name === ""
        ? wanted || (search.byContent && beginsLikeLog(stream))
        : search.wantsName(stream.name) || ((wanted || search.byContent) && beginsLikeLog(stream));
    if (!fits) continue;
    yield {
      path: stream.name === "" ? path : `${path}:${stream.name.replaceAll(/[/\\\0]/g, "_")}`,
      size: stream.size,
      facts: factsOf(record, volume, name?.times ?? null, stream),
      open: elsewhere !== undefined && stream.name === "" ? () => elsewhere : stream.open,
    };
  }
}

/** Where the Windows Overlay Filter (compact.exe /exe) keeps what a file holds: the file itself reads as zeros. */
const OVERLAY_STREAM = "WofCompressedData";
const OVERLAID: SourceProblem = {
  problem: "is compressed by the Windows Overlay Filter, which is not read",
  fix: "copy it from the volume mounted read-only on Windows",
};

/** IO_REPARSE_TAG_DEDUP. Source: [MS-FSCC] 2.1.2.1. */
const DEDUPLICATED_TAG = 0x8000_0013;
const DEDUPLICATED: SourceProblem = {
  problem:
    "was deduplicated by Windows Server: its content lies in the volume's chunk store, which is not read",
  fix: "copy it from the volume mounted read-only on a Windows Server with Data Deduplication",
};

/** Why the file's own stream holds zeros instead of its content; undefined: it does not. */
function contentElsewhere(
  record: MftRecord,
  volume: NtfsVolume,
  streams: readonly NtfsStream[],
): SourceProblem | undefined {
  if (streams.some((stream) => stream.name === OVERLAY_STREAM)) return OVERLAID;
  const reparse = volume
    .attributesOf(record)
    .find(({ type }) => type === ATTRIBUTE.reparsePoint)?.content;
  if (reparse === undefined || reparse.length < 4) return undefined;
  const tag = new DataView(reparse.buffer, reparse.byteOffset).getUint32(0, true);
  return tag === DEDUPLICATED_TAG ? DEDUPLICATED : undefined;
}

function factsOf(
  record: MftRecord,
  volume: NtfsVolume,
  fileName: MftFacts["fileName"],
  stream: NtfsStream,
): MftFacts {
  const standard = volume
    .attributesOf(record)
    .find(({ type }) => type === ATTRIBUTE.standardInformation)?.content;
  const facts: MftFacts = {
    entry: record.entry,
    sequence: record.sequence,
    deleted: !record.inUse,
    standard: (standard && parseStandardTimes(standard)) ?? null,
    fileName,
    ...(record.damage !== undefined && { damage: record.damage }),
  };
  if (record.inUse) return facts;
  const clusters = stream.runs.reduce((sum, run) => sum + (run.cluster < 0 ? 0 : run.count), 0);
  const reused = volume.clustersInUse(stream.runs);
  return reused === undefined ? facts : { ...facts, clusters: { total: clusters, reused } };
}

/** True when the first bytes are those of an .evtx. */
function beginsLikeLog(stream: NtfsStream): boolean {
  const source = stream.open();
  if (isProblem(source)) return false;
  const head = new Uint8Array(8);
  try {
    return source.read(0, head, 0, 8) === 8 && startsWith(head, 0, "ElfFile\0");
  } catch {
    return false;
  }
}
