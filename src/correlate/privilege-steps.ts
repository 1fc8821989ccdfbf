import type { SignalWant } from "../model/signal.ts";

/** How far a step leads: 1 = prepares, 2 = more than before, 3 = rules the host, 4 = rules other accounts or hosts, 5 = rules the domain. */
export type Reach = 1 | 2 | 3 | 4 | 5;

/** What an account gains by what a rule tells. */
export interface RuleStep {
  readonly rule: string;
  /** Completes "ACCOUNT … on HOST". */
  readonly says: string;
  readonly reach: Reach;
  /** Fields of a hit that name who gained, best first; Windows itself gains nothing. */
  readonly account: readonly string[];
}

/** Who gained SYSTEM stands as the parent's user where the program itself already runs as SYSTEM. */
const ACTOR = ["SubjectUserName", "User", "ParentUser", "Security_UserID"] as const;

export const RULE_STEPS: readonly RuleStep[] = [
  step(
    "4274a459-854c-487e-b49e-279882db442c",
    "replicated password hashes of the domain (DCSync)",
    5,
  ),
  step(
    "e81d03d2-9f88-41a1-99ad-dc85ccc44468",
    "made a computer act as a domain controller (DCShadow)",
    5,
  ),
  step("d9ea4247-a14c-4f49-82ba-a975cd4e0d33", "managed the replication topology", 5),
  step("c221bb48-5226-492f-b18f-5abb044d684e", "changed the access rights of the domain object", 5),
  step("6fc04be3-cb9a-476c-9d1f-159289cb659d", "gave a Group Policy a task or script", 5),
  step(
    "ae9adfbe-d2f1-46fb-a9a1-9f80e6bc8f25",
    "wrote an attribute that lets one account act as another",
    4,
  ),
  step(
    "d6f81a76-87b0-4899-9900-3b7d8a388550",
    "asked for a certificate in another account's name",
    4,
    ["Requester"],
  ),
  step("b4fa6dcb-930a-454e-bde9-007977f285a3", "allowed an account to be used for delegation", 4, [
    "SubjectUserName",
  ]),
  step("2989da6b-74b7-46c9-80c8-276025181844", "weakened how an account signs in", 3, [
    "SubjectUserName",
  ]),
  step("b929511d-05e0-4504-b3e1-d18a9d8a22e7", "opened the memory of LSASS", 4, ["SourceUser"]),
  step("c43fa9d9-cac5-45f7-8e01-999a680c85f3", "opened the memory of LSASS", 4),
  step("eb894ddd-007d-4fce-b333-bfcc97da7611", "dumped the memory of LSASS by command", 4),
  step("06160e2c-ae03-408a-9f3c-1e61f1954990", "copied the account database by command", 4),
  step("e140317a-a9bd-48c3-bcef-ac91a56d4371", "assigned a powerful user right", 3),
  step("d8b547c3-498d-49df-ace3-cac972ac6184", "had a command run as SYSTEM by a service", 3),
  step(
    "2e43afa5-6e7e-4b4d-b471-6f6b610b4c93",
    "had a remote execution tool run as SYSTEM by a service",
    3,
  ),
  step("dfaed2b4-0f07-4bf8-9c41-55cea1c338b1", "had a program in an odd place run as a service", 3),
  step("3f49aa7d-589e-451a-a911-9bc98eb160f7", "had a command run by a scheduled task", 3),
  step("97767f80-f456-440a-b1a8-74f5fbfccd89", "used a pipe to become SYSTEM", 3),
  step("8274cf05-20b9-4d1b-9d5f-370ca63be457", "used a pipe to become SYSTEM", 3),
  step("abc47a37-5445-40ad-b9df-eda06d927632", "used a pipe to become SYSTEM", 3),
  step("ce0c886d-db89-4b96-9ca2-a3194642555b", "started a shell as SYSTEM from a user's folder", 3),
  step("b4f824be-b841-43d2-a2bf-4b8ab23dddb8", "took over another session with tscon", 3),
  step("055e890d-7fab-4ec4-8e90-c863b0a2d6a1", "prepared to bypass user account control", 2),
  step("8bdec921-0ed2-4df0-94e7-c033d62c2b5f", "bypassed user account control", 3),
  step("3d2b96b6-a556-49c1-9821-dde2e1246b5f", "bypassed user account control", 3),
  step("c8ae9bfd-73d2-4d8d-96aa-e5b485e18764", "enabled the right to debug", 2),
  step("6e2ea189-a85b-474a-ad97-e73fac7a6a16", "took other credentials for the network", 2),
  step(
    "7c12051a-4d9d-41d5-aab5-d611842ce41e",
    "asked for a service ticket that can be broken offline (Kerberoasting)",
    2,
    ["TargetUserName"],
  ),
  step(
    "0756402a-dbbd-4ae7-871e-652ac5e2070a",
    "had its ticket given out without pre-authentication",
    1,
    ["TargetUserName"],
  ),
  step(
    "bdf6b194-be67-464b-be74-0a0c435ea86a",
    "had its access rights reset as one of the protected administrators",
    1,
    ["TargetUserName"],
  ),
];

