import type { Signal } from "../model/signal.ts";

/** Fields that stand side by side: SID, name, domain. */
const FIELDS = [
  ["TargetUserSid", "TargetUserName", "TargetDomainName"],
  ["SubjectUserSid", "SubjectUserName", "SubjectDomainName"],
] as const;
/** SIDs of accounts of a domain or machine; Windows' own are names to who reads logs. */
const ACCOUNT_SID = "S-1-5-21-";

/** The accounts' names by their SIDs, as far as records name both. Looked up when something first asks. */
export class AccountNames {
  readonly #signals: readonly Signal[];
  /** Undefined: the records name the SID in several ways. */
  #names: Map<string, string | undefined> | undefined;

  constructor(signals: readonly Signal[]) {
    this.#signals = signals;
  }

  /** `CORP\user.one` of a SID; everything else as it is. */
  nameOf(account: string): string {
    if (!account.startsWith(ACCOUNT_SID)) return account;
    this.#names ??= namesOf(this.#signals);
    return this.#names.get(account) ?? account;
  }
}

function namesOf(signals: readonly Signal[]): Map<string, string | undefined> {
  const names = new Map<string, string | undefined>();
  for (const { fields } of signals)
    for (const [sidField, nameField, domainField] of FIELDS) {
      const sid = fields[sidField];
      const name = fields[nameField];
      if (!sid?.startsWith(ACCOUNT_SID) || !name || name === "-") continue;
      const known = names.get(sid);
      if (known !== undefined && bare(known) === name.toLowerCase()) continue;
      const domain = fields[domainField];
      const full = domain && domain !== "-" ? `${domain}\\${name}` : name;
      names.set(sid, names.has(sid) ? undefined : full);
    }
  return names;
}

function bare(name: string): string {
  return name.slice(name.lastIndexOf("\\") + 1).toLowerCase();
}
