import { closeSync, openSync, readSync } from "node:fs";

/** Signatures at the start of archives and disk images that may hold logs (latin1 text, then what it is). */
const CONTAINERS: readonly (readonly [signature: string, kind: string])[] = [
  ["PK\x03\x04", "a zip archive"],
  ["7z\xbc\xaf\x27\x1c", "a 7z archive"],
  ["\x1f\x8b", "a gzip file"],
  ["\x28\xb5\x2f\xfd", "a zstd file"],
  ["EVF\x09\x0d\x0a\xff\x00", "an E01 disk image"],
  ["EVF2\x0d\x0a\x81\x00", "an Ex01 disk image"],
  ["vhdxfile", "a VHDX disk image"],
  ["conectix", "a VHD disk image"],
  ["KDMV", "a VMDK disk image"],
  ["QFI\xfb", "a QCOW2 disk image"],
];

/** Images without a signature of their own are known by their names only. */
const RAW_IMAGE_NAME = /\.(dd|raw|img|001|vhd|tar)$/i;

/**
 * What a file in a folder is whose name is not a log's: `log` for an .evtx under another name, words for an archive
 * or image, undefined for files that have nothing to do with logs. Throws when it cannot be opened.
 */
export function tellOtherFile(path: string): "log" | { readonly container: string } | undefined {
  const head = Buffer.alloc(8);
  const fd = openSync(path, "r");
  try {
    readSync(fd, head, 0, head.length, 0);
  } finally {
    closeSync(fd);
  }
  const text = head.toString("latin1");
  if (text === "ElfFile\0") return "log";
  const container = CONTAINERS.find(([signature]) => text.startsWith(signature))?.[1];
  if (container !== undefined) return { container };
  return RAW_IMAGE_NAME.test(path)
    ? { container: "a disk image or archive, by its name" }
    : undefined;
}