function step(
  rule: string,
  says: string,
  reach: Reach,
  account: readonly string[] = ACTOR,
): RuleStep {
  return { rule, says, reach, account };
}

/** Groups by the end of their SID: names are translated. Source: Microsoft, well-known SIDs. */
export const GROUP_REACH: readonly (readonly [sid: string, name: string, reach: Reach])[] = [
  ["-512", "Domain Admins", 5],
  ["-516", "Domain Controllers", 5],
  ["-518", "Schema Admins", 5],
  ["-519", "Enterprise Admins", 5],
  ["-520", "Group Policy Creator Owners", 5],
  ["-526", "Key Admins", 5],
  ["-527", "Enterprise Key Admins", 5],
  ["S-1-5-32-544", "Administrators", 4],
  ["S-1-5-32-548", "Account Operators", 4],
  ["S-1-5-32-549", "Server Operators", 4],
  ["S-1-5-32-550", "Print Operators", 3],
  ["S-1-5-32-551", "Backup Operators", 4],
  ["S-1-5-32-555", "Remote Desktop Users", 2],
  ["S-1-5-32-580", "Remote Management Users", 2],
];

/** Changes to accounts and groups, with both sides. */
export const ACCOUNT_CHANGE = "account-change";
export const SPECIAL_LOGON = "special-logon";

export const PRIVILEGE_WANTS: readonly SignalWant[] = [
  {
    kind: ACCOUNT_CHANGE,
    subscription: {
      channels: ["Security"],
      eventIds: [4720, 4722, 4724, 4728, 4732, 4756, 4729, 4733, 4757, 4765, 4781],
      fields: [
        "SubjectUserSid",
        "SubjectUserName",
        "SubjectDomainName",
        "SubjectLogonId",
        "TargetUserName",
        "TargetDomainName",
        "TargetSid",
        "MemberName",
        "MemberSid",
        "OldTargetUserName",
        "NewTargetUserName",
      ],
    },
  },
  {
    kind: SPECIAL_LOGON,
    subscription: {
      channels: ["Security"],
      eventIds: [4672],
      fields: ["SubjectUserName", "SubjectDomainName", "SubjectUserSid", "PrivilegeList"],
    },
    where: [
      { field: "SubjectUserSid", not: ["S-1-5-18", "S-1-5-19", "S-1-5-20", "S-1-5-7"] },
      { field: "SubjectUserName", notEnding: ["$"] },
      { field: "SubjectDomainName", not: ["Window Manager", "Font Driver Host"] },
    ],
    // Once a day and account is enough to know a habit.
    fold: { by: ["SubjectUserSid", "SubjectUserName"], windowMs: 86_400_000 },
  },
];

/** Accounts that are Windows itself. */
export const WINDOWS_ACCOUNTS: ReadonlySet<string> = new Set([
  "",
  "-",
  "system",
  "local service",
  "network service",
  "anonymous logon",
  "s-1-5-18",
  "s-1-5-19",
  "s-1-5-20",
]);
