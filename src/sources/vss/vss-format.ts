/**
 * Volume shadow copies as Windows' own provider keeps them on NTFS volumes. Source: "Volume Shadow Snapshot (VSS)
 * format", libvshadow project.
 */

/** Copies are kept, and changed blocks saved, in pieces of this size. */
export const VSS_BLOCK = 16_384;
/** The header's place on the volume. */
export const VSS_HEADER_AT = 7680;
export const BLOCK_HEADER_SIZE = 128;
export const CATALOG_ENTRY_SIZE = 128;
export const DESCRIPTOR_SIZE = 32;

export const RECORD = { header: 1, catalog: 2, blockList: 3 } as const;

/** Flags of a block descriptor. */
export const DESCRIPTOR = {
  /** The data lies where `relative` says, as the next younger copy sees the volume. */
  forwarder: 1,
  /** Only the sectors marked in the bitmap are saved. */
  overlay: 2,
  unused: 4,
} as const;

export const VSS_LIMITS = {
  /** Windows keeps 512 copies at most. */
  copies: 512,
  catalogBlocks: 64,
  /** Changed blocks of one copy: 128 GiB of changes. */
  descriptors: 8_000_000,
} as const;

/** 3808876b-c176-4e48-b7ae-04046e6cc752 as it lies on disk. */
const IDENTIFIER = [
  0x6b, 0x87, 0x08, 0x38, 0x76, 0xc1, 0x48, 0x4e, 0xb7, 0xae, 0x04, 0x04, 0x6e, 0x6c, 0xc7, 0x52,
];

/** True when a block begins with the VSS identifier and is of this type. */
export function isVssBlock(bytes: Uint8Array, type: number): boolean {
  if (bytes.length < 24) return false;
  if (!IDENTIFIER.every((byte, i) => bytes[i] === byte)) return false;
  return (
    new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(20, true) === type
  );
}
