import { isAddress, networkHolds, parseNetwork } from "../base/ip-network.ts";
import type { Role } from "../model/inventory.ts";
import type { ChannelState, ChannelStates } from "./channel-states.ts";
import { isLoopback } from "./host-names.ts";
import { DC_CHANNELS } from "./log-questions.ts";
import type { HostFacts, Story } from "./story.ts";

const DAY_MS = 86_400_000;
/** A host whose newest event is so much older than the newest of all looks gone. */
const STALE_MS = 30 * DAY_MS;
const MOST_ADDRESSES = 3;
const LINK_LOCAL = ["169.254.0.0/16", "fe80::/10"].map((cidr) => parseNetwork(cidr)!);

/** One line of a first inventory; `note` says what it rests on and what looks stale or doubtful. */
export interface DraftRow {
  readonly cidr: string;
  readonly segment: string;
  readonly role: Role | "";
  readonly host: string;
  readonly owner: "";
  readonly edr: "";
  readonly note: string;
}

/** A first inventory out of what logs tell, for somebody who knows the hosts to correct. */
export function draftInventory(story: Story, states: ChannelStates): DraftRow[] {
  let newestMs = Number.NEGATIVE_INFINITY;
  for (const channels of states.values())
    for (const { lastMs } of channels.values()) newestMs = Math.max(newestMs, lastMs);
  const owners = new Map<string, string[]>();
  for (const { name, addresses } of story.hosts.all)
    for (const { address } of addresses)
      owners.set(address, [...(owners.get(address) ?? []), name]);
  const networks = new Map<string, number>();
  const rows = story.hosts.all.map((host): DraftRow => {
    const channels = states.get(host.name);
    const latest = host.addresses
      .filter(({ address }) => !isLinkLocal(address) && !isLoopback(address))
      .sort((a, b) => b.lastMs - a.lastMs)[0];
    const network = latest === undefined ? undefined : networkOf(latest.address);
    if (network !== undefined) networks.set(network, (networks.get(network) ?? 0) + 1);
    const { role, because } = guessRole(host, channels, story);
    return {
      cidr: latest?.address ?? "",
      segment: network ?? "",
      role,
      host: host.name,
      owner: "",
      edr: "",
      note: [because, ...doubts(host, channels, newestMs, owners)].filter(Boolean).join("; "),
    };
  });
  const segments = [...networks].sort().map(
    ([cidr, hosts]): DraftRow => ({
      cidr,
      segment: cidr,
      role: "",
      host: "",
      owner: "",
      edr: "",
      note: `${counted(hosts, "host")}; the mask is a guess`,
    }),
  );
  return [...segments, ...rows];
}

function guessRole(
  { name }: HostFacts,
  channels: ReadonlyMap<string, ChannelState> | undefined,
  { sessions }: Story,
): { role: Role | ""; because: string } {
  const security = channels?.get("security")?.ids;
  if (DC_CHANNELS.some((channel) => channels?.has(channel.toLowerCase())))
    return { role: "dc", because: "role: it has logs of a directory service" };
  if (security?.has(4768) || security?.has(4769))
    return { role: "dc", because: "role: it gave out Kerberos tickets" };
  if (security?.has(6272) || security?.has(6273))
    return { role: "server", because: "role: it answers for VPN or network access (NPS)" };
  const own = sessions.filter((session) => session.host === name);
  const people = (types: readonly number[]): number =>
    new Set(
      own
        .filter(({ logonType = 0, account }) => types.includes(logonType) && !account.endsWith("$"))
        .map(({ account }) => account.toLowerCase()),
    ).size;
  const near = people([2, 7, 11]);
  const far = people([3, 8, 10]);
  if (far > near && far >= 3)
    return { role: "server", because: `role: ${far} accounts came from afar, ${near} sat there` };
  const short = name.toLowerCase().replace(/\..*$/s, "");
  if (/^(dc|ad)(\d|[-_]|$)|[-_\d]dc\d*$/.test(short))
    return { role: "dc", because: "role: by its name" };
  if (/^(ws|pc|nb|lap|cl|desktop|tab|win1[01])/.test(short))
    return { role: "workstation", because: "role: by its name" };
  if (/^(s(rv|v|erver)|fs|file|app|db|sql|web|mail|ex|print|bk|backup|mon)/.test(short))
    return { role: "server", because: "role: by its name" };
  if (near > 0)
    return { role: "workstation", because: `role: ${counted(near, "account")} sat there` };
  return { role: "", because: "role: not known" };
}

function doubts(
  host: HostFacts,
  channels: ReadonlyMap<string, ChannelState> | undefined,
  newestMs: number,
  owners: ReadonlyMap<string, readonly string[]>,
): string[] {
  const notes: string[] = [];
  const seenMs = Math.max(...host.addresses.map(({ lastMs }) => lastMs));
  const isOld = (lastMs: number): boolean => newestMs - lastMs > STALE_MS;
  if (!host.hasLogs || channels === undefined) {
    notes.push("no logs of it: others name it");
    if (Number.isFinite(seenMs) && isOld(seenMs))
      notes.push(`stale: not seen since ${day(seenMs)}`);
  } else {
    const lastMs = Math.max(...[...channels.values()].map((state) => state.lastMs));
    if (isOld(lastMs)) notes.push(`stale: no event since ${day(lastMs)}`);
    else if (Number.isFinite(seenMs) && isOld(seenMs))
      notes.push(`stale: its address was last seen ${day(seenMs)}`);
  }
  if (host.addresses.length > MOST_ADDRESSES)
    notes.push(`${host.addresses.length} addresses: a notebook, a VPN client or several machines`);
  for (const { address } of host.addresses) {
    const others = (owners.get(address) ?? []).filter((name) => name !== host.name);
    if (others.length > 0) notes.push(`${address} was also of ${others.slice(0, 3).join(", ")}`);
  }
  if (host.aliases.length > 1) notes.push(`also called ${host.aliases.slice(0, 3).join(", ")}`);
  return notes;
}

function day(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Addresses that every machine gives itself: they lie in no segment of anybody. */
function isLinkLocal(address: string): boolean {
  return LINK_LOCAL.some((network) => networkHolds(network, address));
}

/** The /24 or /64 around an address. */
function networkOf(address: string): string | undefined {
  if (!isAddress(address)) return undefined;
  if (!address.includes(":")) return address.replace(/\.\d+$/, ".0/24");
  const groups = address.split("%")[0]!.split("::")[0]!.split(":");
  return `${groups.slice(0, 4).join(":")}::/64`;
}
