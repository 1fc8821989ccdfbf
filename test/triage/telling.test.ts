import { describe, expect, it } from "vitest";
import { statementIn } from "../../src/report/i18n/sentence.ts";
import type { RuleMeta } from "../../src/rules/checked-rule.ts";
import { statementOf } from "../../src/triage/telling.ts";
import { ownRules } from "../support/own-rules.ts";

const rules = new Map(ownRules("rules").map((rule) => [rule.title, rule]));
const told = (
  title: string,
  fields: Record<string, string | null>,
  nameOf?: (sid: string) => string,
) => statementOf(rules.get(title)! as RuleMeta, fields, nameOf);

describe("the statement of a hit", () => {
  const by = { SubjectDomainName: "CORP", SubjectUserName: "user.one" };

  it("says what the codes of Windows stand for, lists on one line", () => {
    const subcategory = "{0CCE9215-69AE-11D9-BED3-505054503030}";
    expect(
      told("Audit policy changed", {
        ...by,
        SubcategoryGuid: subcategory,
        AuditPolicyChanges: "%%8448, %%8450",
      }),
    ).toBe(
      "CORP\\user.one changed the audit policy of subcategory Logon (success removed, failure removed).",
    );
    expect(
      told("User account changed", {
        ...by,
        TargetDomainName: "HOST-A",
        TargetUserName: "user.two",
        UserAccountControl: "\n\t\t%%2048\n\t\t%%2089\n\t\t%%9999",
        PasswordLastSet: "%%1794",
      }),
    ).toBe(
      "CORP\\user.one changed the account HOST-A\\user.two (flags Account Enabled, Don't Expire Password - Enabled, %%9999, password set never).",
    );
  });

  it("names accounts by their SIDs where the logs or Windows do", () => {
    const title = "Member added to the local Administrators group";
    const fields = { ...by, MemberName: "-", TargetUserName: "Administrators" };
    const sid = "S-1-5-21-1-2-3-1104";
    const nameOf = (each: string): string => (each === sid ? "CORP\\user.two" : each);
    const added = (MemberSid: string) => told(title, { ...fields, MemberSid }, nameOf);
    expect(added(sid)).toBe(`CORP\\user.one added CORP\\user.two (${sid}) to Administrators.`);
    expect(added("S-1-5-20")).toContain(" added S-1-5-20 (NETWORK SERVICE) to ");
    expect(added("S-1-5-21-1-2-3-501")).toContain(" added S-1-5-21-1-2-3-501 (built-in Guest) to ");
    expect(added("S-1-5-21-1-2-3-1105")).toContain(" added S-1-5-21-1-2-3-1105 to ");
    expect(told(title, { ...fields, MemberName: "CN=user.two,DC=corp", MemberSid: sid })).toContain(
      " added CN=user.two,DC=corp to ",
    );
  });

  it("says what each event of a rule means, in both languages", () => {
    const title = "User account enabled or deleted";
    const fields = { ...by, TargetDomainName: "NT AUTHORITY", TargetUserName: "user two" };
    const said = (EventID: string): string => told(title, { ...fields, EventID });
    expect(said("4722")).toBe("CORP\\user.one enabled the account NT AUTHORITY\\user two.");
    expect(said("4726")).toBe("CORP\\user.one deleted the account NT AUTHORITY\\user two.");
    expect(said("constructor")).toContain(" constructor the account ");
    expect(statementIn("ja", title, said("4726"))).toBe(
      "CORP\\user.one がアカウント NT AUTHORITY\\user two を削除しました。",
    );
  });

  it("names an account alone where the record has no domain, in both languages", () => {
    const title = "RDP client authenticated from another host";
    const template = rules.get(title)!.konseki!.statement!;
    const [domain, user] = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
    for (const empty of ["", "-", null]) {
      const text = told(title, { [domain!]: empty, [user!]: "user.one" });
      expect(text).toMatch(/^user\.one authenticated to RDP from /);
      expect(statementIn("ja", title, text)).toMatch(/^user\.one が/);
    }
    const text = told(title, { [domain!]: "CORP", [user!]: "user.one" });
    expect(statementIn("ja", title, text)).toMatch(/^CORP\\user\.one が/);
    expect(told(title, {})).toMatch(/^\(not recorded\) authenticated to RDP from /);
  });
});
