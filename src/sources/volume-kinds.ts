import type { ByteSource } from "../base/byte-source.ts";
import { startsWith } from "./source-kinds.ts";
import type { SourceProblem } from "./source-problem.ts";

/** What a partition or a whole partition-less image holds. */
export interface VolumeKind {
  readonly kind: string;
  readonly words: string;
  /** Windows logs may be in it, but it cannot be read here: how to get at them. */
  readonly fix?: string;
  readonly signatures: readonly (readonly [offset: number, text: string])[];
}

const TSK = "mount it read-only and name the folder, or use --engine tsk";

/** The first that fits counts. Offsets from the volume's start. */
export const VOLUME_KINDS: readonly VolumeKind[] = [
  { kind: "ntfs", words: "an NTFS volume", signatures: [[3, "NTFS    "]] },
  {
    kind: "bitlocker",
    words: "a BitLocker volume",
    signatures: [
      [3, "-FVE-FS-"],
      // BitLocker To Go: a FAT boot sector with the volume's own GUID, 4967d63b-2e29-4ad8-8399-f6a339e3d001.
      [424, "\x3b\xd6\x67\x49\x29\x2e\xd8\x4a\x83\x99\xf6\xa3\x39\xe3\xd0\x01"],
    ],
    fix: "unlock it with its recovery password or key (dislocker -p or bdemount -r, or manage-bde -unlock on Windows) and name what that gives",
  },
  {
    kind: "refs",
    words: "a ReFS volume",
    signatures: [[3, "ReFS\0\0\0\0"]],
    fix: "mount it on Windows and name the folder",
  },
  {
    kind: "luks",
    words: "a LUKS volume",
    signatures: [[0, "LUKS\xba\xbe"]],
    fix: "unlock it read-only (cryptsetup open --readonly --type luks) and name the device that gives",
  },
  {
    kind: "lvm",
    words: "an LVM physical volume",
    signatures: [
      [512, "LABELONE"],
      [0, "LABELONE"],
      [1024, "LABELONE"],
      [1536, "LABELONE"],
    ],
    fix: "activate it read-only (vgchange -ay on a read-only loop device) and name the logical volumes",
  },
  {
    kind: "apfs",
    words: "an APFS container",
    signatures: [[32, "NXSB"]],
    fix: "it may be FileVault-encrypted: unlock and mount it read-only (apfs-fuse) and name the folder",
  },
  {
    kind: "hfs",
    words: "an HFS+ volume",
    signatures: [
      [1024, "H+\0\x04"],
      [1024, "HX\0\x05"],
    ],
    fix: TSK,
  },
  { kind: "ext", words: "a Linux ext volume", signatures: [[1080, "\x53\xef"]], fix: TSK },
  {
    kind: "xfs",
    words: "an XFS volume",
    signatures: [[0, "XFSB"]],
    fix: "mount it read-only and name the folder",
  },
  {
    kind: "btrfs",
    words: "a Btrfs volume",
    signatures: [[65_600, "_BHRfS_M"]],
    fix: "mount it read-only and name the folder",
  },
  { kind: "exfat", words: "an exFAT volume", signatures: [[3, "EXFAT   "]], fix: TSK },
  {
    kind: "fat",
    words: "a FAT volume",
    signatures: [
      [54, "FAT1"],
      [82, "FAT32   "],
    ],
    fix: TSK,
  },
  { kind: "swap", words: "Linux swap space", signatures: [[4086, "SWAPSPACE2"]] },
  {
    kind: "iso",
    words: "an ISO 9660 image",
    signatures: [[32_769, "CD001"]],
    fix: "mount it and name the folder",
  },
  {
    kind: "ldm",
    words: "a Windows dynamic disk (LDM) partition",
    signatures: [[3072, "PRIVHEAD"]],
    fix: "ldmtool gives its volumes",
  },
  {
    kind: "filevault",
    words: "an Apple Core Storage (FileVault) volume",
    signatures: [[88, "CS"]],
    fix: "unlock it with fvdemount and the password or recovery key",
  },
];

/** By partition type, where the bytes say nothing. */
const BY_TYPE: Readonly<Record<string, string>> = {
  "0x42": "a Windows dynamic disk (LDM) partition",
  "E3C9E316-0B5C-4DB8-817D-F92DF00215AE": "a Microsoft reserved partition",
  "E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D": "a Storage Spaces partition",
  "AF9B60A0-1431-4F62-BC68-3311714A69AD": "a Windows dynamic disk (LDM) partition",
  "53746F72-6167-11AA-AA11-00306543ECAC": "an Apple Core Storage (FileVault) volume",
};

/** Types whose volumes hold no Windows logs: they are passed over without a word of warning. */
const QUIET_TYPES: readonly string[] = [
  "E3C9E316-0B5C-4DB8-817D-F92DF00215AE", // Microsoft reserved
  "C12A7328-F81F-11D2-BA4B-00A0C93EC93B", // EFI system
  "21686148-6449-6E6F-744E-656564454649", // BIOS boot
  "0xef",
];

/** Looks at the first 64 KiB. Undefined when nothing is known that begins so. */
export function tellVolumeKind(volume: ByteSource): VolumeKind | undefined {
  const head = new Uint8Array(Math.min(volume.size, 66_048));
  let length = 0;
  try {
    length = volume.read(0, head, 0, head.length);
  } catch {
    return undefined;
  }
  const bytes = head.subarray(0, length);
  const kind = VOLUME_KINDS.find(({ signatures }) =>
    signatures.some(([offset, text]) => startsWith(bytes, offset, text)),
  );
  if (kind !== undefined) return kind;
  // A damaged boot sector of NTFS has a backup in the volume's last sector.
  const last = new Uint8Array(512);
  try {
    const got = volume.read(volume.size - (volume.size % 512) - 512, last, 0, 512);
    if (got === 512 && startsWith(last, 3, "NTFS    ")) return VOLUME_KINDS[0];
  } catch {
    return undefined;
  }
  return undefined;
}

/** True for partitions that never hold logs. */
export function isQuietPartition(type: string): boolean {
  return QUIET_TYPES.includes(type);
}

/** Why a volume that is no NTFS gives no logs. */
export function volumeProblem(kind: VolumeKind | undefined, type: string): SourceProblem {
  if (kind === undefined) {
    const words = BY_TYPE[type];
    return { problem: words ?? "a volume of unknown kind (or an encrypted one without a header)" };
  }
  return { problem: kind.words, ...(kind.fix !== undefined && { fix: kind.fix }) };
}
