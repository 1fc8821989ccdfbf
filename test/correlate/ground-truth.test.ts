import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { signalWants } from "../../src/correlate/analyzers.ts";
import type { Story } from "../../src/correlate/story.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { RecordRef } from "../../src/model/record-ref.ts";
import { mapEvtx } from "../../src/triage/map-evtx.ts";
import { reduce } from "../../src/triage/reduce.ts";
import { readCsv } from "../support/csv-reader.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";
import { storyOf } from "../support/scenario-story.ts";
import { shippedEngine } from "../support/triage-scenario.ts";

interface Told {
  readonly findings: readonly Finding[];
  readonly story: Story;
}

/** What triage says of one sample alone. */
function told(file: string): Told {
  const bytes = readFileSync(samplePath("samples", file));
  const results = [
    mapEvtx(
      new MemorySource(bytes),
      file,
      { engine: shippedEngine(), wants: signalWants() },
      { sha256: () => createHash("sha256").update(bytes).digest("hex") },
    ),
  ];
  const { findings } = reduce(results, shippedEngine(), {
    version: "0.0.0",
    isBuiltIn: () => true,
  });
  return { findings, story: storyOf(results) };
}

interface KeyEvent {
  readonly file: string;
  readonly record: number;
  readonly what: string;
  readonly detail: string;
}

function keyEvents(): KeyEvent[] {
  const text = readFileSync(samplePath("expected/key-events.csv"), "utf8").replace(
    /\r?\n/g,
    "\r\n",
  );
  const [, ...rows] = readCsv(text);
  return rows.map(([file = "", record = "", , , what = "", detail = ""]) => ({
    file,
    record: Number(record),
    what,
    detail,
  }));
}

/** These have to be in the evidence of a finding; others may also be in that of a session or a move. */
const FINDING_NEEDED =
  /^(log cleared|rdp |privileged group member added|directory replication right used|sid history|dsrm password)/;

/** Records that ordinary Windows writes by itself, and why nobody is told of them. */
const NOISE: readonly { readonly why: string; readonly is: (event: KeyEvent) => boolean }[] = [
  {
    why: "the machine's own account logs on to the machine",
    is: ({ what, detail }) => what === "network logon" && /^[^ ]+\$ from /.test(detail),
  },
  {
    why: "a driver of hardware or of the virtual machine in the folder of drivers",
    is: ({ what, detail }) =>
      what === "service installed" && /system32\\drivers\\[\w-]+\.sys$/i.test(detail),
  },
  {
    why: "Defender loads its driver anew with every set of definitions",
    is: ({ what, detail }) =>
      what === "service installed" &&
      /^MpKsl\w+ .*\\Windows Defender\\Definition Updates\\/.test(detail),
  },
];

/** Accounts and addresses that a key event's detail names, in lower case. */
function namesIn({ what, detail }: KeyEvent): string[] {
  const account = (text = ""): string => text.replace(/^.*\\/, "").toLowerCase();
  const from = /^(.*) from ([^ ]+)/.exec(detail);
  if (from !== null) return [account(from[1]), from[2]!.toLowerCase()];
  if (what === "log cleared") return [account(/ by (.*)$/.exec(detail)?.[1])];
  const group = /^(.*) to (.*) by (.*)$/.exec(detail);
  if (group !== null) return [account(group[1]), account(group[2]), account(group[3])];
  const credentials = /^(.*) as (.*) to (.*)$/.exec(detail);
  if (credentials !== null) return credentials.slice(1).map(account);
  if (what === "service installed" || what === "audit policy changed") return [];
  return detail === "" ? [] : [account(detail)];
}

const cites = ({ evidence }: { readonly evidence: readonly RecordRef[] }, record: number) =>
  evidence.some(({ recordId }) => recordId === record);

describe.skipIf(!haveSamples)(
  `key events of public logs (${haveSamples ? "present" : noSamplesReason})`,
  () => {
    const files = haveSamples ? [...new Set(keyEvents().map(({ file }) => file))] : [];

    it.each(files)("%s: every key event is told with its accounts and addresses", (file) => {
      const { findings, story } = told(file);
      const missed: string[] = [];
      for (const event of keyEvents().filter((each) => each.file === file)) {
        const { record, what, detail } = event;
        const found = findings.filter((finding) => cites(finding, record));
        const sessions = story.sessions.filter((session) => cites(session, record));
        const moves = story.moves.filter((move) => cites(move, record));
        const label = `#${record} ${what}: ${detail}`;
        if (found.length + sessions.length + moves.length === 0) {
          if (FINDING_NEEDED.test(what) || !NOISE.some(({ is }) => is(event)))
            missed.push(`${label}: in no finding, session or move`);
          continue;
        }
        if (found.length === 0 && FINDING_NEEDED.test(what)) missed.push(`${label}: in no finding`);
        const said = JSON.stringify([
          found.map(({ statement, entities }) => [statement, entities]),
          sessions.map(({ account, address, from }) => [account, address, from]),
          moves.map(({ from, to, account }) => [from, to, account]),
        ]).toLowerCase();
        for (const name of namesIn(event))
          if (!said.includes(name)) missed.push(`${label}: ${name} is not named`);
      }
      expect(missed).toEqual([]);
    });

    it("every reason for silence is needed by some key event that nothing tells of", () => {
      const rows = keyEvents();
      for (const { why, is } of NOISE) expect(rows.some(is), why).toBe(true);
      expect(rows.filter((event) => NOISE.some(({ is }) => is(event))).length).toBeLessThan(
        rows.length / 4,
      );
    });
  },
);

