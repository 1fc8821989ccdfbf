import type { AuditSetting } from "../../model/host-facts.ts";

/**
 * Subcategories in the order in which `Policy\PolAdtEv` keeps them, which is not that of `auditpol /get /category:*`; newer Windows versions
 * add at the end of a category. Source: the `auditpol` plugin of dissect.target.
 */
const CATEGORIES: readonly (readonly [category: string, subcategories: readonly string[]])[] = [
  [
    "System",
    [
      "Security State Change",
      "Security System Extension",
      "System Integrity",
      "IPsec Driver",
      "Other System Events",
    ],
  ],
  [
    "Logon/Logoff",
    [
      "Logon",
      "Logoff",
      "Account Lockout",
      "IPsec Main Mode",
      "Special Logon",
      "IPsec Quick Mode",
      "IPsec Extended Mode",
      "Other Logon/Logoff Events",
      "Network Policy Server",
      "User / Device Claims",
      "Group Membership",
    ],
  ],
  [
    "Object Access",
    [
      "File System",
      "Registry",
      "Kernel Object",
      "SAM",
      "Other Object Access Events",
      "Certification Services",
      "Application Generated",
      "Handle Manipulation",
      "File Share",
      "Filtering Platform Packet Drop",
      "Filtering Platform Connection",
      "Detailed File Share",
      "Removable Storage",
      "Central Policy Staging",
    ],
  ],
  [
    "Privilege Use",
    ["Sensitive Privilege Use", "Non Sensitive Privilege Use", "Other Privilege Use Events"],
  ],
  [
    "Detailed Tracking",
    [
      "Process Creation",
      "Process Termination",
      "DPAPI Activity",
      "RPC Events",
      "Plug and Play Events",
      "Token Right Adjusted Events",
    ],
  ],
  [
    "Policy Change",
    [
      "Audit Policy Change",
      "Authentication Policy Change",
      "Authorization Policy Change",
      "MPSSVC Rule-Level Policy Change",
      "Filtering Platform Policy Change",
      "Other Policy Change Events",
    ],
  ],
  [
    "Account Management",
    [
      "User Account Management",
      "Computer Account Management",
      "Security Group Management",
      "Distribution Group Management",
      "Application Group Management",
      "Other Account Management Events",
    ],
  ],
  [
    "DS Access",
    [
      "Directory Service Access",
      "Directory Service Changes",
      "Directory Service Replication",
      "Detailed Directory Service Replication",
    ],
  ],
  [
    "Account Logon",
    [
      "Credential Validation",
      "Kerberos Service Ticket Operations",
      "Other Account Logon Events",
      "Kerberos Authentication Service",
    ],
  ],
];

const HEADER = 12;

/**
 * The audit policy in the value of `Policy\PolAdtEv` (Windows 7 and later): a header, a 16-bit setting a subcategory (1 success, 2 failure),
 * and how many each category has. Undefined for any other form.
 */
export function parseAuditPolicy(bytes: Uint8Array): AuditSetting[] | undefined {
  if (bytes.length < HEADER) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const categories = view.getUint32(4, true);
  const countsAt = view.getUint32(8, true);
  if (categories !== CATEGORIES.length || countsAt < HEADER) return undefined;
  if (countsAt + categories * 2 > bytes.length) return undefined;
  const settings: AuditSetting[] = [];
  let at = HEADER;
  for (const [index, [category, names]] of CATEGORIES.entries()) {
    const count = view.getUint16(countsAt + index * 2, true);
    for (let i = 0; i < count; i++, at += 2) {
      if (at + 2 > countsAt) return undefined;
      const value = view.getUint16(at, true);
      settings.push({
        category,
        subcategory: names[i] ?? `(subcategory ${i + 1})`,
        success: (value & 1) !== 0,
        failure: (value & 2) !== 0,
      });
    }
  }
  return settings;
}
