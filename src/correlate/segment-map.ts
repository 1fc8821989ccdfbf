import { isAddress, isInternalAddress, parseNetwork } from "../base/ip-network.ts";
import { NetworkIndex } from "../base/network-index.ts";
import type { Inventory, InventoryHost, InventorySegment, Role } from "../model/inventory.ts";
import type { CaseView } from "./analyzer.ts";
import { tidyHost } from "./host-names.ts";
import type { HostDirectory, Move } from "./story.ts";

/** One end of a move, as inventory and logs together know it. */
export interface SegmentEnd {
  /** For the report. */
  readonly name: string;
  readonly row?: InventoryHost;
  readonly segment?: InventorySegment;
  readonly role?: Role;
  readonly site?: string;
  /** The address that decided, where one did. */
  readonly address?: string;
}

/** Which segment, role and site a host or address has. */
export class SegmentMap {
  readonly #hosts = new Map<string, InventoryHost>();
  readonly #addresses = new Map<string, InventoryHost>();
  readonly #segments = new NetworkIndex<InventorySegment>();
  readonly #byName = new Map<string, InventorySegment>();
  readonly #directory: HostDirectory;
  readonly #ends = new Map<string, SegmentEnd>();

  constructor(inventory: Inventory, directory: HostDirectory) {
    this.#directory = directory;
    for (const row of inventory.hosts) {
      this.#hosts.set(row.host.toLowerCase(), row);
      this.#hosts.set(directory.nameOf(row.host).toLowerCase(), row);
      if (row.cidr !== undefined && isAddress(row.cidr)) this.#addresses.set(row.cidr, row);
    }
    for (const segment of inventory.segments) {
      const network = parseNetwork(segment.cidr);
      if (network !== undefined) this.#segments.add(network, segment);
      this.#byName.set(segment.segment, segment);
    }
  }

  /** The inventory's row of a host, by any name of it. */
  row(host: string): InventoryHost | undefined {
    const name = tidyHost(host);
    const known = this.#directory.find(name);
    return [name, ...(known === undefined ? [] : [known.name, ...known.aliases])]
      .map((each) => this.#hosts.get(each.toLowerCase()) ?? this.#addresses.get(each))
      .find((row) => row !== undefined);
  }

  segmentOf(address: string): InventorySegment | undefined {
    return this.#segments.find(tidyHost(address));
  }

  /** `address`: the one that a record names beside the host. */
  end(host: string, address?: string, timeMs?: number): SegmentEnd {
    const key = `${host}\n${address ?? ""}`;
    const known = this.#ends.get(key);
    if (known !== undefined) return known;
    const row = this.row(host);
    const seen = [
      ...(address === undefined ? [] : [address]),
      ...(isAddress(tidyHost(host)) ? [tidyHost(host)] : []),
      ...(this.#directory.find(host, timeMs)?.addresses.map((each) => each.address) ?? []),
      ...(row?.cidr !== undefined && isAddress(row.cidr) ? [row.cidr] : []),
    ];
    const decided = seen.find((each) => this.segmentOf(each) !== undefined);
    const segment =
      decided === undefined ? this.#byName.get(row?.segment ?? "") : this.segmentOf(decided);
    const role = row?.role ?? segment?.role;
    const site = row?.site ?? segment?.site;
    const end: SegmentEnd = {
      name: this.#directory.nameOf(host, timeMs),
      ...(row && { row }),
      ...(segment && { segment }),
      ...(role && { role }),
      ...(site && { site }),
      ...(decided && { address: decided }),
    };
    this.#ends.set(key, end);
    return end;
  }
}

/** The inventory of a case by address and name, where it has one. */
export function segmentMapOf({
  inventory,
  story,
}: Pick<CaseView, "inventory" | "story">): SegmentMap | undefined {
  return inventory && new SegmentMap(inventory, story.hosts);
}

/** Whether the source of a move is an address that the internet routes and the inventory does not know. */
export function isFromInternet({ from, session }: Move, map: SegmentMap | undefined): boolean {
  const address = tidyHost(session?.address ?? from);
  return isPublic(address) && map?.segmentOf(address) === undefined;
}

/** Asked for every move of a case, of the same addresses over and over. */
const publics = new Map<string, boolean>();
const MOST_PUBLICS = 20_000;

function isPublic(address: string): boolean {
  let is = publics.get(address);
  if (is === undefined) {
    is = isAddress(address) && !isInternalAddress(address);
    if (publics.size < MOST_PUBLICS) publics.set(address, is);
  }
  return is;
}
