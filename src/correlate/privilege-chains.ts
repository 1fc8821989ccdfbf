import type { Finding } from "../model/finding.ts";
import { ownWords, type Phrase, say, spoken, type Text } from "../model/phrase.ts";
import type { RecordRef } from "../model/record-ref.ts";
import type { Severity } from "../model/severity.ts";
import type { Signal } from "../model/signal.ts";
import type { Analyzer, CaseView } from "./analyzer.ts";
import { accountKey, analyzerFinding, cite, distinctRefs } from "./analyzer-finding.ts";
import { nameKey } from "./host-names.ts";
import {
  ACCOUNT_CHANGE,
  GROUP_REACH,
  PRIVILEGE_WANTS,
  type Reach,
  RULE_STEPS,
  SPECIAL_LOGON,
  WINDOWS_ACCOUNTS,
} from "./privilege-steps.ts";
import type { LogonSession } from "./story.ts";
import { minute } from "./told-times.ts";

interface Step {
  readonly timeMs: number;
  readonly host: string;
  readonly says: Text;
  readonly reach: Reach;
  readonly refs: readonly RecordRef[];
  /** The session in which the account acted; absent: it was acted upon, or the session is not known. */
  readonly session?: LogonSession;
  /** The logon id that the record names, whether or not its session is known. */
  readonly logonId?: string;
  /** What a help desk does all day: new accounts, forgotten passwords. */
  readonly routine?: boolean;
}

interface Chain {
  /** The fullest name seen: `CORP\user.one`. */
  account: string;
  readonly steps: Step[];
}

/** What reaches less than this is told by its own findings only. */
const LEAST_REACH: Reach = 3;
/** The same step again within this time (told by two logs, or repeated) is one step. */
const SAME_STEP_MS = 10 * 60_000;
const MOST_SENTENCES = 25;
/** Steps of one account that are kept; the findings they come from have them all. */
const MOST_STEPS = 5000;
const SESSION_SLACK_MS = 2000;

/** One chain an account: in which session it gained what, and through whom. */
export const privilegeChainAnalyzer: Analyzer = {
  name: "privilege chains",
  wants: PRIVILEGE_WANTS,
  run: (view) => ({ findings: new PrivilegeChains(view).findings() }),
};

function isWindows(account: string): boolean {
  const key = accountKey(account);
  return WINDOWS_ACCOUNTS.has(key) || key.endsWith("$");
}

class PrivilegeChains {
  readonly #view: CaseView;
  readonly #chains = new Map<string, Chain>();
  /** SID -> account name, as far as records tell; put together when one is first asked for. */
  #names: ReadonlyMap<string, string> | undefined;
  readonly #sessions: SessionsByHost;
  #privileged: ReadonlySet<string> | undefined;

  constructor(view: CaseView) {
    this.#view = view;
    this.#sessions = new SessionsByHost(view.story.sessions);
    const changes = view.of(ACCOUNT_CHANGE);
    for (const change of changes) this.#change(change);
    const steps = new Map(RULE_STEPS.map((step) => [step.rule, step]));
    for (const hit of view.hits) {
      const step = steps.get(hit.ruleId ?? "");
      if (step === undefined) continue;
      const name = step.account
        .map((field) => hit.fields[field])
        .find((text) => text && !isWindows(text));
      if (!name) continue;
      const domain = name === hit.fields.SubjectUserName ? hit.fields.SubjectDomainName : undefined;
      const acted = step.reach > 1;
      this.#add(
        join(domain, this.#nameOf(name) ?? name),
        hit,
        ownWords(step.says),
        step.reach,
        acted,
      );
    }
  }

