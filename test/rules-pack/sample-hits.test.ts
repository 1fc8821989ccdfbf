import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { severityRank } from "../../src/model/severity.ts";
import { readDump } from "../support/dump-event.ts";
import { shippedLogsources } from "../support/rule-files.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";
import { nameOf, parsePack } from "./rule-pack.ts";

/** Kinds of records that have to be hit, whatever the severity. */
const MUST_HIT = [
  "log cleared",
  "rdp logon from loopback (tunnel)",
  "rdp connection",
  "privileged group member added",
  "directory replication right used",
  "sid history",
  "dsrm password",
  "audit policy changed",
  "account changed",
  "account created",
  "computer changed",
  "computer created",
  "new credentials logon",
  "explicit credentials",
  "task created",
];

/** Records of the other kinds that no rule tells, and why. */
const JUDGED_NOISE: readonly {
  readonly what: string;
  readonly detail: RegExp;
  readonly why: string;
}[] = [
  {
    what: "network logon",
    detail: /^[^\\]+\\[^\\]+\$ from /,
    why: "a computer account with Kerberos: computers fetch policies and replicate all day; NTLM is told",
  },
  {
    what: "service installed",
    detail: /\\Windows Defender\\Definition Updates\\/,
    why: "Defender installs a driver with each update of its definitions",
  },
  {
    what: "service installed",
    detail: /system32\\(drivers|DriverStore)\\\S+\.sys$/i,
    why: "a driver out of the drivers folder comes with hardware and updates",
  },
];

