import { isCollectionMetadata } from "./collection-metadata.ts";

/** Names by which files inside archives and on volumes are told before they are opened. */

/** DFIR-ORC puts `_data` behind the names of what it takes. */
export const EVTX_NAME = /\.evtx(_data)?$/i;
/** The hives that say what a host was and what it logged. */
export const HIVE_PATH = /(^|[/\\])config[/\\](SYSTEM|SOFTWARE|SECURITY)(\.LOG[12]?)?$/i;
export const HIVE_NAME = /^(SYSTEM|SOFTWARE|SECURITY)(\.LOG[12]?)?$/i;
export const TEXT_LOG_NAME = /\.(xml|jsonl?|ndjson)$/i;
export const CONTAINER_NAME =
  /\.(zip|7z|tar|tgz|tzst|gz|zst|xz|bz2|e01|ex01|vhdx?|vmdk|qcow2|dd|raw|img|bin|001)$/i;
/** Names under which raw disks go: they have no signature of their own. */
export const RAW_IMAGE_NAME = /\.(dd|raw|img|bin|001|vhd|vmdk)$/i;

/** The later pieces of images, which are opened with their first. */
const PIECE_NAME = /\.(e[0-9a-z]{2}|ex\d\d|s\d\d|\d{3}|vmdk|vhdx?|avhdx?)$/i;

/** What an archive that can only be read front to back has to keep: logs, hives, and whatever may hold some. */
export function isEvidenceName(path: string): boolean {
  const name = path.replace(/^.*[/\\]/s, "");
  if (isCollectionMetadata(name)) return true;
  return [EVTX_NAME, HIVE_PATH, TEXT_LOG_NAME, CONTAINER_NAME, PIECE_NAME].some((form) =>
    form.test(path),
  );
}
