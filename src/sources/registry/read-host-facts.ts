import { filetimeText } from "../../base/filetime.ts";
import type { ChannelSetting, HostFacts } from "../../model/host-facts.ts";
import { say, type Text } from "../../model/phrase.ts";
import { parseAuditPolicy } from "./audit-policy.ts";
import type { RegistryHive, RegistryKey } from "./registry-hive.ts";

/** Hives of one host, by what they are; any may be missing. */
export interface HostHives {
  readonly system?: RegistryHive;
  readonly software?: RegistryHive;
  readonly security?: RegistryHive;
}

/** Channels of the registry whose settings are worth telling: those that hold what responders ask for. */
const TOLD_CHANNELS =
  /^(Microsoft-Windows-(Sysmon|PowerShell|TaskScheduler|TerminalServices-.*|RemoteDesktopServices-RdpCoreTS|WinRM|WMI-Activity|Windows Defender|SMBServer|SmbClient|Bits-Client|NTLM|DNS-Client|AppLocker|CodeIntegrity|Kernel-General|GroupPolicy).*|ForwardedEvents|Windows PowerShell|OpenSSH.*)$/i;
/** The first build of Windows 11, which still calls itself Windows 10 in the registry. */
const WINDOWS_11 = 22_000;
const CLASSIC_CHANNELS = ["Security", "System", "Application"];
const MOST_TEXT = 256;

/** What the hives say of the host and of what it logged. */
export function readHostFacts(
  hives: HostHives,
  sources: readonly string[],
  problems: readonly Text[],
): HostFacts {
  const system = hives.system && currentControlSet(hives.system.root);
  const named = system?.key("Control\\ComputerName\\ComputerName")?.text("ComputerName");
  const network = system?.key("Services\\Tcpip\\Parameters");
  // Memory Management\\PrefetchParameters: the one trace of starts that hives keep.
  const boots = system
    ?.key("Control\\Session Manager\\Memory Management\\PrefetchParameters")
    ?.number("BootId");
  const zone = system?.key("Control\\TimeZoneInformation");
  const shutdown = filetime(system?.key("Control\\Windows")?.bytes("ShutdownTime"));
  const version = hives.software?.root.key("Microsoft\\Windows NT\\CurrentVersion");
  const policy = hives.security?.root.key("Policy\\PolAdtEv")?.bytes("");
  const bias = zone?.number("ActiveTimeBias") ?? zone?.number("Bias");
  const audit = policy === undefined ? undefined : parseAuditPolicy(policy);
  const installed = version?.number("InstallDate");
  return {
    sources,
    ...optional("host", network?.text("NV Hostname") ?? network?.text("Hostname") ?? named),
    ...optional("domain", network?.text("NV Domain") || network?.text("Domain")),
    ...optional("windows", version && productName(version)),
    ...optional("build", version && buildOf(version)),
    ...optional("timeZone", zone?.text("TimeZoneKeyName") ?? zone?.text("StandardName")),
    ...(installed !== undefined && {
      installed: new Date(installed * 1000).toISOString().replace(".000Z", "Z"),
    }),
    ...(shutdown !== undefined && { lastShutdown: shutdown }),
    ...(boots !== undefined && { boots }),
    // Signed, though the registry calls it unsigned: zones east of Greenwich are negative.
    ...(bias !== undefined && { biasMinutes: bias | 0 }),
    addresses: network === undefined ? [] : addressesOf(network),
    channels: [...classicChannels(system), ...modernChannels(hives.software)],
    audit: audit ?? [],
    problems: [
      ...problems,
      ...(policy !== undefined && audit === undefined
        ? [say`the audit policy has a form that is not known`]
        : []),
    ],
  };
}

function optional<K extends string>(key: K, text: string | undefined): Partial<Record<K, string>> {
  const value = text?.slice(0, MOST_TEXT);
  return value === undefined || value === "" ? {} : ({ [key]: value } as Record<K, string>);
}

function currentControlSet(root: RegistryKey): RegistryKey | undefined {
  const current = root.key("Select")?.number("Current") ?? 1;
  return root.key(`ControlSet${String(current).padStart(3, "0")}`);
}

function productName(version: RegistryKey): string {
  const build = Number(version.text("CurrentBuild") ?? version.text("CurrentBuildNumber"));
  const product = version.text("ProductName") ?? "";
  const name = build >= WINDOWS_11 ? product.replace(/^Windows 10\b/, "Windows 11") : product;
  const release =
    version.text("DisplayVersion") ?? version.text("ReleaseId") ?? version.text("CSDVersion") ?? "";
  return `${name} ${release}`.trim();
}

function buildOf(version: RegistryKey): string {
  const build = version.text("CurrentBuild") ?? version.text("CurrentBuildNumber") ?? "";
  const revision = version.number("UBR");
  return revision === undefined ? build : `${build}.${revision}`;
}

function addressesOf(network: RegistryKey): string[] {
  const found = new Set<string>();
  for (const card of network.key("Interfaces")?.keys() ?? []) {
    const leased = card.text("DhcpIPAddress");
    for (const address of [...card.texts("IPAddress"), ...(leased === undefined ? [] : [leased])])
      if (/^[0-9a-f.:]{3,45}$/i.test(address) && address !== "0.0.0.0") found.add(address);
  }
  return [...found].sort();
}

function classicChannels(system: RegistryKey | undefined): ChannelSetting[] {
  return CLASSIC_CHANNELS.flatMap((channel): ChannelSetting[] => {
    const key = system?.key(`Services\\EventLog\\${channel}`);
    if (key === undefined) return [];
    const archives = key.number("AutoBackupLogFiles") === 1;
    const retention = key.number("Retention");
    return [
      {
        channel,
        ...sizeOf(key),
        ...(retention !== undefined && {
          whenFull: retention === 0 ? "overwrite" : archives ? "archive" : "stop",
        }),
      },
    ];
  });
}

function modernChannels(software: RegistryHive | undefined): ChannelSetting[] {
  const channels = software?.root.key("Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels");
  return (channels?.keys() ?? [])
    .filter(({ name }) => TOLD_CHANNELS.test(name))
    .map((key): ChannelSetting => {
      const enabled = key.number("Enabled");
      const retention = key.number("Retention");
      const archives = key.number("AutoBackupLogFiles") === 1;
      return {
        channel: key.name,
        ...(enabled !== undefined && { enabled: enabled !== 0 }),
        ...sizeOf(key),
        ...(retention !== undefined && {
          whenFull: retention === 0 ? "overwrite" : archives ? "archive" : "stop",
        }),
      };
    })
    .sort((a, b) => (a.channel < b.channel ? -1 : 1));
}

function sizeOf(key: RegistryKey): { maxBytes?: number } {
  const size = key.number("MaxSize");
  return size === undefined ? {} : { maxBytes: size };
}

function filetime(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return filetimeText(view.getUint32(0, true), view.getUint32(4, true));
}