/** Logs of attacks about which the rules say nothing above low, and why one record cannot say more. */
const QUIET: Readonly<Record<string, string>> = {
  "AutomatedTestingTools/Malware/rundll32_cmd_schtask.evtx": "its task command is told low",
  "Credential Access/CA_4624_4625_LogonType2_LogonProc_chrome.evtx":
    "a browser that asks for the Windows password looks the same",
  "Credential Access/MSSQL_multiple_failed_logon_EventID_18456.evtx":
    "refused passwords are told informational; guessing takes many of them",
  "Credential Access/Sysmon13_MachineAccount_Password_Hash_Changed_via_LsarSetSecret.evtx":
    "LSASS writes the same value each time the computer renews its password",
  "Credential Access/Sysmon_13_Local_Admin_Password_Changed.evtx": "a reset password is told low",
  "Credential Access/etw_rpc_zerologon.evtx":
    "a trace without channel that no host keeps; Security 4742 tells the act",
  "Credential Access/sysmon_13_keylogger_directx.evtx":
    "every program that uses DirectInput leaves these values",
  "Defense Evasion/DE_ProcessHerpaderping_Sysmon_11_10_1_7.evtx":
    "nothing in it but names of files; Sysmon 25 tells it",
  "Defense Evasion/DE_WinEventLogSvc_Crash_System_7036.evtx":
    "holds only that the service came up, as at every start",
  "Defense Evasion/DE_remote_eventlog_svc_crash_byt3bl33d3r_sysmon_17_1_3.evtx":
    "what Sysmon kept of it is ordinary traffic; 5145 and 7034 tell the crash",
  "Defense Evasion/Win_4985_T1186_Process_Doppelganging.evtx":
    "transactions are part of every update of Windows",
  "Defense Evasion/process_suspend_sysmon_10_ga_800.evtx":
    "the right to suspend a process says little by itself",
  "Discovery/4799_remote_local_groups_enumeration.evtx": "listing a group is told low",
  "Discovery/Discovery_Remote_System_NamedPipes_Sysmon_18.evtx":
    "pipes of Windows opened without a name of who did it",
  "Discovery/discovery_enum_shares_target_sysmon_3_18.evtx":
    "pipes of Windows opened without a name of who did it",
  "Discovery/discovery_local_user_or_group_windows_security_4799_4798.evtx":
    "listing a group is told low",
  "Discovery/discovery_sysmon_18_Invoke_UserHunter_NetSessionEnum_DC-srvsvc.evtx":
    "pipes of Windows opened without a name of who did it",
  "Discovery/discovery_sysmon_3_Invoke_UserHunter_SourceMachine.evtx":
    "connections of PowerShell to directory and shares are told low",
  "Execution/Exec_sysmon_meterpreter_reversetcp_msipackage.evtx":
    "the package itself is in none of its records",
  "Execution/Exec_via_cpl_Application_Experience_EventID_17_ControlPanelApplet.evtx":
    "the record also comes for every old control panel page",
  "Execution/execution_evasion_visual_studio_prebuild_event.evtx":
    "a build that runs a command is what developers do",
  "Lateral Movement/DFIR_RDP_Client_TimeZone_RdpCoreTs_104_example.evtx":
    "the client's time zone, a fact for sessions",
  "Lateral Movement/ImpersonateUser-via local Pass The Hash Sysmon and Security.evtx":
    "NTLM from the host to itself is told low; programs that reach their own host do it too",
  "Lateral Movement/LM_NewShare_Added_Sysmon_12_13.evtx": "a new share is told low",
  "Lateral Movement/LM_Remote_Service01_5145_svcctl.evtx": "use of the svcctl pipe is told low",
  "Lateral Movement/LM_WMI_4624_4688_TargetHost.evtx":
    "its process records have neither parent nor command line; the logons are told",
  "Lateral Movement/LM_sysmon_remote_task_src_powershell.evtx":
    "connections of PowerShell to RPC are told low",
  "Lateral Movement/LM_winrm_target_wrmlogs_91_wsmanShellStarted_poorLog.evtx":
    "a remote management session is told low",
  "Lateral Movement/RemotePowerShell_MS_Windows-Remote_Management_EventID_169.evtx":
    "a remote management session is told low",
  "Lateral Movement/dfir_rdpsharp_target_RdpCoreTs_168_68_131.evtx":
    "an incoming connection before logon, a fact for sessions",
  "Lateral Movement/lm_sysmon_18_remshell_over_namedpipe.evtx":
    "a pipe with a random name; its connections are told low",
  "Lateral Movement/powercat_revShell_sysmon_1_3.evtx":
    "a shell under PowerShell is what administrators do",
  "Lateral Movement/smb_bi_auth_conn_spoolsample.evtx":
    "two SMB connections in opposite directions: only together they say something",
  "Lateral Movement/spoolsample_5145.evtx": "use of the spooler's pipe is told low",
  "Persistence/Persistence_Winsock_Catalog Change EventId_1.evtx":
    "VPN clients and antivirus change the catalogue too; told low",
  "Persistence/sysmon_local_account_creation_and_added_admingroup_12_13.evtx":
    "a local account seen in the registry is told low",
  "Privilege Escalation/PrivEsc_NetSvc_SessionToken_Retrival_via_localSMB_Auth_5145.evtx":
    "a computer account opens a pipe of its own host",
  "Privilege Escalation/Sysmon_UACME_38.evtx": "a console opened with a file of the user's",
  "Privilege Escalation/Sysmon_UACME_54.evtx": "a program of an unknown name in a user's folder",
  "Privilege Escalation/Sysmon_UACME_63.evtx": "an elevated console started a shell",
  "Privilege Escalation/Sysmon_UACME_64.evtx": "libraries of Windows loaded by an unknown program",
  "Privilege Escalation/UACME_59_Sysmon.evtx":
    "an elevated program of Windows opened by an unknown one",
  "UACME_59_Sysmon.evtx": "an elevated program of Windows opened by an unknown one",
  "Privilege Escalation/eop_appcontainer_il_broker_filewrite.evtx":
    "a broker of Windows wrote a text file",
  "Privilege Escalation/privesc_registry_symlink_CVE-2020-1377.evtx":
    "the registry link itself is in none of its records",
  "Privilege Escalation/privesc_spoolsv_spl_file_write_sysmon11.evtx":
    "the print spooler writes into its own folders",
  "Privilege Escalation/sysmon_1_11_exec_as_system_via_schedtask.evtx":
    "its task command is told low",
};

interface KeyEvent {
  readonly file: string;
  readonly record: string;
  readonly what: string;
  readonly detail: string;
}

