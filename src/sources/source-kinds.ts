import type { ByteSource } from "../base/byte-source.ts";

/** What is inside: one virtual disk, several files, one file, or something that only has a name here. */
export type SourceForm = "disk" | "archive" | "compressed" | "named";

/** A kind of container, told by its first (or last) bytes. */
export interface SourceKind {
  readonly kind: string;
  /** As it stands in a sentence. */
  readonly words: string;
  readonly form: SourceForm;
  /** Latin-1 text at an offset; a negative offset counts from the end. One of them is enough. */
  readonly signatures: readonly (readonly [offset: number, text: string])[];
  /** For `named`: how to get at what is inside. */
  readonly fix?: string;
  /** Tells by name where the bytes cannot. */
  readonly name?: RegExp;
}

/** In this order: the first that fits counts. Readers for them stand in `node/container-readers.ts`. */
export const SOURCE_KINDS: readonly SourceKind[] = [
  {
    kind: "zip",
    words: "a zip archive",
    form: "archive",
    signatures: [
      [0, "PK\x03\x04"],
      [0, "PK\x05\x06"],
    ],
  },
  { kind: "7z", words: "a 7z archive", form: "archive", signatures: [[0, "7z\xbc\xaf\x27\x1c"]] },
  { kind: "tar", words: "a tar archive", form: "archive", signatures: [[257, "ustar"]] },
  {
    kind: "rar",
    words: "a rar archive",
    form: "named",
    signatures: [[0, "Rar!\x1a\x07"]],
    fix: "unpack it first",
  },
  { kind: "gz", words: "a gzip file", form: "compressed", signatures: [[0, "\x1f\x8b\x08"]] },
  { kind: "zst", words: "a zstd file", form: "compressed", signatures: [[0, "\x28\xb5\x2f\xfd"]] },
  { kind: "xz", words: "an xz file", form: "compressed", signatures: [[0, "\xfd7zXZ\0"]] },
  { kind: "bz2", words: "a bzip2 file", form: "compressed", signatures: [[0, "BZh"]] },
  {
    kind: "e01",
    words: "an E01 disk image",
    form: "disk",
    signatures: [[0, "EVF\x09\x0d\x0a\xff\x00"]],
  },
  {
    kind: "ex01",
    words: "an Ex01 disk image",
    form: "disk",
    signatures: [[0, "EVF2\x0d\x0a\x81\x00"]],
  },
  {
    kind: "l01",
    words: "an L01 logical evidence file",
    form: "named",
    signatures: [
      [0, "LVF\x09\x0d\x0a\xff\x00"],
      [0, "LEF2\x0d\x0a\x81\x00"],
    ],
    fix: "export its files first",
  },
  { kind: "vhdx", words: "a VHDX disk image", form: "disk", signatures: [[0, "vhdxfile"]] },
  {
    kind: "vhd",
    words: "a VHD disk image",
    form: "disk",
    signatures: [
      [0, "conectix"],
      [-512, "conectix"],
      [-511, "conectix"],
    ],
  },
  {
    kind: "vmdk",
    words: "a VMDK disk image",
    form: "disk",
    signatures: [
      [0, "KDMV"],
      [0, "COWD"],
      [0, "# Disk DescriptorFile"],
    ],
  },
  { kind: "qcow2", words: "a QCOW2 disk image", form: "disk", signatures: [[0, "QFI\xfb"]] },
  {
    kind: "vdi",
    words: "a VirtualBox disk image",
    form: "named",
    signatures: [[64, "\x7f\x10\xda\xbe"]],
    fix: "qemu-img convert makes a raw image of it",
  },
  {
    kind: "aff",
    words: "an AFF disk image",
    form: "named",
    signatures: [[0, "AFF10\x0d\x0a\0"]],
    fix: "affconvert makes a raw image of it",
  },
  {
    kind: "dmg",
    words: "an Apple disk image",
    form: "named",
    signatures: [[-512, "koly"]],
    fix: "it holds no Windows logs unless someone put them there",
  },
  {
    kind: "wim",
    words: "a Windows imaging file",
    form: "named",
    signatures: [[0, "MSWIM\0\0\0"]],
    fix: "take the logs out with wimlib-imagex",
  },
  { kind: "split", words: "a split raw image", form: "disk", signatures: [], name: /\.(001|000)$/ },
];

/** The container kind of a source, or undefined when it is none (a log, a raw disk, anything else). Reads a few bytes. */
export function tellSourceKind(source: ByteSource, name: string): SourceKind | undefined {
  const head = new Uint8Array(512);
  const tail = new Uint8Array(512);
  const headLength = source.read(0, head, 0, head.length);
  const tailStart = Math.max(source.size - tail.length, 0);
  const tailLength = source.read(tailStart, tail, 0, tail.length);
  const has = (offset: number, text: string): boolean =>
    offset < 0
      ? tailLength + offset >= 0 &&
        startsWith(tail.subarray(0, tailLength), tailLength + offset, text)
      : startsWith(head.subarray(0, headLength), offset, text);
  return SOURCE_KINDS.find(
    (kind) =>
      kind.signatures.some(([offset, text]) => has(offset, text)) || kind.name?.test(name) === true,
  );
}

/** True when `text` (Latin-1) stands at `at`. */
export function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Segment files and extents of an image, by name: group 1 is what they share with its first file. */
const CONTINUATIONS: readonly (readonly [name: RegExp, first: readonly string[]])[] = [
  [/^(.+)\.(?:e(?:0[2-9]|[1-9]\d|[a-z]{2})|[f-z][a-z]{2})$/i, [".e01", ".ex01"]],
  [/^(.+)\.ex(?:0[2-9]|[1-9]\d|[a-z]{2})$/i, [".ex01"]],
  [/^(.+)\.(?:0\d[1-9]|0[1-9]0|[1-9]\d\d)$/i, [".001", ".000"]],
  [/^(.+)-(?:[sf]\d{3}|flat)\.vmdk$/i, [".vmdk"]],
];

/**
 * True when a file is a later piece of an image whose first file lies beside it (`names`: all names of the folder, in lower case): it is read with that
 * one and is no evidence of its own.
 */
export function isContinuation(name: string, names: ReadonlySet<string>): boolean {
  const lower = name.toLowerCase();
  return CONTINUATIONS.some(([pattern, firsts]) => {
    const stem = pattern.exec(lower)?.[1];
    return (
      stem !== undefined &&
      firsts.some((first) => lower !== `${stem}${first}` && names.has(`${stem}${first}`))
    );
  });
}