/**
 * What a sample was recorded to show, by its folder and name: the title of the finding, texts that its statement, accounts
 * and addresses have to hold together, and records that it has to cite.
 */
const SHOWN: readonly (readonly [
  file: string,
  title: string,
  says: readonly string[],
  records: readonly number[],
])[] = [
  // Somebody comes from another machine.
  [
    "Command and Control/DE_RDP_Tunnel_5156",
    "Remote Desktop through a tunnel",
    ["PC01.example.corp", "admin01", "plink.exe"],
    [227762],
  ],
  [
    "Command and Control/DE_RDP_Tunneling_4624",
    "Logon over RDP from the host itself (tunnel)",
    ["IEUser", "127.0.0.1"],
    [5315],
  ],
  [
    "Command and Control/DE_RDP_Tunneling_TerminalServices-RemoteConnectionManagerOperational_1149",
    "Somebody came to a machine by Remote Desktop",
    ["IEUser", "10.0.2.16", "PC01.example.corp"],
    [213],
  ],
  [
    "Lateral Movement/dfir_rdpsharp_target_RdpCoreTs_168_68_131",
    "Somebody connected to the Remote Desktop service of a machine",
    ["10.0.2.16", "MSEDGEWIN10"],
    [12551, 12591],
  ],
  [
    "Lateral Movement/LM_5145_Remote_FileCopy",
    "Program written to an administrative share",
    ["Administrator", "10.0.2.15", "malwr.exe"],
    [438297, 438333],
  ],
  [
    "Lateral Movement/LM_REMCOM_5145_TargetHost",
    "Somebody controlled a machine from another one with a service (as PsExec does)",
    ["IEUser", "10.0.2.16"],
    [237285, 237343],
  ],
  [
    "Lateral Movement/LM_renamed_psexecsvc_5145",
    "Pipe of a remote execution tool used",
    ["IEUser", "10.0.2.16", "blabla"],
    [84050, 84051, 84052],
  ],
  [
    "Lateral Movement/LM_Remote_Service01_5145_svcctl",
    "Somebody controlled a machine from another one with a service (as PsExec does)",
    ["Administrator", "10.0.2.17"],
    [568342],
  ],
  [
    "Lateral Movement/LM_Remote_Service02_7045",
    "Service installed that runs a command interpreter",
    ["spoolfool", "cmd.exe"],
    [4480],
  ],
  [
    "Lateral Movement/LM_ScheduledTask_ATSVC_target_host",
    "Somebody made a scheduled task on a machine from another one",
    ["Administrator", "10.0.2.17"],
    [566826, 566832, 566836],
  ],
  [
    "Lateral Movement/remote task update 4624 4702 same logonid",
    "Somebody made a scheduled task on a machine from another one",
    ["a-jbrown", "04246W-WIN10", "172.16.66.142"],
    [2171290, 2171293],
  ],
  [
    "Lateral Movement/LM_WMIC_4648_rpcss",
    "Somebody ran a command on a machine from another one by WMI",
    ["administrator", "PC01.example.corp", "WIN-77LTAPHIQ1R.example.corp"],
    [433333],
  ],
  [
    "Lateral Movement/LM_wmiexec_impacket_sysmon_whoami",
    "Command started through WMI",
    ["IEUser", "127.0.0.1"],
    [9826],
  ],
  [
    "Lateral Movement/LM_impacket_docmexec_mmc_sysmon_01",
    "Command started through DCOM",
    ["IEUser", "ADMIN$"],
    [9833],
  ],
  [
    "Lateral Movement/LM_dcom_shwnd_shbrwnd_mmc20_failed_traces_system_10016",
    "DCOM component that runs commands refused to another host",
    ["IEUser", "10.0.2.17"],
    [4451],
  ],
  [
    "Lateral Movement/LM_sysmon_3_DCOM_ShellBrowserWindow_ShellWindows",
    "Desktop shell reached from another host",
    ["10.0.2.17"],
    [17424],
  ],
  [
    "Lateral Movement/LM_winrm_exec_sysmon_1_winrshost",
    "Command started through Windows Remote Management",
    ["Administrator", "ipconfig"],
    [17985],
  ],
  [
    "Lateral Movement/LM_PowershellRemoting_sysmon_1_wsmprovhost",
    "Command started through Windows Remote Management",
    ["Administrator", "HOSTNAME.EXE"],
    [18002],
  ],
  [
    "Lateral Movement/RemotePowerShell_MS_Windows-Remote_Management_EventID_169",
    "Remote management session opened on this host",
    ["ieuser"],
    [834],
  ],
  [
    "Lateral Movement/LM_winrm_target_wrmlogs_91_wsmanShellStarted_poorLog",
    "Remote management session opened on this host",
    ["-500"],
    [508],
  ],
  [
    "Lateral Movement/spoolsample_5145",
    "Print spooler reached from another host",
    ["IEUser", "10.0.2.17"],
    [160445],
  ],
  [
    "Lateral Movement/LM_xp_cmdshell_MSSQL_Events",
    "Command shell of the database server enabled or tried",
    ["xp_cmdshell"],
    [9692],
  ],
  // Credentials that are not one's own.
  [
    "Lateral Movement/LM_4624_mimikatz_sekurlsa_pth_source_machine",
    "Logon with other credentials for the network only",
    ["user01"],
    [432903],
  ],
  [
    "Lateral Movement/ImpersonateUser-via local Pass The Hash Sysmon and Security",
    "NTLM logon of an account from the host to itself",
    ["user03", "127.0.0.1"],
    [321446],
  ],
  [
    "Credential Access/tutto_malseclogon",
    "A session with other credentials towards other machines (RunAs /netonly or pass-the-hash)",
    ["IEUser", "MalseclogonUser"],
    [329918],
  ],
  [
    "Credential Access/kerberos_pwd_spray_4771",
    "One source tried passwords on many accounts (spray)",
    ["172.16.66.1", "01566s-win16-ir"],
    [887107, 887114],
  ],
  [
    "Credential Access/remote_sam_registry_access_via_backup_operator_priv",
    "Pipe of a remote administration interface opened",
    ["samir", "172.16.66.25", "winreg"],
    [2988531],
  ],
  [
    "Credential Access/CA_protectedstorage_5145_rpc_masterkey",
    "Protected storage pipe opened from another host",
    ["backdoor", "172.16.66.1"],
    [886983],
  ],
  // What somebody gained.
  [
    "Credential Access/CA_DCSync_4662",
    "Directory replication right used by an account that is no domain controller (DCSync)",
    ["Administrator"],
    [202793],
  ],
  [
    "Credential Access/CA_DCSync_4662",
    "What an account gained, step by step",
    ["Administrator", "DC1.insecurebank.local"],
    [202793],
  ],
  [
    "Credential Access/4794_DSRM_password_change_t1098",
    "Restore mode password of a domain controller set",
    ["administrator", "2016DC"],
    [3139859],
  ],
  [
    "Credential Access/remote_pwd_reset_rpc_mimikatz_postzerologon_target_DC",
    "What an account gained, step by step",
    ["Administrator", "01566S-WIN16-IR$", "02694W-WIN10"],
    [769794],
  ],
  [
    "Credential Access/Zerologon_VoidSec_CVE-2020-1472_4626_LT3_Anonym_follwedby_4742_DC_Anony_DC",
    "Computer account changed in an anonymous session",
    ["01566S-WIN16-IR$"],
    [768623],
  ],
  [
    "Privilege Escalation/4765_sidhistory_add_t1178",
    "What an account gained, step by step",
    ["Andrei"],
    [8075],
  ],
  [
    "Privilege Escalation/samaccount_spoofing_CVE-2021-42287_CVE-2021-42278_DC_securitylogs",
    "Computer account renamed to a name without dollar sign",
    ["lgrove", "DC012$", "01566s-win16-ir"],
    [2982094],
  ],
  [
    "Privilege Escalation/privesc_KrbRelayUp_windows_4624",
    "Kerberos logon of the built-in Administrator from the host to itself",
    ["Administrator", "127.0.0.1"],
    [72742],
  ],
  [
    "Privilege Escalation/privexchange_dirkjan",
    "Access rights of the domain object changed",
    ["EXCHANGE$", "DC=internal"],
    [65973],
  ],
  [
    "Privilege Escalation/System_7045_namedpipe_privesc",
    "Service installed to be impersonated over a named pipe",
    ["WinPwnage"],
    [10446],
  ],
  [
    "Privilege Escalation/Sysmon_UACME_33",
    "What an account gained, step by step",
    ["IEUser", "MSEDGEWIN10"],
    [5277],
  ],
  [
    "Persistence/Network_Service_Guest_added_to_admins_4732",
    "Member added to the local Administrators group",
    ["IEUser", "-501"],
    [191029],
  ],
];

describe.skipIf(!haveSamples)(
  `what public logs were recorded to show (${haveSamples ? "present" : noSamplesReason})`,
  () => {
    it.each(SHOWN)("%s: %s", (file, title, says, records) => {
      const { findings } = told(`attack/${file}.evtx`);
      const titled = findings.filter((finding) => finding.title === title);
      expect(findings.map((finding) => finding.title)).toContain(title);
      const wanted = (finding: Finding): boolean => {
        const said = JSON.stringify([
          finding.statement,
          finding.entities,
          finding.hosts,
        ]).toLowerCase();
        return (
          says.every((text) => said.includes(text.toLowerCase())) &&
          records.every((record) => cites(finding, record))
        );
      };
      expect(
        titled.some(wanted),
        titled
          .map(
            ({ statement, evidence }) =>
              `${statement} #${evidence.map((ref) => ref.recordId).join(" #")}`,
          )
          .join("\n"),
      ).toBe(true);
    });
  },
);
