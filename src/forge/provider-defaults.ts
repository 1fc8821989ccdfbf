/** What an event has when a scenario does not say: per provider, then per event id. */
export interface EventDefaults {
  readonly level?: number;
  readonly task?: number;
  readonly opcode?: number;
  readonly version?: number;
  /** Hex text. */
  readonly keywords?: string;
  readonly qualifiers?: number;
  readonly userSid?: string;
}

interface ProviderDefaults extends EventDefaults {
  readonly guid?: string;
  /** Namespace of the root of its UserData. */
  readonly xmlns?: string;
  readonly ids?: Readonly<Record<number, EventDefaults>>;
}

const SYSTEM_SID = "S-1-5-18";
const NETWORK_SERVICE_SID = "S-1-5-20";
const FAILURE = "0x8010000000000000";

export const PROVIDERS: Readonly<Record<string, ProviderDefaults>> = {
  "Microsoft-Windows-Security-Auditing": {
    guid: "{54849625-5478-4994-a5ba-3e3b0328c30d}",
    level: 0,
    keywords: "0x8020000000000000",
    ids: {
      4608: { task: 12288 },
      4616: { task: 12288, version: 1 },
      4624: { task: 12544, version: 2 },
      4625: { task: 12544, keywords: FAILURE },
      4634: { task: 12545 },
      4647: { task: 12545 },
      4648: { task: 12544 },
      4662: { task: 14080 },
      4672: { task: 12548 },
      4688: { task: 13312, version: 2 },
      4697: { task: 12289 },
      4698: { task: 12804 },
      4720: { task: 13824 },
      4722: { task: 13824 },
      4724: { task: 13824 },
      4728: { task: 13826 },
      4732: { task: 13826 },
      4738: { task: 13824 },
      4768: { task: 14339 },
      4769: { task: 14337 },
      4771: { task: 14339, keywords: FAILURE },
      4776: { task: 14336 },
      4778: { task: 12551 },
      4779: { task: 12551 },
      5140: { task: 12808, version: 1 },
      5145: { task: 12811 },
    },
  },
  "Microsoft-Windows-Eventlog": {
    guid: "{fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148}",
    level: 4,
    xmlns: "http://manifests.microsoft.com/win/2004/08/windows/eventlog",
    ids: {
      104: { task: 104 },
      1100: { task: 103, opcode: 0, keywords: "0x4020000000000000" },
      1102: { task: 104, keywords: "0x4020000000000000" },
    },
  },
  "Service Control Manager": {
    guid: "{555908d1-a6d7-4695-8e1e-26931d2012f4}",
    level: 4,
    keywords: "0x8080000000000000",
    qualifiers: 16384,
    ids: { 7045: { userSid: SYSTEM_SID } },
  },
  EventLog: { level: 4, keywords: "0x80000000000000", qualifiers: 32768 },
  MsiInstaller: { level: 4, keywords: "0x80000000000000", qualifiers: 0 },
  OpenSSH: {
    guid: "{c4b57d35-0636-4bc3-a262-370f249f9802}",
    level: 4,
    keywords: "0x4000000000000000",
    userSid: SYSTEM_SID,
  },
  "Microsoft-Windows-TerminalServices-ClientActiveXCore": {
    guid: "{28aa95bb-d444-4719-a36f-40462168127e}",
    level: 4,
    keywords: "0x4000000000000000",
    ids: { 1024: { task: 101, opcode: 10 }, 1102: { task: 104, opcode: 13 } },
  },
  "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS": {
    guid: "{1139c61b-b549-4251-8ed3-27250a1edec8}",
    level: 4,
    task: 4,
    opcode: 15,
    keywords: "0x4000000000000000",
    userSid: NETWORK_SERVICE_SID,
  },
  "Microsoft-Windows-TerminalServices-RemoteConnectionManager": {
    guid: "{c76baa63-ae81-421c-b425-340b4b24157f}",
    level: 4,
    keywords: "0x1000000000000000",
    userSid: NETWORK_SERVICE_SID,
    xmlns: "Event_NS",
  },
  "Microsoft-Windows-TerminalServices-LocalSessionManager": {
    guid: "{5d896912-022d-40aa-a3a8-4fa5515c76d7}",
    level: 4,
    keywords: "0x1000000000000000",
    userSid: SYSTEM_SID,
    xmlns: "Event_NS",
  },
  "Microsoft-Windows-Kernel-General": {
    guid: "{a68ca8b7-004f-d7b6-a698-07e2de0f1f5d}",
    level: 4,
    keywords: "0x8000000000000080",
    userSid: SYSTEM_SID,
    ids: { 12: { task: 1 }, 13: { task: 2 } },
  },
  "Microsoft-Windows-WindowsUpdateClient": {
    guid: "{945a8954-c147-4acd-923f-40c45405a658}",
    level: 4,
    task: 1,
    opcode: 13,
    version: 1,
    userSid: SYSTEM_SID,
    ids: {
      19: { keywords: "0x8000000000000018" },
      43: { keywords: "0x8000000000002008" },
    },
  },
  "Microsoft-Windows-Windows Defender": {
    guid: "{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}",
    level: 4,
    keywords: "0x8000000000000000",
    userSid: SYSTEM_SID,
  },
  "Microsoft-Windows-GroupPolicy": {
    guid: "{aea1b4fa-97d1-45f2-a64c-4d69fffd92c9}",
    level: 4,
    userSid: SYSTEM_SID,
    ids: {
      1500: { opcode: 1, keywords: "0x8000000000000000" },
      1502: { opcode: 1, keywords: "0x8000000000000000" },
      8000: { opcode: 2, version: 1, keywords: "0x4000000000000000" },
      8004: { opcode: 2, version: 1, keywords: "0x4000000000000000" },
    },
  },
  "Microsoft-Windows-TaskScheduler": {
    guid: "{de7b24ea-73c8-4a09-985d-5bdadcfa9017}",
    level: 4,
    userSid: SYSTEM_SID,
    ids: {
      100: { task: 100, opcode: 1 },
      102: { task: 102, opcode: 2 },
      200: { task: 200, opcode: 1, version: 1 },
      201: { task: 201, opcode: 2, version: 2 },
    },
  },
  "Microsoft-Windows-PowerShell": {
    guid: "{a0c1853b-5c40-4b15-8766-3cf1c58f985a}",
    level: 5,
    task: 2,
    opcode: 15,
    version: 1,
    keywords: "0x0",
  },
  "Microsoft-Windows-Sysmon": {
    guid: "{5770385f-c22a-43e0-bf4c-06f5698ffbd9}",
    level: 4,
    keywords: "0x8000000000000000",
    userSid: SYSTEM_SID,
  },
};

