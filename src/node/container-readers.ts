import type { ArchiveOpener, DiskOpener } from "../sources/container.ts";

/** How a kind of `sources/source-kinds.ts` is opened. Loaded when the first of its kind is met. */
export type ContainerReader =
  | { readonly disk: () => Promise<DiskOpener> }
  | { readonly archive: () => Promise<ArchiveOpener> };

/** By kind; a kind without a line here is named as not read. A compressed file is a disk of one file. */
export const CONTAINER_READERS: Readonly<Record<string, ContainerReader>> = {
  zip: { archive: async () => (await import("./archives/zip.ts")).openZip },
  tar: { archive: async () => (await import("./archives/tar.ts")).openTar },
  "7z": { archive: async () => (await import("./archives/seven-zip.ts")).openSevenZip },
  xz: { archive: async () => (await import("./archives/seven-zip.ts")).openSevenZip },
  bz2: { archive: async () => (await import("./archives/seven-zip.ts")).openSevenZip },
  gz: { disk: async () => (await import("./archives/compressed.ts")).openGzip },
  zst: { disk: async () => (await import("./archives/compressed.ts")).openZstd },
  split: { disk: async () => (await import("../sources/disks/split-raw.ts")).openSplitRaw },
  e01: { disk: async () => (await import("../sources/disks/ewf.ts")).openEwf },
  ex01: { disk: async () => (await import("../sources/disks/ewf2.ts")).openEwf2 },
  vhd: { disk: async () => (await import("../sources/disks/vhd.ts")).openVhd },
  vhdx: { disk: async () => (await import("../sources/disks/vhdx.ts")).openVhdx },
  vmdk: { disk: async () => (await import("../sources/disks/vmdk.ts")).openVmdk },
  qcow2: { disk: async () => (await import("../sources/disks/qcow2.ts")).openQcow2 },
};
