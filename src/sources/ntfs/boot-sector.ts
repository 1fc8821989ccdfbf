import { startsWith } from "../source-kinds.ts";

/** Where things lie on an NTFS volume. Offsets and sizes in bytes unless they say clusters. */
export interface NtfsGeometry {
  readonly sectorSize: number;
  readonly clusterSize: number;
  /** As the volume claims; the image may be shorter. */
  readonly volumeSize: number;
  readonly mftCluster: number;
  readonly mirrorCluster: number;
  readonly recordSize: number;
  /** As Windows prints it, hexadecimal. */
  readonly serial: string;
}

/**
 * The boot sector of an NTFS volume, or the words for what is wrong with it. Layout: Microsoft, "NTFS boot sector";
 * offsets 0x0b (BIOS parameter block) to 0x50.
 */
export function parseBootSector(bytes: Uint8Array): NtfsGeometry | string {
  if (bytes.length < 512) return "shorter than a boot sector";
  if (!startsWith(bytes, 3, "NTFS    ")) return "no NTFS signature in the boot sector";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sectorSize = view.getUint16(0x0b, true);
  if (![256, 512, 1024, 2048, 4096].includes(sectorSize))
    return `a sector size of ${sectorSize} bytes`;
  // Above 128 the byte is a negative power of two (clusters above 64 KiB).
  const perCluster = bytes[0x0d]!;
  const sectorsPerCluster = perCluster > 0x80 ? 2 ** (256 - perCluster) : perCluster;
  const clusterSize = sectorSize * sectorsPerCluster;
  if (!isPowerOfTwo(clusterSize) || clusterSize > 2 * 1024 * 1024)
    return `a cluster size of ${clusterSize} bytes`;
  const size = view.getInt8(0x40);
  const recordSize = size < 0 ? 2 ** -size : size * clusterSize;
  if (!isPowerOfTwo(recordSize) || recordSize < 256 || recordSize > 65_536)
    return `an MFT record size of ${recordSize} bytes`;
  const volumeSize = Number(view.getBigUint64(0x28, true)) * sectorSize;
  const mftCluster = Number(view.getBigUint64(0x30, true));
  const mirrorCluster = Number(view.getBigUint64(0x38, true));
  if (volumeSize === 0 || !Number.isSafeInteger(volumeSize))
    return `a volume size of ${volumeSize} bytes`;
  const clusters = volumeSize / clusterSize;
  if (mftCluster > clusters && mirrorCluster > clusters)
    return `its MFT at cluster ${mftCluster} of ${Math.floor(clusters)}`;
  const serial = view.getBigUint64(0x48, true).toString(16).toUpperCase().padStart(16, "0");
  return { sectorSize, clusterSize, volumeSize, mftCluster, mirrorCluster, recordSize, serial };
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && Number.isInteger(Math.log2(value));
}