/** The provider that writes to a channel when a scenario names none. */
export const CHANNEL_PROVIDER: Readonly<Record<string, string>> = {
  Security: "Microsoft-Windows-Security-Auditing",
  System: "Service Control Manager",
  "OpenSSH/Operational": "OpenSSH",
  "Microsoft-Windows-TerminalServices-RDPClient/Operational":
    "Microsoft-Windows-TerminalServices-ClientActiveXCore",
};

/** Ids of Security that the log service itself writes. */
const LOG_SERVICE_IDS = new Set([1100, 1101, 1102, 1104, 1105, 1108]);

/** The provider of an event that names none: by channel, else the channel's own name up to its slash. */
export function defaultProvider(channel: string, id: number): string {
  if (channel === "Security" && LOG_SERVICE_IDS.has(id)) return "Microsoft-Windows-Eventlog";
  if (channel === "System" && id === 104) return "Microsoft-Windows-Eventlog";
  if (Object.hasOwn(CHANNEL_PROVIDER, channel)) return CHANNEL_PROVIDER[channel]!;
  const slash = channel.indexOf("/");
  return slash < 0 ? channel : channel.slice(0, slash);
}

export function providerDefaults(provider: string): ProviderDefaults {
  return Object.hasOwn(PROVIDERS, provider) ? PROVIDERS[provider]! : {};
}
