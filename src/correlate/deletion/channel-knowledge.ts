/** What one channel alone records, and which other channels answer the same in part. */
export interface ChannelKnowledge {
  readonly channel: string;
  readonly tells: readonly {
    /** Continues the sentence "… on HOST". */
    readonly what: string;
    /** Channels of the same host that tell part of it. */
    readonly also: readonly string[];
  }[];
}

const LSM = "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational";
const RCM = "Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational";
const RDP_CORE = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational";
const SYSMON = "Microsoft-Windows-Sysmon/Operational";
const POWERSHELL = "Microsoft-Windows-PowerShell/Operational";

const CHANNEL_KNOWLEDGE: readonly ChannelKnowledge[] = [
  {
    channel: "Security",
    tells: [
      { what: "who logged on, and from where", also: [LSM, RCM, RDP_CORE, "OpenSSH/Operational"] },
      { what: "which accounts and groups were changed", also: [] },
      { what: "which programs were started", also: [SYSMON] },
      { what: "which shares and files were opened", also: [] },
    ],
  },
  {
    channel: "System",
    tells: [
      { what: "which services were installed and started", also: ["Security", SYSMON] },
      { what: "when Windows started, stopped and slept", also: ["Security", "Application"] },
      { what: "which other logs were cleared", also: [] },
    ],
  },
  {
    channel: "Application",
    tells: [{ what: "which programs were installed and which crashed", also: ["System", SYSMON] }],
  },
  {
    channel: "Microsoft-Windows-Windows Defender/Operational",
    tells: [{ what: "which malware was found and what became of it", also: ["System"] }],
  },
  { channel: SYSMON, tells: [{ what: "which programs were started", also: ["Security"] }] },
  {
    channel: POWERSHELL,
    tells: [{ what: "which script code ran", also: ["Windows PowerShell", SYSMON, "Security"] }],
  },
  {
    channel: "Windows PowerShell",
    tells: [{ what: "when PowerShell was started", also: [POWERSHELL, SYSMON, "Security"] }],
  },
  {
    channel: LSM,
    tells: [{ what: "which sessions were opened and ended", also: ["Security", RCM] }],
  },
  { channel: RCM, tells: [{ what: "which RDP clients authenticated", also: ["Security", LSM] }] },
  {
    channel: "Microsoft-Windows-TaskScheduler/Operational",
    tells: [{ what: "which scheduled tasks were made and ran", also: ["Security", SYSMON] }],
  },
];

/** The channel tells something that few others tell. */
export function holdsEvidence(channel: string): boolean {
  return channelKnowledge(channel) !== undefined;
}

export function channelKnowledge(channel: string): ChannelKnowledge | undefined {
  const name = channel.toLowerCase();
  return CHANNEL_KNOWLEDGE.find((known) => known.channel.toLowerCase() === name);
}
