import type { Text } from "../model/phrase.ts";
import type { RecordRef } from "../model/record-ref.ts";

/** What is known of one machine from all logs together. */
export interface HostFacts {
  /** The name the report uses: the most complete one the logs give. */
  readonly name: string;
  /** Every other name it was seen under: NetBIOS, FQDN, older names. */
  readonly aliases: readonly string[];
  /** Addresses it was seen with, and from when to when (epoch ms). */
  readonly addresses: readonly {
    readonly address: string;
    readonly firstMs: number;
    readonly lastMs: number;
  }[];
  /** False: only other hosts' logs speak of it. */
  readonly hasLogs: boolean;
  /** Domain controllers are known by the tickets they give. */
  readonly isDomainController?: boolean;
  /** How far its clock is ahead of the others', from records that two hosts have of one connection. */
  readonly clockAheadMs?: number;
}

/** Who is who among names and addresses. */
export interface HostDirectory {
  readonly all: readonly HostFacts[];
  /** The machine that a Computer field, workstation name or address means at that time; undefined: not known. */
  find(nameOrAddress: string, timeMs?: number): HostFacts | undefined;
  /** Its name for the report; an unknown one comes back tidied (no `\\`, no port, no `::ffff:`). */
  nameOf(nameOrAddress: string, timeMs?: number): string;
  /** Machines that were seen behind one address in turns (translation, a proxy): it names none of them. */
  behind(address: string): readonly string[];
}

/** One logon session on one host, put together from all channels that know of it. Times are epoch ms. */
export interface LogonSession {
  readonly host: string;
  readonly account: string;
  readonly domain?: string | undefined;
  readonly sid?: string | undefined;
  /** Security's LogonId (LUID), as hex text. */
  readonly logonId?: string | undefined;
  /** Terminal services session number. */
  readonly sessionId?: string | undefined;
  /** Windows' LogonType number, where a record tells. */
  readonly logonType?: number | undefined;
  /** Host name or address it came from; absent: local or not recorded. */
  readonly from?: string | undefined;
  /** Raw address, when one was recorded. */
  readonly address?: string | undefined;
  readonly startMs: number | null;
  readonly endMs: number | null;
  /** Special privileges were assigned (4672 or elevated token). */
  readonly elevated: boolean;
  readonly evidence: readonly RecordRef[];
  /** How it came in, when it came from another machine. */
  readonly via?: MoveMethod | undefined;
  /** Authentication package of the logon (`NTLM`, `Kerberos` …). */
  readonly authentication?: string | undefined;
  /** Records that such a session normally leaves and that are not there, in plain words. */
  readonly missing: readonly string[];
}

/** At most fifteen: sessions keep four bits for it. */
export const METHODS = [
  "RDP",
  "SSH",
  "SMB",
  "WinRM",
  "WMI",
  "service",
  "task",
  "DCOM",
  "network logon",
  "explicit credentials",
] as const;

export type MoveMethod = (typeof METHODS)[number];

/** Somebody going from one machine to another, joined from both sides as far as logs exist. */
export interface Move {
  readonly from: string;
  readonly to: string;
  /** By the clock of the destination, else of the source, corrected by how far that is known to be off. */
  readonly timeMs: number;
  readonly method: MoveMethod;
  readonly account: string;
  readonly domain?: string | undefined;
  readonly succeeded: boolean;
  /** Whose records tell of it. */
  readonly sides: readonly ("source" | "destination" | "domain controller")[];
  readonly evidence: readonly RecordRef[];
  /** The session it opened at the destination, if its logs tell. */
  readonly session?: LogonSession | undefined;
  /** What is not sure about it, in plain words: a shared address, a clock, a silent side. */
  readonly uncertain?: readonly Text[];
  /** How many records of repeats are folded into it; absent: one. */
  readonly count?: number;
}

/** Hosts, sessions and moves: what most analyzers start from. Lists are in time order. */
export interface Story {
  readonly hosts: HostDirectory;
  readonly sessions: readonly LogonSession[];
  readonly moves: readonly Move[];
}