  findings(): Finding[] {
    this.#joinUnqualified();
    return [...this.#chains.values()]
      .map(({ account, steps }) => ({ account, steps: merged(steps) }))
      .filter(({ steps }) => steps.some(({ reach }) => reach >= LEAST_REACH))
      .map((chain) => this.#finding(chain));
  }

  /** A record may name an account without its domain: it belongs to the one of that name, if there is only one. */
  #joinUnqualified(): void {
    const byName = new Map<string, Chain[]>();
    for (const chain of this.#chains.values())
      if (chain.account.includes("\\")) push(byName, accountKey(chain.account), chain);
    for (const [key, chain] of this.#chains) {
      const [only, ...more] = byName.get(key) ?? [];
      if (chain === only || only === undefined || more.length > 0) continue;
      only.steps.push(...chain.steps);
      this.#chains.delete(key);
    }
  }

  /** A change has two sides: who did it, and whom it made stronger. */
  #change(signal: Signal): void {
    const { fields, ref } = signal;
    const actor = join(fields.SubjectDomainName, fields.SubjectUserName ?? "");
    const target = join(fields.TargetDomainName, fields.TargetUserName ?? "");
    switch (ref.eventId) {
      case 4720:
        this.#add(actor, signal, say`created the account ${target}`, 2, true, true);
        this.#add(target, signal, say`was created by ${actor}`, 1, false);
        return;
      case 4724:
        if (accountKey(actor) === accountKey(target)) return;
        this.#add(
          actor,
          signal,
          say`reset the password of ${target}`,
          3,
          true,
          !this.#hasRights(target),
        );
        return;
      case 4765:
        this.#add(
          actor,
          signal,
          say`gave ${target} the rights of another account (SID history)`,
          4,
          true,
        );
        this.#add(
          target,
          signal,
          say`was given the rights of another account (SID history) by ${actor}`,
          4,
          false,
        );
        return;
      case 4728:
      case 4732:
      case 4756: {
        const sid = fields.TargetSid ?? "";
        const group = GROUP_REACH.find(([end]) =>
          end.startsWith("-") ? sid.startsWith("S-1-5-21-") && sid.endsWith(end) : sid === end,
        );
        if (group === undefined) return;
        const [, name, reach] = group;
        const member = this.#member(fields);
        this.#add(actor, signal, say`put ${member} into ${name}`, reach, true);
        // Setup and policy act as the host's own account: the first user of every Windows gets its rights that way.
        const given = actor.endsWith("$") ? (Math.min(reach, 3) as Reach) : reach;
        this.#add(member, signal, say`was put into ${name} by ${actor}`, given, false);
        return;
      }
      default:
        return;
    }
  }

  #nameOf(sid: string): string | undefined {
    this.#names ??= namesBySid(this.#view);
    return this.#names.get(sid);
  }

  /** Group changes name the member by SID, and by its place in the directory if it has one. */
  #member(fields: Signal["fields"]): string {
    const known = this.#nameOf(fields.MemberSid ?? "");
    if (known !== undefined) return known;
    const name = /^CN=((?:[^,\\]|\\.){1,256})/i.exec(fields.MemberName ?? "")?.[1];
    return name ?? fields.MemberSid ?? "";
  }

  /** Whether an account used special privileges anywhere: whose password is reset by no help desk's routine. */
  #hasRights(account: string): boolean {
    this.#privileged ??= new Set(
      this.#view.of(SPECIAL_LOGON).map(({ fields }) => accountKey(fields.SubjectUserName ?? "")),
    );
    return this.#privileged.has(accountKey(account));
  }

  #add(
    account: string,
    signal: Signal,
    says: Text,
    reach: Reach,
    acted: boolean,
    routine = false,
  ): void {
    const key = accountKey(account);
    if (isWindows(account)) return;
    const { ref, timeMs } = signal;
    const host = this.#view.story.hosts.nameOf(ref.host);
    const logonId = signal.fields.SubjectLogonId?.toLowerCase();
    const session = acted ? this.#session(host, key, timeMs, logonId) : undefined;
    const own = chainKey(account);
    const chain = this.#chains.get(own) ?? { account, steps: [] };
    this.#chains.set(own, chain);
    if (account.includes("\\") && !chain.account.includes("\\")) chain.account = account;
    if (chain.steps.length >= MOST_STEPS) return;
    chain.steps.push({
      timeMs,
      host,
      says,
      reach,
      refs: [ref],
      ...(session && { session }),
      ...(acted && logonId && { logonId }),
      ...(routine && { routine }),
    });
  }

  #session(
    host: string,
    account: string,
    timeMs: number,
    logonId?: string,
  ): LogonSession | undefined {
    const covers = ({ startMs, endMs }: LogonSession): boolean =>
      (startMs === null || startMs <= timeMs + SESSION_SLACK_MS) &&
      (endMs === null || endMs >= timeMs - SESSION_SLACK_MS);
    const known = this.#sessions.of(host);
    const byId = logonId === undefined ? undefined : known.byId.get(logonId)?.findLast(covers);
    if (byId !== undefined || logonId !== undefined) return byId;
    // Several open sessions of one account: which of them it was is not known.
    const open = known.byAccount.get(account)?.filter(covers) ?? [];
    return open.length === 1 ? open[0] : undefined;
  }

  #finding({ account, steps }: Chain): Finding {
    const reach = Math.max(...steps.map((step) => step.reach)) as Reach;
    const furthest = steps.find((step) => step.reach === reach)!;
    const sessions = [...new Set(steps.flatMap(({ session }) => session ?? []))];
    const unknown = steps.filter(({ logonId, session }) => logonId && session === undefined);
    const first = sessions.find(({ from }) => from !== undefined) ?? sessions[0];
    const evidence = distinctRefs([
      ...steps.flatMap(({ refs }) => refs),
      ...sessions.flatMap((session) => session.evidence),
    ]);
    const started =
      first === undefined
        ? ""
        : say` Its first known session began on ${first.host}${first.from === undefined ? "" : say` from ${first.from}`}.`;
    return analyzerFinding({
      rule: "privilege-chain",
      same: [chainKey(account)],
      kind: "hypothesis",
      severity: severityOf(reach, steps),
      confidence:
        steps.length < 2 || isRoutine(steps) ? "low" : sessions.length > 0 ? "high" : "medium",
      title: "What an account gained, step by step",
      statement: say`${account} ${furthest.says} on ${furthest.host}${steps.length < 2 ? "" : say`, the furthest of ${steps.length} steps`}.${started}`,
      attack: ["T1078"],
      evidence,
      reasonsFor: [
        ...steps
          .slice(0, MOST_SENTENCES)
          .map((step) =>
            cite(say`${account} ${step.says} on ${step.host}${inSession(step)}`, step.refs),
          ),
        ...(steps.length > MOST_SENTENCES
          ? [
              cite(
                say`${steps.length - MOST_SENTENCES} more steps`,
                steps.slice(MOST_SENTENCES).flatMap(({ refs }) => refs),
              ),
            ]
          : []),
      ],
      reasonsAgainst: [
        ...(unknown.length === 0
          ? []
          : [
              cite(
                "for some steps the logs do not tell in which session they were taken",
                unknown.flatMap(({ refs }) => refs),
              ),
            ]),
        ...(steps.length < 2
          ? [cite("a single step is no chain", steps[0]!.refs)]
          : isRoutine(steps)
            ? [
                cite(
                  "new accounts and forgotten passwords are a help desk's daily work",
                  steps.flatMap(({ refs }) => refs),
                ),
              ]
            : []),
      ],
      accounts: [account],
      addresses: sessions.flatMap(({ address }) => address ?? []),
      falsePositives: [
        "Administrators create accounts, fill groups and install services as their work; their own accounts then show such chains.",
      ],
      alternatives: [
        "The owner of the account did this as work: less likely at odd hours, from a new host, or with tools that steal passwords.",
        "Different people use the account: then the steps need not belong together.",
      ],
      checkNext: [
        say`Follow the account in these sessions [${nextPlaces(steps)}]`,
        "Whether what was gained is still there: group members, accounts, services, tasks, rights in the directory",
      ],
      askCustomer: ["Who owns this account, and was this work ordered?"],
    });
  }
}

