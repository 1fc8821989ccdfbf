import type { ByteSource } from "../../base/byte-source.ts";
import { filetimeMs, filetimeText } from "../../base/filetime.ts";
import { guidText } from "../../base/guid.ts";
import type { IssueSink } from "../../model/issue.ts";
import {
  BLOCK_HEADER_SIZE,
  CATALOG_ENTRY_SIZE,
  isVssBlock,
  RECORD,
  VSS_BLOCK,
  VSS_HEADER_AT,
  VSS_LIMITS,
} from "./vss-format.ts";

/** One shadow copy as the catalog lists it. */
export interface ShadowCopy {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly created: string;
  readonly createdMs: number;
  readonly volumeSize: number;
  /** Where its list of saved blocks begins, from the volume's start. */
  readonly blockListAt: number;
}

/** The shadow copies of a volume, oldest first; none when it has none. Damage is told to `onIssue`. */
export function readShadowCatalog(
  volume: ByteSource,
  name: string,
  onIssue: IssueSink,
): ShadowCopy[] {
  const header = new Uint8Array(128);
  try {
    if (volume.read(VSS_HEADER_AT, header, 0, header.length) < header.length) return [];
  } catch {
    return [];
  }
  if (!isVssBlock(header, RECORD.header)) return [];
  const view = new DataView(header.buffer);
  const described = new Map<string, { createdMs: number; created: string; volumeSize: number }>();
  const stored = new Map<string, number>();
  const issue = (message: string): void =>
    onIssue({ code: "vss-catalog-damaged", severity: "warning", message, source: name });
  let at = Number(view.getBigUint64(48, true));
  const block = new Uint8Array(VSS_BLOCK);
  for (let count = 0; at !== 0; count++) {
    if (count >= VSS_LIMITS.catalogBlocks || !readBlock(volume, at, block)) {
      issue(`the catalog of shadow copies cannot be read at byte ${at}`);
      break;
    }
    const entries = new DataView(block.buffer);
    for (
      let entry = BLOCK_HEADER_SIZE;
      entry + CATALOG_ENTRY_SIZE <= VSS_BLOCK;
      entry += CATALOG_ENTRY_SIZE
    ) {
      const type = entries.getUint32(entry, true);
      if (type !== 2 && type !== 3) continue;
      const id = guidText(block, entry + 16);
      if (type === 3) {
        stored.set(id, Number(entries.getBigUint64(entry + 8, true)));
        continue;
      }
      const low = entries.getUint32(entry + 48, true);
      const high = entries.getUint32(entry + 52, true);
      described.set(id, {
        created: filetimeText(low, high),
        createdMs: filetimeMs(low, high),
        volumeSize: Number(entries.getBigUint64(entry + 8, true)),
      });
    }
    at = Number(new DataView(block.buffer).getBigUint64(40, true));
  }
  const copies: ShadowCopy[] = [];
  for (const [id, facts] of described) {
    const blockListAt = stored.get(id);
    if (blockListAt === undefined) issue(`shadow copy ${id} of ${facts.created} has no store`);
    else if (copies.length < VSS_LIMITS.copies) copies.push({ id, ...facts, blockListAt });
  }
  return copies.sort((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1));

  function readBlock(source: ByteSource, position: number, target: Uint8Array): boolean {
    try {
      return (
        source.read(position, target, 0, VSS_BLOCK) === VSS_BLOCK &&
        isVssBlock(target, RECORD.catalog)
      );
    } catch {
      return false;
    }
  }
}
