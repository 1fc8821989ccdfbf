import { ArchiveReader, type LibarchiveWasm, libarchiveWasm } from "libarchive-wasm";
import type { ArchiveEntry, ArchiveOpener, ContainerContext } from "../../sources/container.ts";
import { isEvidenceName } from "../../sources/evidence-names.ts";
import type { SourceProblem } from "../../sources/source-problem.ts";
import { reasonOf } from "../reason-of.ts";
import { decryptedSevenZip } from "./seven-zip-decrypt.ts";
import { SevenZipError, SIGNATURE_SIZE } from "./seven-zip-header.ts";
import { tooLarge } from "./unpack-limits.ts";

/** The library has the archive and an entry in its own memory, which ends at 2 GiB. */
const MOST_ARCHIVE_BYTES = 1024 * 1024 * 1024;
const MOST_ENTRY_BYTES = 1024 * 1024 * 1024;
/** `7z`, 0xbc, 0xaf. */
const SEVEN_ZIP_MAGIC = 0x377abcaf;

/** 7z archives, and tar archives in xz or bzip2. What may be evidence is unpacked in one pass and kept. */
export const openSevenZip: ArchiveOpener = async (source, context) => {
  if (source.size > MOST_ARCHIVE_BYTES)
    return {
      problem: `has ${source.size} bytes: above ${MOST_ARCHIVE_BYTES} it is not read`,
      fix: "unpack it first",
    };
  const bytes = new Uint8Array(source.size);
  source.read(0, bytes, 0, bytes.length);
  if (isCutOff(bytes)) return { problem: "is cut off: its list of files is missing" };
  const library = await libarchiveWasm();
  const plain = await unpacked(library, bytes, context);
  const failed = plain.reason !== "" && plain.kept === 0;
  const opened = (failed ? await unlocked(library, bytes, context) : undefined) ?? plain;
  if ("problem" in opened) return opened;
  const { entries, reason } = opened;
  if (entries.length === 0 && reason !== "") return { problem: `is damaged: ${reason}` };
  if (reason !== "") {
    context.onIssue({
      code: "archive-damaged",
      severity: "warning",
      message: `it breaks off after ${entries.length} files: ${reason}`,
      source: context.name,
    });
  }
  return { entries };
};

/** A 7z archive has its list of files at its end. */
function isCutOff(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < SIGNATURE_SIZE || view.getUint32(0) !== SEVEN_ZIP_MAGIC) return false;
  const end = SIGNATURE_SIZE + Number(view.getBigUint64(12, true) + view.getBigUint64(20, true));
  return end > bytes.length;
}

interface Unpacked {
  readonly entries: readonly ArchiveEntry[];
  /** Why there are no more; empty at the end. */
  readonly reason: string;
  /** Files that were unpacked, and those that should have been. */
  readonly kept: number;
  readonly broken: number;
}

const WRONG = "is encrypted, and no password given opens it";

/**
 * The library knows no encryption of 7z: the archive is decrypted here and given to it as one that has none. Undefined when it is
 * not encrypted.
 */
async function unlocked(
  library: LibarchiveWasm,
  bytes: Uint8Array,
  context: ContainerContext,
): Promise<Unpacked | SourceProblem | undefined> {
  let why = "";
  for (const password of context.passwords.length === 0 ? [""] : context.passwords) {
    try {
      const open = decryptedSevenZip(bytes, password, (archive) => onlyFile(library, archive));
      if (open === undefined) return undefined;
      const found = await unpacked(library, open, context);
      if (found.broken === 0 && (found.reason === "" || found.kept > 0)) return found;
      why ||= WRONG;
    } catch (error) {
      if (!(error instanceof SevenZipError)) throw error;
      why = `is encrypted, and ${error.message}`;
    }
  }
  return {
    problem: context.passwords.length === 0 ? "is encrypted" : why,
    fix: "give its --password",
  };
}

/** What the one file of an archive unpacks to. */
function onlyFile(library: LibarchiveWasm, archive: Uint8Array): Uint8Array | undefined {
  let reader: ArchiveReader | undefined;
  try {
    reader = new ArchiveReader(library, signed(archive));
    const data = reader.nextEntry()?.readData();
    return data && new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  } catch {
    return undefined; // decrypted with a wrong password it is no archive
  } finally {
    reader?.free();
  }
}

async function unpacked(
  library: LibarchiveWasm,
  bytes: Uint8Array,
  context: ContainerContext,
): Promise<Unpacked> {
  const entries: ArchiveEntry[] = [];
  let reason = "";
  let kept = 0;
  let broken = 0;
  let reader: ArchiveReader | undefined;
  try {
    reader = new ArchiveReader(library, signed(bytes), context.passwords[0]);
    for (const entry of reader.entries()) {
      if (entry.getFiletype() !== "File") continue;
      const path = entry.getPathname();
      const size = entry.getSize();
      entries.push({ path, size, open: await keep(entry, path, size) });
    }
    // The library ends its list at an error as it does at the end.
    reason = library.error_string(reader.archive) ?? "";
  } catch (error) {
    reason = reasonOf(error);
  } finally {
    reader?.free();
  }
  return { entries, reason, kept, broken };

  async function keep(
    entry: { readData(): Int8Array | undefined },
    path: string,
    size: number,
  ): Promise<ArchiveEntry["open"]> {
    if (!(context.keeps ?? isEvidenceName)(path))
      return () => Promise.resolve({ problem: "was not kept" });
    const problem =
      tooLarge(size, bytes.length) ??
      (size > MOST_ENTRY_BYTES
        ? { problem: `has ${size} bytes: above ${MOST_ENTRY_BYTES} it is not unpacked` }
        : undefined);
    if (problem !== undefined) return () => Promise.resolve(problem);
    const data = entry.readData() ?? new Int8Array(0);
    if (data.length < size) {
      broken++;
      return () => Promise.resolve({ problem: `unpacks to ${data.length} of its ${size} bytes` });
    }
    // A copy: the library's memory moves when it grows.
    const copy = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
    const spooled = await context.spool(one(copy), MOST_ENTRY_BYTES);
    kept++;
    return () => Promise.resolve(spooled);
  }
}

/** The same memory: the library asks for signed bytes. */
function signed(bytes: Uint8Array): Int8Array {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