/** The sessions of one host by what records name them with. */
interface KnownSessions {
  readonly byId: Map<string, LogonSession[]>;
  readonly byAccount: Map<string, LogonSession[]>;
}

/** Sorted out host by host when one is first asked about: of many hosts nobody asks. */
class SessionsByHost {
  readonly #sessions: readonly LogonSession[];
  #byHost: Map<string, LogonSession[]> | undefined;
  readonly #known = new Map<string, KnownSessions>();

  constructor(sessions: readonly LogonSession[]) {
    this.#sessions = sessions;
  }

  of(host: string): KnownSessions {
    const key = nameKey(host);
    let known = this.#known.get(key);
    if (known === undefined) {
      known = { byId: new Map(), byAccount: new Map() };
      this.#byHost ??= byHost(this.#sessions);
      for (const session of this.#byHost.get(key) ?? []) {
        if (session.logonId !== undefined) push(known.byId, session.logonId.toLowerCase(), session);
        push(known.byAccount, accountKey(session.account), session);
      }
      this.#known.set(key, known);
    }
    return known;
  }
}

function byHost(sessions: readonly LogonSession[]): Map<string, LogonSession[]> {
  const hosts = new Map<string, LogonSession[]>();
  for (const session of sessions) push(hosts, nameKey(session.host), session);
  return hosts;
}

