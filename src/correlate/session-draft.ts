import type { RecordRef } from "../model/record-ref.ts";
import type { Signal } from "../model/signal.ts";
import { authenticationOf, hexId } from "./logon-fields.ts";
import type { LogonSession, MoveMethod } from "./story.ts";
import { Told } from "./told.ts";

const NOTHING: readonly string[] = [];

const ELEVATED = 1;
const BY_SECURITY = 2;
const BY_TERMINAL_SERVICES = 4;
const BY_CONNECTION_MANAGER = 8;
const BY_CONNECTION = 16;
const BY_WINLOGON = 32;

/** What few sessions have, or another record than that of the logon tells. */
interface Rest {
  domain?: string | undefined;
  sid?: string | undefined;
  logonId?: string | undefined;
  otherLogonId?: string | undefined;
  authentication?: string | undefined;
  sessionId?: string | undefined;
  activityId?: string | undefined;
  missing?: readonly string[];
  lastMs?: number | undefined;
  count?: number | undefined;
}

/**
 * A session while records are still added to it; once nothing is added any more, it is a LogonSession as it stands.
 * There may be half a million: they are of one shape, what few of them have stands apart, and what the logon's own record
 * says is read there.
 */
export class SessionDraft extends Told implements LogonSession {
  readonly host: string;
  account: string;
  logonType: number | undefined = undefined;
  from: string | undefined = undefined;
  address: string | undefined = undefined;
  endMs: number | null = null;
  via: MoveMethod | undefined = undefined;
  readonly startMs: number | null;
  readonly #logon: Signal | undefined;
  #facts = 0;
  #rest: Rest | undefined = undefined;

  /** `logon`: a Security 4624, whose account, SID and authentication are the session's. */
  constructor(
    host: string,
    account: string,
    startMs: number | null,
    ref: RecordRef,
    logon?: Signal,
  ) {
    super([ref]);
    this.host = host;
    this.account = account;
    this.startMs = startMs;
    this.#logon = logon;
  }

  get domain(): string | undefined {
    return this.#rest?.domain ?? (this.#logon?.fields.TargetDomainName || undefined);
  }

  set domain(domain: string | undefined) {
    this.#add().domain = domain;
  }

  get sid(): string | undefined {
    return this.#rest?.sid ?? (this.#logon?.fields.TargetUserSid || undefined);
  }

  set sid(sid: string | undefined) {
    this.#add().sid = sid;
  }

  get logonId(): string | undefined {
    return this.#rest?.logonId ?? hexId(this.#logon?.fields.TargetLogonId);
  }

  set logonId(id: string | undefined) {
    this.#add().logonId = id;
  }

  get authentication(): string | undefined {
    return this.#rest?.authentication ?? (this.#logon && authenticationOf(this.#logon.fields));
  }

  set authentication(name: string | undefined) {
    this.#add().authentication = name;
  }

  get missing(): readonly string[] {
    return this.#rest?.missing ?? NOTHING;
  }

  set missing(missing: readonly string[]) {
    if (missing.length > 0 || this.#rest?.missing !== undefined) this.#add().missing = missing;
  }

  get elevated(): boolean {
    return this.#is(ELEVATED);
  }

  set elevated(is: boolean) {
    this.#set(ELEVATED, is);
  }

  /** Which channels know of it. */
  get bySecurity(): boolean {
    return this.#is(BY_SECURITY);
  }

  set bySecurity(is: boolean) {
    this.#set(BY_SECURITY, is);
  }

  get byTerminalServices(): boolean {
    return this.#is(BY_TERMINAL_SERVICES);
  }

  set byTerminalServices(is: boolean) {
    this.#set(BY_TERMINAL_SERVICES, is);
  }

  get byConnectionManager(): boolean {
    return this.#is(BY_CONNECTION_MANAGER);
  }

  set byConnectionManager(is: boolean) {
    this.#set(BY_CONNECTION_MANAGER, is);
  }

  /** RdpCoreTS has the connection it came over. */
  get byConnection(): boolean {
    return this.#is(BY_CONNECTION);
  }

  set byConnection(is: boolean) {
    this.#set(BY_CONNECTION, is);
  }

  get byWinlogon(): boolean {
    return this.#is(BY_WINLOGON);
  }

  set byWinlogon(is: boolean) {
    this.#set(BY_WINLOGON, is);
  }

  /** Terminal services session number. */
  get sessionId(): string | undefined {
    return this.#rest?.sessionId;
  }

  set sessionId(id: string | undefined) {
    this.#add().sessionId = id;
  }

  /** Logon ids of the same logon's other token. */
  get otherLogonId(): string | undefined {
    return this.#rest?.otherLogonId;
  }

  set otherLogonId(id: string | undefined) {
    this.#add().otherLogonId = id;
  }

  /** Activity id of the session manager's records. */
  get activityId(): string | undefined {
    return this.#rest?.activityId;
  }

  set activityId(id: string | undefined) {
    this.#add().activityId = id;
  }

  /** Folded repeats: the time of the last one and how many. */
  get lastMs(): number | undefined {
    return this.#rest?.lastMs;
  }

  get count(): number | undefined {
    return this.#rest?.count;
  }

  /** It stands for so many records. */
  fold(count: number | undefined, lastMs: number | undefined): void {
    if (count === undefined && lastMs === undefined) return;
    this.#add().count = count;
    this.#add().lastMs = lastMs;
  }

  #add(): Rest {
    this.#rest ??= {};
    return this.#rest;
  }

  #is(fact: number): boolean {
    return (this.#facts & fact) !== 0;
  }

  #set(fact: number, is: boolean): void {
    this.#facts = is ? this.#facts | fact : this.#facts & ~fact;
  }
}
