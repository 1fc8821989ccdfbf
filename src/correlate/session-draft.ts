import type { RecordRef } from "../model/record-ref.ts";
import type { LogonSession, MoveMethod } from "./story.ts";
import { Told } from "./told.ts";

const NOTHING: readonly string[] = [];

const ELEVATED = 1;
const BY_SECURITY = 2;
const BY_TERMINAL_SERVICES = 4;
const BY_CONNECTION_MANAGER = 8;
const BY_CONNECTION = 16;
const BY_WINLOGON = 32;

/** What few sessions have. */
interface Seldom {
  otherLogonId?: string | undefined;
  sessionId?: string | undefined;
  activityId?: string | undefined;
  lastMs?: number | undefined;
  count?: number | undefined;
}

/**
 * A session while records are still added to it; once nothing is added any more, it is a LogonSession as it stands.
 * There may be half a million: they are of one shape, and what few of them have stands apart.
 */
export class SessionDraft extends Told implements LogonSession {
  readonly host: string;
  account: string;
  domain: string | undefined = undefined;
  sid: string | undefined = undefined;
  logonId: string | undefined = undefined;
  logonType: number | undefined = undefined;
  from: string | undefined = undefined;
  address: string | undefined = undefined;
  startMs: number | null;
  endMs: number | null = null;
  via: MoveMethod | undefined = undefined;
  authentication: string | undefined = undefined;
  missing: readonly string[] = NOTHING;
  #facts = 0;
  #seldom: Seldom | undefined = undefined;

  constructor(host: string, account: string, startMs: number | null, ref: RecordRef) {
    super([ref]);
    this.host = host;
    this.account = account;
    this.startMs = startMs;
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
    return this.#seldom?.sessionId;
  }

  set sessionId(id: string | undefined) {
    this.#rest().sessionId = id;
  }

  /** Logon ids of the same logon's other token. */
  get otherLogonId(): string | undefined {
    return this.#seldom?.otherLogonId;
  }

  set otherLogonId(id: string | undefined) {
    this.#rest().otherLogonId = id;
  }

  /** Activity id of the session manager's records. */
  get activityId(): string | undefined {
    return this.#seldom?.activityId;
  }

  set activityId(id: string | undefined) {
    this.#rest().activityId = id;
  }

  /** Folded repeats: the time of the last one and how many. */
  get lastMs(): number | undefined {
    return this.#seldom?.lastMs;
  }

  get count(): number | undefined {
    return this.#seldom?.count;
  }

  /** It stands for so many records. */
  fold(count: number | undefined, lastMs: number | undefined): void {
    if (count === undefined && lastMs === undefined) return;
    this.#rest().count = count;
    this.#rest().lastMs = lastMs;
  }

  #rest(): Seldom {
    this.#seldom ??= {};
    return this.#seldom;
  }

  #is(fact: number): boolean {
    return (this.#facts & fact) !== 0;
  }

  #set(fact: number, is: boolean): void {
    this.#facts = is ? this.#facts | fact : this.#facts & ~fact;
  }
}
