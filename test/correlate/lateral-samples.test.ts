import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MemorySource } from "../../src/base/byte-source.ts";
import { signalWants } from "../../src/correlate/analyzers.ts";
import { correlate } from "../../src/correlate/correlate.ts";
import { LATERAL_ANALYZERS } from "../../src/correlate/lateral/lateral-analyzers.ts";
import type { Story } from "../../src/correlate/story.ts";
import type { Finding } from "../../src/model/finding.ts";
import { mapEvtx } from "../../src/triage/map-evtx.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";
import { signalsOf, storyOf } from "../support/scenario-story.ts";

interface SampleStory {
  readonly story: Story;
  readonly findings: readonly Finding[];
}

function read(name: string): SampleStory {
  const bytes = readFileSync(samplePath(`samples/attack/${name}.evtx`));
  const result = mapEvtx(
    new MemorySource(bytes),
    name,
    { wants: signalWants() },
    { sha256: () => createHash("sha256").update(bytes).digest("hex") },
  );
  const { findings } = correlate(
    {
      signals: signalsOf([result]),
      rule: () => undefined,
      findings: [],
      inputs: [result.ledger],
      rhythms: [],
      filtered: false,
    },
    LATERAL_ANALYZERS,
  );
  return { story: storyOf([result]), findings };
}

/** Sample, way, and record ids that the move has to cite. */
const MOVES: readonly (readonly [name: string, way: string, records: readonly number[]])[] = [
  [
    "Lateral Movement/LM_ScheduledTask_ATSVC_target_host",
    "10.0.2.17 > WIN-77LTAPHIQ1R.example.corp task Administrator",
    [566826, 566825, 566836],
  ],
  [
    "Lateral Movement/LM_WMIC_4648_rpcss",
    "PC01.example.corp > WIN-77LTAPHIQ1R.example.corp WMI administrator",
    [433333, 433340, 433350],
  ],
  [
    "Lateral Movement/LM_Remote_Service01_5145_svcctl",
    "10.0.2.17 > WIN-77LTAPHIQ1R.example.corp service Administrator",
    [568342],
  ],
  [
    "Lateral Movement/LM_REMCOM_5145_TargetHost",
    "10.0.2.16 > PC01.example.corp service IEUser",
    [237285, 237343],
  ],
  ["Lateral Movement/LM_renamed_psexecsvc_5145", "10.0.2.16 > IEWIN7 service IEUser", [83997]],
  [
    "Lateral Movement/LM_5145_Remote_FileCopy",
    "10.0.2.15 > PC01.example.corp SMB Administrator",
    [437472],
  ],
  [
    "Lateral Movement/LM_WMI_4624_4688_TargetHost",
    "PC01 > WIN-77LTAPHIQ1R.example.corp network logon Administrator",
    [563285],
  ],
  [
    "Lateral Movement/remote task update 4624 4702 same logonid",
    "04246W-WIN10 > 01566s-win16-ir.threebeesco.com task a-jbrown",
    [2171290],
  ],
  [
    "Privilege Escalation/NTLM2SelfRelay-med0x2e-security_4624_4688",
    "192.168.1.219 > wind10.winlab.local WMI Administrator",
    [21366, 21367],
  ],
  [
    "Privilege Escalation/samaccount_spoofing_CVE-2021-42287_CVE-2021-42278_DC_securitylogs",
    "04246W-WIN10 > 01566s-win16-ir.threebeesco.com network logon lgrove",
    [2982083, 2982084],
  ],
  [
    "Credential Access/remote_pwd_reset_rpc_mimikatz_postzerologon_target_DC",
    "02694W-WIN10 > 01566s-win16-ir.threebeesco.com network logon Administrator",
    [769793, 769794],
  ],
  [
    "Command and Control/DE_sysmon-3-rdp-tun",
    "PC01.example.corp > 10.0.2.18 SSH ieuser",
    [1940899],
  ],
  [
    "Command and Control/DE_RDP_Tunneling_TerminalServices-RemoteConnectionManagerOperational_1149",
    "10.0.2.16 > IEWIN7 RDP administrator",
    [6],
  ],
];

/** Sample, rule of the finding, account or text its statement names, and record ids it has to cite. */
const FINDINGS: readonly (readonly [
  name: string,
  rule: string,
  says: readonly string[],
  records: readonly number[],
])[] = [
  [
    "Command and Control/DE_RDP_Tunnel_5156",
    "tunnelled-rdp",
    ["PC01.example.corp", "admin01", "plink.exe", "PC02"],
    [227762],
  ],
  ["Command and Control/DE_RDP_Tunneling_4624", "tunnelled-rdp", ["PC02", "IEUser"], [5315]],
  [
    "Command and Control/DE_RDP_Tunneling_TerminalServices-RemoteConnectionManagerOperational_1149",
    "tunnelled-rdp",
    ["PC01.example.corp", "admin01"],
    [228],
  ],
  [
    "Command and Control/DE_sysmon-3-rdp-tun",
    "tunnelled-rdp",
    ["PC01.example.corp", "plink.exe"],
    [1940899, 1940901],
  ],
  ["Command and Control/tunna_iis_rdp_smb_tunneling_sysmon_3", "tunnelled-rdp", ["w3wp.exe"], []],
  [
    "Lateral Movement/LM_4624_mimikatz_sekurlsa_pth_source_machine",
    "other-credentials",
    ["user01", "PC01.example.corp"],
    [432903],
  ],
  [
    "Credential Access/tutto_malseclogon",
    "other-credentials",
    ["IEUser", "MalseclogonUser"],
    [329918],
  ],
  [
    "Privilege Escalation/security_4624_4673_token_manip",
    "other-credentials",
    ["IEUser", "IEWIN7"],
    [18206],
  ],
  [
    "Privilege Escalation/Invoke_TokenDuplication_UAC_Bypass4624",
    "other-credentials",
    ["IEUser", "MSEDGEWIN10"],
    [10113],
  ],
  [
    "Credential Access/kerberos_pwd_spray_4771",
    "password-spray",
    ["172.16.66.1"],
    [887107, 887114],
  ],
];

describe.skipIf(!haveSamples)(`moves in public logs (${noSamplesReason})`, () => {
  it.each(MOVES)("%s: %s", (name, way, records) => {
    const { story } = read(name);
    const found = story.moves.map(
      ({ from, to, method, account, evidence }) =>
        [`${from} > ${to} ${method} ${account}`, evidence.map(({ recordId }) => recordId)] as const,
    );
    expect(found.map(([each]) => each)).toContain(way);
    const [, cited = []] = found.find(([each]) => each === way)!;
    expect(cited).toEqual(expect.arrayContaining([...records]));
  });

  it.each(FINDINGS)("%s: %s", (name, rule, says, records) => {
    const { findings } = read(name);
    const found = findings.find((each) => each.rule.id === rule);
    for (const part of says) expect(found?.statement).toContain(part);
    const cited = found?.evidence.map(({ recordId }) => recordId) ?? [];
    expect(cited).toEqual(expect.arrayContaining([...records]));
  });
});
