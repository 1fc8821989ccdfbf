import { type ForgedEvent, type ForgedHop, type ForgedNet, hopEvents } from "./forged-hops.ts";
import type { ScenarioInput } from "./triage-scenario.ts";

export interface HopCase {
  readonly name: string;
  readonly scenario: ScenarioInput;
  /** The way that was forged, `FROM > TO METHOD ACCOUNT`, hop by hop; empty: nobody came. */
  readonly path: readonly string[];
  /** Ways of ordinary work, gone every working day. */
  readonly habits: readonly string[];
  /** What the other analyzers have to tell: `rule` or `rule what`. */
  readonly besides: readonly string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DOMAIN = "corp.example";
const START = "2026-03-02T00:00:00Z";
const RID = "S-1-5-21-1004336348-1177238915-682003330";
const ACCOUNTS: Readonly<Record<string, string>> = {
  "user.one": `${RID}-1101`,
  "user.two": `${RID}-1102`,
  "user.three": `${RID}-1103`,
  "user.admin": `${RID}-1104`,
  "user.ops": `${RID}-1105`,
  "svc.backup": `${RID}-1106`,
};

export interface Plan {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly controller: string;
  readonly hops: readonly ForgedHop[];
  readonly net?: Partial<ForgedNet>;
  /** What is done to the forged events of the hops and to those of daily work. */
  readonly spoil?: (events: readonly ForgedEvent[]) => readonly ForgedEvent[];
  readonly more?: readonly ForgedEvent[];
  readonly path?: readonly string[];
  readonly besides?: readonly string[];
  /** Hosts that forge no noise of their own: names a machine had for a while. */
  readonly quiet?: readonly string[];
  readonly seed: number;
}

/** A week of ordinary work on every host, an administrator's daily rounds, and the hops of the case. */
export function hopCase(plan: Plan): HopCase {
  const { name, hosts, controller, hops, seed, spoil = (events) => events } = plan;
  const addresses = Object.fromEntries(hosts.map((host, at) => [host, `10.${seed}.0.${10 + at}`]));
  const net: ForgedNet = {
    domain: DOMAIN,
    addresses,
    accounts: ACCOUNTS,
    controller,
    ...plan.net,
  };
  const loud = hosts.filter((host) => !plan.quiet?.includes(host));
  const workstations = loud.filter((host) => host.startsWith("WS"));
  const servers = loud.filter((host) => host.startsWith("SRV"));
  const admin = workstations.at(-1)!;
  // The administrator's rounds: every working day from one workstation to two servers.
  const rounds: ForgedHop[] = [0, 1, 2, 3, 4].flatMap((day) =>
    servers.slice(0, 2).map((to, at) => ({
      at: day * DAY + (9 + at) * HOUR + ((seed * 7 + day * 13 + at * 29) % 50) * MINUTE,
      from: admin,
      to,
      account: "user.admin",
      method: "RDP" as const,
    })),
  );
  const noise = [
    ...loud.flatMap((host) => [
      { kind: "serviceLogons", host, to: "+7d", every: "6h" },
      { kind: "serviceStates", host, to: "+7d", every: "5h" },
      { kind: "timeSync", host, to: "+7d", every: "20h" },
    ]),
    ...workstations.map((host, at) => ({
      kind: "interactiveDay",
      host,
      user: `user.${["one", "two", "three"][at % 3]}`,
      to: "+7d",
    })),
    ...servers.flatMap((host) => [
      ...workstations.slice(0, 2).map((client, at) => ({
        kind: "shareUse",
        host,
        client,
        user: `user.${["one", "two"][at]}`,
        to: "+7d",
        every: "5h",
        officeHours: true,
      })),
      { kind: "scheduledTasks", host, to: "+7d", every: "12h" },
      { kind: "groupPolicy", host, to: "+7d", every: "12h" },
    ]),
    {
      kind: "machineLogons",
      host: controller,
      clients: loud.filter((h) => h !== controller),
      to: "+7d",
      every: "6h",
    },
    { kind: "mistypedPasswords", host: workstations[0], user: "user.one", to: "+7d" },
  ];
  const events = [
    ...rounds.flatMap((hop, at) => hopEvents(net, hop, 500 + at)),
    ...spoil(hops.flatMap((hop, at) => hopEvents(net, hop, 1 + at))),
    ...(plan.more ?? []),
  ];
  return {
    name,
    scenario: {
      title: name,
      seed,
      start: START,
      hours: [7, 18],
      hosts: Object.fromEntries(
        hosts.map((host) => [
          host,
          { domain: DOMAIN, addresses: [net.translated?.[host] ?? addresses[host]] },
        ]),
      ),
      accounts: ACCOUNTS,
      events,
      noise,
    },
    path: plan.path ?? hops.map(wayOf),
    habits: [...new Set(rounds.map(wayOf))],
    besides: plan.besides ?? [],
  };
}

function wayOf({ from, to, method, account }: ForgedHop): string {
  return `${from} > ${to} ${method} ${account}`;
}

const friday = 4 * DAY + 20 * HOUR;
const hop = (
  minutes: number,
  from: string,
  to: string,
  method: ForgedHop["method"],
  account = "user.ops",
): ForgedHop => ({ at: friday + minutes * MINUTE, from, to, account, method });

export const HOP_CASES: readonly HopCase[] = [
  hopCase({
    name: "Remote Desktop over two servers to the domain controller",
    seed: 21,
    besides: ["first-special-logon user.ops"],
    hosts: ["WS-01", "WS-02", "SRV-01", "SRV-02", "DC-01"],
    controller: "DC-01",
    hops: [
      hop(0, "WS-01", "SRV-01", "RDP"),
      hop(17, "SRV-01", "SRV-02", "RDP"),
      hop(41, "SRV-02", "DC-01", "RDP"),
    ],
  }),
  hopCase({
    name: "logs deleted on the second hop",
    seed: 22,
    besides: ["first-special-logon user.ops"],
    hosts: ["WS-01", "WS-02", "SRV-01", "SRV-02", "SRV-03", "DC-01"],
    controller: "DC-01",
    hops: [
      hop(0, "WS-01", "SRV-01", "RDP"),
      hop(20, "SRV-01", "SRV-03", "RDP"),
      hop(45, "SRV-03", "DC-01", "RDP"),
    ],
    // Of the arrival on SRV-03 nothing is left.
    spoil: (events) =>
      events.filter(
        ({ host, id, channel }) =>
          host !== "SRV-03" ||
          id === 1024 ||
          id === 1102 ||
          (channel === "Security" && id === 4648),
      ),
  }),
  hopCase({
    name: "a clock seven minutes ahead",
    seed: 23,
    besides: ["first-special-logon user.ops"],
    hosts: ["WS-01", "WS-02", "SRV-01", "SRV-02", "DC-01"],
    controller: "DC-01",
    net: { clocks: { "SRV-02": 7 * MINUTE } },
    hops: [
      hop(0, "WS-01", "SRV-01", "RDP"),
      hop(6, "SRV-01", "SRV-02", "RDP"),
      hop(10, "SRV-02", "DC-01", "RDP"),
    ],
  }),
  hopCase({
    name: "two workstations behind one address",
    seed: 24,
    besides: ["first-special-logon user.ops"],
    hosts: ["WS-01", "WS-02", "WS-03", "SRV-01", "SRV-02", "DC-01"],
    controller: "DC-01",
    net: { translated: { "WS-01": "10.24.9.1", "WS-02": "10.24.9.1", "WS-03": "10.24.9.1" } },
    hops: [
      hop(0, "WS-01", "SRV-01", "RDP"),
      hop(25, "SRV-01", "SRV-02", "service"),
      hop(50, "SRV-02", "DC-01", "WMI"),
    ],
  }),
  hopCase({
    name: "a server that was renamed in the week",
    seed: 25,
    besides: ["first-special-logon user.ops"],
    hosts: ["WS-01", "WS-02", "SRV-01", "SRV-02", "WIN-7QK2", "SRV-07", "DC-01"],
    quiet: ["WIN-7QK2"],
    controller: "DC-01",
    hops: [
      hop(0, "WS-01", "SRV-01", "RDP"),
      hop(30, "SRV-01", "WIN-7QK2", "RDP"),
      { ...hop(11 * 60, "SRV-07", "DC-01", "RDP") },
    ],
    more: [
      {
        at: `+${(friday + 60 * MINUTE) / 1000}s`,
        host: "SRV-07",
        channel: "System",
        provider: "EventLog",
        id: 6011,
        strings: ["WIN-7QK2", "SRV-07"],
      },
    ],
    path: [
      "WS-01 > SRV-01 RDP user.ops",
      "SRV-01 > SRV-07 RDP user.ops",
      "SRV-07 > DC-01 RDP user.ops",
    ],
  }),
  hopCase({
    name: "twelve hosts, every method, two accounts",
    seed: 26,
    besides: ["first-special-logon user.ops", "first-special-logon svc.backup"],
    hosts: [
      "WS-01",
      "WS-02",
      "WS-03",
      "WS-04",
      "SRV-01",
      "SRV-02",
      "SRV-03",
      "SRV-04",
      "SRV-05",
      "SRV-06",
      "SRV-07",
      "DC-01",
    ],
    controller: "DC-01",
    hops: [
      hop(0, "WS-01", "SRV-03", "SSH"),
      hop(15, "SRV-03", "SRV-04", "service"),
      hop(31, "SRV-04", "SRV-05", "WinRM", "svc.backup"),
      hop(52, "SRV-05", "SRV-06", "task", "svc.backup"),
      hop(75, "SRV-06", "SRV-07", "WMI", "svc.backup"),
      hop(93, "SRV-07", "DC-01", "RDP", "svc.backup"),
    ],
  }),
  hopCase({
    name: "a clean week",
    seed: 27,
    hosts: ["WS-01", "WS-02", "SRV-01", "SRV-02", "DC-01"],
    controller: "DC-01",
    hops: [],
  }),
];
