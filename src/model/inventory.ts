import type { Issue } from "./issue.ts";

/** What a host or segment is for. `management`: jump hosts, administration, scanners, monitoring, backup. */
export const ROLES = [
  "workstation",
  "server",
  "dc",
  "vpn",
  "management",
  "dmz",
  "printer",
  "other",
] as const;
export type Role = (typeof ROLES)[number];

/** A network with one purpose. */
export interface InventorySegment {
  readonly cidr: string;
  readonly segment: string;
  readonly role?: Role;
  /** Place, for organisations with several. */
  readonly site?: string;
  readonly line: number;
}

export interface InventoryHost {
  readonly host: string;
  /** Address or network in which it ought to be. */
  readonly cidr?: string;
  readonly segment?: string;
  readonly role?: Role;
  readonly owner?: string;
  /** Whether an endpoint agent watches it; absent: not said. */
  readonly edr?: boolean;
  readonly site?: string;
  readonly line: number;
}

/** What the owner of the hosts knows of them (`--inventory FILE`). Plain data. */
export interface Inventory {
  readonly source: string;
  readonly segments: readonly InventorySegment[];
  readonly hosts: readonly InventoryHost[];
  /** Rows that could not be used, each with its line and the way to mend it. */
  readonly issues: readonly Issue[];
}
