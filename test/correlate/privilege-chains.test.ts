import { describe, expect, it } from "vitest";
import { GROUP_REACH, RULE_STEPS } from "../../src/correlate/privilege-steps.ts";
import type { Finding } from "../../src/model/finding.ts";
import { fixtureScenario, shippedEngine, triageScenario } from "../support/triage-scenario.ts";

type Event = Readonly<Record<string, unknown>>;

const ADMIN = {
  SubjectUserSid: "S-1-5-21-1-2-3-1104",
  SubjectUserName: "user.admin",
  SubjectDomainName: "CORP",
  SubjectLogonId: "0x9a0c11",
};
const security = (at: string, id: number, data: object, host = "DC-01"): Event => ({
  at,
  host,
  channel: "Security",
  id,
  data,
});
const added = (at: string, group: string, member: object): Event =>
  security(at, group.startsWith("S-1-5-32") ? 4732 : 4728, {
    ...ADMIN,
    TargetUserName: "Gruppe",
    TargetSid: group,
    ...member,
  });
const chains = (events: readonly Event[]): readonly Finding[] =>
  triageScenario({
    start: "2026-03-02T08:00:00Z",
    hosts: { "DC-01": { domain: "corp.example" }, "SRV-01": { domain: "corp.example" } },
    events,
  }).findings.filter(({ rule }) => rule.id === "privilege-chain");
const DOMAIN_ADMINS = "S-1-5-21-1-2-3-512";

describe("what an account gained", () => {
  it("domain-admin: from its creation over the groups to the directory's secrets, in order", () => {
    const found = triageScenario(fixtureScenario("domain-admin")).findings.filter(
      ({ rule }) => rule.id === "privilege-chain",
    );
    const chain = found.find(({ entities }) => entities.accounts[0] === "CORP\\user.temp");
    expect(chain?.reasons.for.map((text) => text.replace(/ \[.*/, ""))).toEqual([
      "CORP\\user.temp was created by CORP\\svc.backup on DC-03.corp.example",
      "CORP\\user.temp was put into Administrators by CORP\\svc.backup on DC-03.corp.example",
      "CORP\\user.temp was put into Domain Admins by CORP\\svc.backup on DC-03.corp.example",
      expect.stringContaining("replicated password hashes of the domain (DCSync)"),
    ]);
    expect(chain?.evidence.map(({ recordId }) => recordId)).toEqual(
      expect.arrayContaining([602115, 602118, 602119, 602125]),
    );
    expect(chain?.severity).toBe("high");
  });

  it("knows groups by SID in any language, and the member by SID or by its place in the directory", () => {
    const [chain] = chains([
      security("+1m", 4720, {
        ...ADMIN,
        TargetUserName: "user.new",
        TargetDomainName: "CORP",
        TargetSid: "S-1-5-21-1-2-3-1500",
      }),
      added("+2m", DOMAIN_ADMINS, { MemberSid: "S-1-5-21-1-2-3-1500", MemberName: "-" }),
      added("+3m", "S-1-5-32-544", { MemberName: "CN=user.new,CN=Users,DC=corp,DC=example" }),
    ]).filter(({ entities }) => entities.accounts[0] === "CORP\\user.new");
    expect(chain?.reasons.for.join()).toContain("put into Domain Admins by CORP\\user.admin");
    expect(chain?.reasons.for.join()).toContain("put into Administrators by CORP\\user.admin");
  });

  it("tells both sides: who did it, in which session, and whom it made stronger", () => {
    const found = chains([
      added("+2m", DOMAIN_ADMINS, { MemberName: "CN=user.new,DC=corp" }),
      added("+3m", "S-1-5-32-544", { MemberName: "CN=user.new,DC=corp" }),
    ]);
    expect(found.flatMap(({ entities }) => entities.accounts).sort()).toEqual([
      "CORP\\user.admin",
      "user.new",
    ]);
    const actor = found.find(({ entities }) => entities.accounts[0] === "CORP\\user.admin");
    expect(actor?.reasons.for[0]).toContain("in session 0x9a0c11");
  });

  it("is not told of groups without power, of one's own password, or of Windows itself", () => {
    expect(
      chains([
        added("+1m", "S-1-5-21-1-2-3-1601", { MemberName: "CN=user.new,DC=corp" }),
        added("+2m", "S-1-5-32-545", { MemberName: "CN=user.new,DC=corp" }),
        security("+3m", 4724, { ...ADMIN, TargetUserName: "user.admin", TargetDomainName: "CORP" }),
        security("+4m", 4724, {
          ...ADMIN,
          SubjectUserName: "DC-01$",
          TargetUserName: "user.two",
          TargetDomainName: "CORP",
        }),
      ]),
    ).toEqual([]);
  });

  it("keeps accounts of one name in two domains apart, and joins a bare name to the only one", () => {
    const reset = (at: string, SubjectDomainName: string) =>
      security(at, 4724, { ...ADMIN, SubjectDomainName, TargetUserName: "user.two" });
    const twice = chains([reset("+1m", "CORP"), reset("+2m", "HOST-A")]);
    expect(twice.flatMap(({ entities }) => entities.accounts).sort()).toEqual([
      "CORP\\user.admin",
      "HOST-A\\user.admin",
    ]);
    const [joined, ...more] = chains([reset("+1m", "CORP"), reset("+30m", "-")]);
    expect(more).toEqual([]);
    expect(joined?.count).toBe(2);
  });

  it("of one step alone is low and of low confidence", () => {
    const [actor] = chains([
      security("+3m", 4724, { ...ADMIN, TargetUserName: "user.two", TargetDomainName: "CORP" }),
    ]);
    expect(actor).toMatchObject({ severity: "low", confidence: "low" });
    expect(actor?.reasons.against).toContainEqual(
      expect.stringMatching(/^a single step is no chain \[DC-01\.corp\.example Security #\d+\]$/),
    );
  });

  it("names rules and groups that exist, each once", () => {
    const rules = new Set(shippedEngine().rules.map(({ id }) => id));
    expect(RULE_STEPS.filter(({ rule }) => !rules.has(rule))).toEqual([]);
    expect(new Set(RULE_STEPS.map(({ rule }) => rule)).size).toBe(RULE_STEPS.length);
    expect(new Set(GROUP_REACH.map(([sid]) => sid)).size).toBe(GROUP_REACH.length);
  });
});

describe("special privileges against an account's habit", () => {
  const special = (day: number, host: string, user = "user.admin"): Event =>
    security(
      `+${day}d9h`,
      4672,
      { ...ADMIN, SubjectUserName: user, PrivilegeList: "SeDebugPrivilege" },
      host,
    );
  const found = (events: readonly Event[]) =>
    triageScenario({
      start: "2026-03-02T00:00:00Z",
      hosts: { "DC-01": { domain: "corp.example" }, "SRV-01": { domain: "corp.example" } },
      events,
    }).findings.filter(({ rule }) => rule.id === "first-special-logon");
  const everyDay = [0, 1, 2, 3, 4].map((day) => special(day, "SRV-01", "user.daily"));

  it("are told on a host where the account never used them in the days before", () => {
    const [finding, ...more] = found([...everyDay, special(4, "SRV-01")]);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: "low", confidence: "low", kind: "hypothesis" });
    expect(finding?.statement).toContain("CORP\\user.admin");
    expect(finding?.statement).toContain("after 4 days without");
  });

  it("are no news on the first days of a log, nor when they are used every day", () => {
    expect(found([...everyDay, special(1, "SRV-01")])).toEqual([]);
  });
});
