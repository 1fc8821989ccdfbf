import type { Text } from "./phrase.ts";

/** One source of a case (a folder, an archive, a disk image) and whose evidence it is. Plain data. */
export interface EvidenceSource {
  readonly path: string;
  /** How many logs it gave, and how many of them could not be used. */
  readonly inputs: number;
  readonly unread: number;
  /** By the events themselves, with how many of its logs hold events of each; forwarded events are not its own. */
  readonly hosts: readonly { readonly host: string; readonly logs: number }[];
  /** What speaks against all of it being one host's evidence, or against a host being one machine; absent when nothing does. */
  readonly conflicts?: readonly Text[];
}
