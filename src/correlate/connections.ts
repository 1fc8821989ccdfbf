import { isInternalAddress, networkHolds, parseNetwork } from "../base/ip-network.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { Signal, SignalWant } from "../model/signal.ts";
import { tidyHost } from "./host-names.ts";
import type { HostDirectory } from "./story.ts";

export const CONNECTION = "connection";
export const NAME_LOOKUP = "name-lookup";

const SAME_MS = 30_000;

/** Outgoing connections and name lookups; repeats within half a minute are one signal with a count. */
export const CONNECTION_WANTS: readonly SignalWant[] = [
  {
    kind: CONNECTION,
    subscription: {
      channels: ["Microsoft-Windows-Sysmon/Operational"],
      eventIds: [3],
      fields: ["Image", "User", "DestinationIp", "DestinationHostname", "DestinationPort"],
    },
    where: [
      { field: "Initiated", not: ["false"] },
      { field: "DestinationIp", not: ["127.0.0.1", "::1", "0:0:0:0:0:0:0:1", ""] },
    ],
    fold: { by: ["Image", "DestinationIp", "DestinationPort"], windowMs: SAME_MS },
  },
  {
    kind: CONNECTION,
    subscription: {
      channels: ["Security"],
      eventIds: [5156],
      fields: ["Application", "DestAddress", "DestPort"],
    },
    where: [
      // %%14593 is outbound.
      { field: "Direction", is: ["%%14593", "outbound"] },
      { field: "DestAddress", not: ["127.0.0.1", "::1", ""] },
    ],
    fold: { by: ["Application", "DestAddress", "DestPort"], windowMs: SAME_MS },
  },
  {
    kind: NAME_LOOKUP,
    subscription: {
      channels: ["Microsoft-Windows-Sysmon/Operational"],
      eventIds: [22],
      fields: ["Image", "User", "QueryName"],
    },
    fold: { by: ["Image", "QueryName"], windowMs: SAME_MS },
  },
  {
    kind: NAME_LOOKUP,
    subscription: {
      channels: ["Microsoft-Windows-DNS-Client/Operational"],
      // Asked, answered, answered from the cache or the network: a copy of the log may hold one of them only.
      eventIds: [3006, 3008, 3020],
      fields: ["QueryName"],
    },
    where: [{ field: "QueryName", not: [""] }],
    fold: { by: ["QueryName"], windowMs: SAME_MS },
  },
];

/** One connection or lookup in one form, whichever channel told it. */
export interface Connection {
  readonly timeMs: number;
  readonly host: string;
  /** Address, or the name that was looked up. */
  readonly destination: string;
  /** Name that the record gives to an address. */
  readonly name?: string;
  /** Text of a number; `dns` for lookups. */
  readonly port: string;
  /** Full path as recorded; empty where the channel does not tell. */
  readonly program: string;
  readonly count: number;
  readonly ref: RecordRef;
}

/** Packets to whoever listens (SSDP, mDNS, NetBIOS): Windows sends them by the clock. */
const TO_MANY = ["224.0.0.0/4", "255.255.255.255/32", "ff00::/8"].map(
  (cidr) => parseNetwork(cidr)!,
);

function toMany(address: string): boolean {
  return (
    TO_MANY.some((network) => networkHolds(network, address)) ||
    // The last address of a /24: the usual broadcast of networks of one's own.
    (address.endsWith(".255") && isInternalAddress(address))
  );
}

/** In order of time. */
export function connectionsOf(
  of: (kind: string) => readonly Signal[],
  hosts: HostDirectory,
): Connection[] {
  const connections = [...of(CONNECTION), ...of(NAME_LOOKUP)].flatMap((signal): Connection[] => {
    const { fields, ref, timeMs, count = 1 } = signal;
    const lookup = signal.kind === NAME_LOOKUP;
    const raw = lookup ? fields.QueryName : (fields.DestinationIp ?? fields.DestAddress);
    if (!raw || (!lookup && toMany(tidyHost(raw)))) return [];
    const name = fields.DestinationHostname;
    return [
      {
        timeMs,
        host: hosts.nameOf(ref.host),
        destination: lookup ? raw.toLowerCase().replace(/\.$/, "") : tidyHost(raw),
        ...(name && name !== "-" && { name: name.toLowerCase() }),
        port: lookup ? "dns" : (fields.DestinationPort ?? fields.DestPort ?? ""),
        program: fields.Image ?? fields.Application ?? "",
        count,
        ref,
      },
    ];
  });
  return connections.sort((a, b) => a.timeMs - b.timeMs);
}

/** Last part of a path, in lower case: `C:\a\B.exe` and `\device\harddiskvolume2\a\b.exe` -> `b.exe`. */
export function programName(path: string): string {
  return path.slice(path.lastIndexOf("\\") + 1).toLowerCase();
}
