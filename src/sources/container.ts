import type { ByteSource } from "../base/byte-source.ts";
import type { IssueSink } from "../model/issue.ts";
import type { SourceProblem } from "./source-problem.ts";

/** How a piece of a container is packed; `raw` is deflate without a header. */
export type PackedForm = "zlib" | "raw" | "gzip" | "zstd";

/** What a container reader may ask of the world around it; `src/node` supplies it. */
export interface ContainerContext {
  /** The container's own file name without folder: the names of segments and parents derive from it. */
  readonly name: string;
  /**
   * A file beside the container, for segments, differencing parents and backing files. The name is one file name
   * (a path inside evidence is cut to its last part); undefined when there is none. Closed by who supplied it.
   */
  sibling(name: string): ByteSource | undefined;
  /**
   * Packed data to bytes. Throws when it is damaged or gives more than `mostBytes`; of zstd exactly so many come, whatever
   * lies behind.
   */
  inflate(bytes: Uint8Array, form: PackedForm, mostBytes: number): Uint8Array;
  /** A place for bytes that can only be had front to back: memory, or a temporary file that nobody else sees. */
  spool(pieces: AsyncIterable<Uint8Array>, mostBytes: number): Promise<ByteSource>;
  /** Which entries an archive that can only be read front to back has to keep; absent: whatever may be evidence. */
  readonly keeps?: (path: string) => boolean;
  /** Passwords that the user gave, to be tried in this order. */
  readonly passwords: readonly string[];
  /** Damage that does not keep the container from being read. */
  readonly onIssue: IssueSink;
}

/** The virtual disk or decompressed content inside a container. */
export interface OpenedDisk {
  readonly disk: ByteSource;
  /** What the container says of itself (acquired at, by whom, stored hash …), for the ledger. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** Reads a container's structure; content is read when the disk is. Damage in the structure is a problem, not an exception. */
export type DiskOpener = (
  source: ByteSource,
  context: ContainerContext,
) => OpenedDisk | SourceProblem | Promise<OpenedDisk | SourceProblem>;

/** A regular file in an archive. Folders, links and devices are never entries. */
export interface ArchiveEntry {
  /** As the archive has it, with `/` between the parts; a label, never used as a path on disk. */
  readonly path: string;
  /** Bytes when unpacked, as the archive claims; undefined when it does not say. */
  readonly size: number | undefined;
  /** ISO 8601 UTC, when the archive says. */
  readonly modified?: string;
  open(): Promise<ByteSource | SourceProblem>;
}

export interface OpenedArchive {
  readonly entries: readonly ArchiveEntry[];
  readonly facts?: Readonly<Record<string, string>>;
  /** Frees what the archive's entries share. */
  close?(): void;
}

export type ArchiveOpener = (
  source: ByteSource,
  context: ContainerContext,
) => OpenedArchive | SourceProblem | Promise<OpenedArchive | SourceProblem>;
