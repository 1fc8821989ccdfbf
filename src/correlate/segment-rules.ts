import type { Role } from "../model/inventory.ts";
import type { Severity } from "../model/severity.ts";
import type { MoveMethod } from "./story.ts";

/** A way between two kinds of segment that ought not to be gone. The first that fits a move counts. */
export interface SegmentRule {
  readonly id: string;
  readonly from: readonly Role[];
  readonly to: readonly Role[];
  readonly methods: readonly MoveMethod[];
  readonly severity: Severity;
  readonly title: string;
}

/** Ways by which somebody works on the other host; plain network logons and file shares are everyday. */
const WORKING: readonly MoveMethod[] = ["RDP", "SSH", "WinRM", "WMI", "service", "task", "DCOM"];
const PLAIN: readonly MoveMethod[] = ["SMB", "network logon"];

/** `management` is in no `from`: jump hosts, scanners and administration are meant to reach everything. */
export const SEGMENT_RULES: readonly SegmentRule[] = [
  {
    id: "vpn-to-dc",
    from: ["vpn"],
    to: ["dc"],
    methods: WORKING,
    severity: "high",
    title: "Somebody worked on a domain controller from the VPN pool",
  },
  {
    id: "vpn-logon-to-dc",
    from: ["vpn"],
    to: ["dc"],
    methods: PLAIN,
    severity: "low",
    title: "Logon to a domain controller from the VPN pool",
  },
  {
    id: "workstation-to-dc",
    from: ["workstation", "printer", "other"],
    to: ["dc"],
    methods: WORKING,
    severity: "high",
    title: "Somebody worked on a domain controller from a workstation",
  },
  {
    id: "workstation-to-server",
    from: ["workstation", "vpn", "printer"],
    to: ["server", "management", "dmz"],
    methods: WORKING,
    severity: "medium",
    title: "Somebody worked on a server from a segment of workstations or the VPN pool",
  },
  {
    id: "workstation-to-workstation",
    from: ["workstation", "vpn", "printer"],
    to: ["workstation"],
    methods: WORKING,
    severity: "medium",
    title: "Somebody worked on one workstation from another",
  },
  {
    id: "workstation-logon-to-workstation",
    from: ["workstation", "vpn", "printer"],
    to: ["workstation"],
    methods: PLAIN,
    severity: "low",
    title: "Network logon from one workstation to another",
  },
  {
    id: "dmz-inwards",
    from: ["dmz"],
    to: ["server", "dc", "workstation", "management"],
    methods: [...WORKING, ...PLAIN],
    severity: "medium",
    title: "Movement out of the demilitarised zone into the network",
  },
  {
    id: "server-to-workstation",
    from: ["server", "dc"],
    to: ["workstation"],
    methods: WORKING,
    severity: "low",
    title: "Somebody worked on a workstation from a server",
  },
];

/** Ports by which hosts are administered; 445 and 135 are left out, every domain member uses them. */
export const MANAGEMENT_PORTS: ReadonlyMap<string, string> = new Map([
  ["22", "SSH"],
  ["23", "Telnet"],
  ["3389", "RDP"],
  ["5900", "VNC"],
  ["5985", "WinRM"],
  ["5986", "WinRM"],
]);