/** What sessions, assigned rights and changes of accounts tell; each tells more of a name than the one before. */
function namesBySid({ story, of }: CaseView): Map<string, string> {
  const last = new Map<string, LogonSession>();
  for (const session of story.sessions)
    if (session.sid !== undefined) last.set(session.sid, session);
  const names = new Map<string, string>();
  for (const [sid, session] of last) names.set(sid, qualified(session));
  const subject = (fields: Signal["fields"]): void => {
    const { SubjectUserSid: sid, SubjectUserName: name, SubjectDomainName: domain } = fields;
    if (sid && name) names.set(sid, join(domain, name));
  };
  for (const { fields } of of(SPECIAL_LOGON)) subject(fields);
  for (const { fields, ref } of of(ACCOUNT_CHANGE)) {
    const { TargetSid: sid, TargetUserName: name, TargetDomainName: domain } = fields;
    if (sid && name && ref.eventId < 4728) names.set(sid, join(domain, name));
    subject(fields);
  }
  return names;
}

function inSession({ session, logonId }: Step): Text {
  if (session === undefined) return logonId === undefined ? "" : say` in session ${logonId}`;
  const id = session.logonId ?? session.sessionId;
  const from = session.from === undefined ? "" : say` from ${session.from}`;
  const type = session.logonType === undefined ? "" : say`, logon type ${session.logonType}`;
  return say` in session ${id ?? "?"}${from}${type}`;
}

function nextPlaces(steps: readonly Step[]): Phrase {
  const hosts = [...new Set(steps.map(({ host }) => host))].slice(0, 5).join(", ");
  const from = minute(steps[0]!.timeMs - 3_600_000);
  const to = minute(steps.at(-1)!.timeMs + 86_400_000);
  return say`${hosts}: Security 4624, 4648, 4672 and 4688, ${from} – ${to}`;
}

/** A chain is no worse than what it is made of, and one step weighs less than several. */
function severityOf(reach: Reach, steps: readonly Step[]): Severity {
  if (steps.length < 2 || isRoutine(steps)) return "low";
  return reach >= 4 ? "high" : "medium";
}

function isRoutine(steps: readonly Step[]): boolean {
  return steps.every(({ routine, reach }) => routine || reach < LEAST_REACH);
}

/** In order of time; what two logs tell, or what is repeated at once, is one step. */
function merged(steps: readonly Step[]): Step[] {
  const result: Step[] = [];
  const latest = new Map<string, { at: number; refs: RecordRef[] }>();
  for (const step of [...steps].sort((a, b) => a.timeMs - b.timeMs)) {
    const key = `${step.host}\n${spoken(step.says)}`;
    const known = latest.get(key);
    const before = known && result[known.at];
    if (known !== undefined && before && step.timeMs - before.timeMs <= SAME_STEP_MS) {
      known.refs.push(...step.refs);
      const session = before.session ?? step.session;
      if (session !== undefined) result[known.at] = { ...before, session };
      continue;
    }
    const refs = [...step.refs];
    latest.set(key, { at: result.length, refs });
    result.push({ ...step, refs });
  }
  return result;
}

function join(domain: string | null | undefined, name: string): string {
  return domain && domain !== "-" && name !== "" && !/[\\@]/.test(name)
    ? `${domain}\\${name}`
    : name;
}

/** `CORP\\user.one` and `user.one@corp.example` are one account, `HOST-A\\user.one` is another; a bare name stays bare. */
function chainKey(account: string): string {
  const domain = /^(.*)\\/s.exec(account)?.[1] ?? /@(.*)$/s.exec(account)?.[1];
  const name = accountKey(account);
  return domain === undefined ? name : `${domain.split(".")[0]!.toLowerCase()}\\${name}`;
}

function qualified({ account, domain }: LogonSession): string {
  return join(domain, account);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