function keyEvents(): KeyEvent[] {
  const [, ...lines] = readFileSync(samplePath("expected", "key-events.csv"), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => {
    const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) =>
      (match[1] ?? "").replace(/^"|"$/g, "").replaceAll('""', '"'),
    );
    const [file = "", record = "", , , what = "", detail = ""] = cells;
    return { file, record, what, detail };
  });
}

describe.skipIf(!haveSamples)(`the rules on public sample logs (${noSamplesReason})`, () => {
  const engine = compileRules(parsePack(), shippedLogsources());

  function hitsOf(log: string): { readonly record: string; readonly rule: string }[] {
    const hits: { record: string; rule: string }[] = [];
    for (const event of readDump(samplePath("expected", "dump", `${log}.jsonl.gz`)))
      engine.match(event, (rule) =>
        hits.push({ record: String(event.recordId), rule: nameOf(rule) }),
      );
    return hits;
  }

  it("tell every record that a triage must not miss", () => {
    const events = keyEvents();
    expect(events.length).toBeGreaterThan(250);
    const missed: string[] = [];
    const noise = new Map<string, number>();
    for (const file of new Set(events.map((event) => event.file))) {
      const hit = new Set(hitsOf(file).map(({ record }) => record));
      for (const event of events.filter((other) => other.file === file)) {
        if (hit.has(event.record)) continue;
        const judged = JUDGED_NOISE.find(
          ({ what, detail }) => what === event.what && detail.test(event.detail),
        );
        if (judged === undefined || MUST_HIT.includes(event.what))
          missed.push(`${file} ${event.record} ${event.what}: ${event.detail}`);
        else noise.set(judged.why, (noise.get(judged.why) ?? 0) + 1);
      }
    }
    expect(missed).toEqual([]);
    // A reason that no record needs any more is taken out.
    for (const { why } of JUDGED_NOISE) expect(noise.get(why), why).toBeGreaterThan(0);
  });

  it("say something above low about every attack log, or it is known why not", () => {
    const levels = new Map(engine.rules.map((rule) => [nameOf(rule), rule.level]));
    const above = (rule: string) =>
      severityRank(levels.get(rule) ?? "informational") < severityRank("low");
    const quiet = readdirSync(samplePath("expected", "dump", "attack"), {
      recursive: true,
      encoding: "utf8",
    })
      .filter((name) => name.endsWith(".jsonl.gz"))
      .map((name) => name.replaceAll("\\", "/").slice(0, -".jsonl.gz".length))
      .filter((name) => !hitsOf(`attack/${name}`).some(({ rule }) => above(rule)));
    expect(quiet.sort()).toEqual(Object.keys(QUIET).sort());
  });

  /** Everything above low that these logs of ordinary machines give. */
  const ABOVE_LOW: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    "parser/security.evtx": {
      "administrators-member-added": 2,
      "administrators-member-added-by-system": 1,
    },
    "parser/Security_with_size_t.evtx": {},
    "parser/Security_short_selected.evtx": {},
    "parser/system.evtx": { "main-log-cleared": 2, "service-from-odd-place": 1 },
    "parser/2-vss_7-System.evtx": {
      "remote-support-service-installed": 1,
      "service-from-odd-place": 4,
    },
    // Process Monitor run out of a temporary folder opens every process.
    "parser/sysmon.evtx": { "lsass-read": 4 },
    "parser/Application_no_crc32.evtx": {},
    "parser/E_Windows_system32_winevt_logs_Microsoft-Windows-Shell-Core%4Operational.evtx": {},
  };

  it.each(Object.entries(ABOVE_LOW))("say little above low about %s", (log, expected) => {
    const levels = new Map(engine.rules.map((rule) => [nameOf(rule), rule.level]));
    const counts: Record<string, number> = {};
    for (const { rule } of hitsOf(log))
      if (severityRank(levels.get(rule) ?? "critical") < severityRank("low"))
        counts[rule] = (counts[rule] ?? 0) + 1;
    expect(counts).toEqual(expected);
  });
});
