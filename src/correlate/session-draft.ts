import type { RecordRef } from "../model/record-ref.ts";
import type { Signal } from "../model/signal.ts";
import { authenticationOf, hexId } from "./logon-fields.ts";
import { type LogonSession, METHODS, type MoveMethod } from "./story.ts";
import { Told } from "./told.ts";

const NOTHING: readonly string[] = [];

const ELEVATED = 1;
const BY_SECURITY = 2;
const BY_TERMINAL_SERVICES = 4;
const BY_CONNECTION_MANAGER = 8;
const BY_CONNECTION = 16;
const BY_WINLOGON = 32;
/** Above the facts: the way it came, and above that its logon type; of each its number and one, none is 0. */
const VIA_SHIFT = 8;
const VIA_MASK = 0xf;
const TYPE_SHIFT = 12;
/** Windows has thirteen; a forged log may write any number. */
const MOST_TYPE = 0xffff;

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
  from: string | undefined = undefined;
  address: string | undefined = undefined;
  endMs: number | null = null;
  /** The logon's record, or the time where another one tells of the beginning; null: none does. */
  readonly #start: Signal | number | null;
  #facts = 0;
  #rest: Rest | undefined = undefined;

  /** `start`: a Security 4624, whose time, account, SID and authentication are the session's; else epoch ms. */
  constructor(host: string, account: string, start: Signal | number | null, ref: RecordRef) {
    super([ref]);
    this.host = host;
    this.account = account;
    this.#start = start;
  }

  get startMs(): number | null {
    return typeof this.#start === "object" ? (this.#start?.timeMs ?? null) : this.#start;
  }

  get domain(): string | undefined {
    return this.#rest?.domain ?? (SessionDraft.#logon(this)?.fields.TargetDomainName || undefined);
  }

  set domain(domain: string | undefined) {
    SessionDraft.#add(this).domain = domain;
  }

  get sid(): string | undefined {
    return this.#rest?.sid ?? (SessionDraft.#logon(this)?.fields.TargetUserSid || undefined);
  }

  set sid(sid: string | undefined) {
    SessionDraft.#add(this).sid = sid;
  }

  get logonId(): string | undefined {
    return this.#rest?.logonId ?? hexId(SessionDraft.#logon(this)?.fields.TargetLogonId);
  }

  set logonId(id: string | undefined) {
    SessionDraft.#add(this).logonId = id;
  }

  get authentication(): string | undefined {
    const logon = SessionDraft.#logon(this);
    return this.#rest?.authentication ?? (logon && authenticationOf(logon.fields));
  }

  set authentication(name: string | undefined) {
    SessionDraft.#add(this).authentication = name;
  }

  get missing(): readonly string[] {
    return this.#rest?.missing ?? NOTHING;
  }

  set missing(missing: readonly string[]) {
    if (missing.length > 0 || this.#rest?.missing !== undefined)
      SessionDraft.#add(this).missing = missing;
  }

  /** How it came in, when it came from another machine. */
  get via(): MoveMethod | undefined {
    return METHODS[((this.#facts >> VIA_SHIFT) & VIA_MASK) - 1];
  }

  set via(via: MoveMethod | undefined) {
    const number = via === undefined ? 0 : METHODS.indexOf(via) + 1;
    this.#facts = (this.#facts & ~(VIA_MASK << VIA_SHIFT)) | (number << VIA_SHIFT);
  }

  get logonType(): number | undefined {
    const number = this.#facts >> TYPE_SHIFT;
    return number === 0 ? undefined : number - 1;
  }

  set logonType(type: number | undefined) {
    const known = type !== undefined && Number.isInteger(type) && type >= 0 && type <= MOST_TYPE;
    this.#facts = (this.#facts & ((1 << TYPE_SHIFT) - 1)) | ((known ? type + 1 : 0) << TYPE_SHIFT);
  }

  get elevated(): boolean {
    return SessionDraft.#is(this, ELEVATED);
  }

  set elevated(is: boolean) {
    SessionDraft.#set(this, ELEVATED, is);
  }

  /** Which channels know of it. */
  get bySecurity(): boolean {
    return SessionDraft.#is(this, BY_SECURITY);
  }

  set bySecurity(is: boolean) {
    SessionDraft.#set(this, BY_SECURITY, is);
  }

  get byTerminalServices(): boolean {
    return SessionDraft.#is(this, BY_TERMINAL_SERVICES);
  }

  set byTerminalServices(is: boolean) {
    SessionDraft.#set(this, BY_TERMINAL_SERVICES, is);
  }

  get byConnectionManager(): boolean {
    return SessionDraft.#is(this, BY_CONNECTION_MANAGER);
  }

  set byConnectionManager(is: boolean) {
    SessionDraft.#set(this, BY_CONNECTION_MANAGER, is);
  }

  /** RdpCoreTS has the connection it came over. */
  get byConnection(): boolean {
    return SessionDraft.#is(this, BY_CONNECTION);
  }

  set byConnection(is: boolean) {
    SessionDraft.#set(this, BY_CONNECTION, is);
  }

  get byWinlogon(): boolean {
    return SessionDraft.#is(this, BY_WINLOGON);
  }

  set byWinlogon(is: boolean) {
    SessionDraft.#set(this, BY_WINLOGON, is);
  }

  /** Terminal services session number. */
  get sessionId(): string | undefined {
    return this.#rest?.sessionId;
  }

  set sessionId(id: string | undefined) {
    SessionDraft.#add(this).sessionId = id;
  }

  /** Logon ids of the same logon's other token. */
  get otherLogonId(): string | undefined {
    return this.#rest?.otherLogonId;
  }

  set otherLogonId(id: string | undefined) {
    SessionDraft.#add(this).otherLogonId = id;
  }

  /** Activity id of the session manager's records. */
  get activityId(): string | undefined {
    return this.#rest?.activityId;
  }

  set activityId(id: string | undefined) {
    SessionDraft.#add(this).activityId = id;
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
    SessionDraft.#add(this).count = count;
    SessionDraft.#add(this).lastMs = lastMs;
  }

  /** Not methods: private ones cost each of half a million a field. */
  static #logon(session: SessionDraft): Signal | undefined {
    const start = session.#start;
    return typeof start === "object" && start !== null ? start : undefined;
  }

  static #add(session: SessionDraft): Rest {
    session.#rest ??= {};
    return session.#rest;
  }

  static #is(session: SessionDraft, fact: number): boolean {
    return (session.#facts & fact) !== 0;
  }

  static #set(session: SessionDraft, fact: number, is: boolean): void {
    session.#facts = is ? session.#facts | fact : session.#facts & ~fact;
  }
}
