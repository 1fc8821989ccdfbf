import type { Signal } from "../model/signal.ts";
import { accountKey } from "./analyzer-finding.ts";
import { isLoopback, tidyHost } from "./host-names.ts";
import { MoveDraft, moveTime, sortMoves, tellsMore } from "./move-draft.ts";
import { PairMap, pairList } from "./pair-map.ts";
import { remoteTarget } from "./remote-command.ts";
import type { SessionDraft } from "./session-draft.ts";
import type { HostDirectory, MoveMethod } from "./story.ts";
import { nearest } from "./time-index.ts";

/** Name, address and credentials of one connection are written within this time. */
const ONE_CONNECTION_MS = 60_000;

/** What the sources say: where somebody set out to, and with whose credentials. In order of time. */
export function buildDepartures(
  of: (kind: string) => readonly Signal[],
  hosts: HostDirectory,
  sessions: readonly SessionDraft[],
): MoveDraft[] {
  let accounts: ReadonlyMap<string, string> | undefined;
  const accountOf = (sid: string | null | undefined): string => {
    accounts ??= accountsBySid(sessions);
    return accounts.get(sid ?? "") ?? "";
  };
  const all: MoveDraft[] = [];
  const add = (
    { ref, timeMs, lastMs, count }: Signal,
    target: string,
    method: MoveMethod,
    account: string,
    domain?: string,
    succeeded = true,
  ): void => {
    const from = hosts.nameOf(ref.host, timeMs);
    const name = tidyHost(target);
    const to = hosts.nameOf(name, timeMs);
    if (to === "" || to === from || isLoopback(name) || name.toLowerCase() === "localhost") return;
    all.push(
      MoveDraft.of(
        { from, to, timeMs, lastMs, method, account, domain, count, succeeded },
        "source",
        [ref],
      ),
    );
  };
  for (const signal of of("explicit-credentials")) {
    const { TargetServerName, TargetInfo, TargetUserName, TargetDomainName } = signal.fields;
    const account = TargetUserName ?? "";
    const method = credentialMethod(TargetInfo ?? "", signal.fields.ProcessName ?? "");
    add(signal, TargetServerName ?? "", method, account, TargetDomainName ?? undefined);
  }
  for (const signal of of("rdp-client")) {
    const account = accountOf(signal.fields.Security_UserID);
    add(signal, signal.fields.Value ?? "", "RDP", account);
  }
  for (const signal of of("smb-client-refused")) {
    const user = signal.fields.UserName ?? "";
    const domain = user.includes("\\") ? user.replace(/\\.*$/s, "") : undefined;
    add(signal, signal.fields.ServerName ?? "", "SMB", user.replace(/^.*\\/s, ""), domain, false);
  }
  for (const signal of of("winrm")) {
    if (signal.ref.eventId !== 6) continue;
    const target = (signal.fields.connection ?? "").replace(/^https?:\/\//i, "").split("/")[0]!;
    const account = accountOf(signal.fields.Security_UserID);
    add(signal, target.replace(/:\d{1,5}$/, ""), "WinRM", account);
  }
  for (const signal of of("ntlm-out")) {
    const { TargetName, UserName, DomainName, ProcessName } = signal.fields;
    // `cifs/SRV-01.corp.example`, and after a port or an instance nothing that is needed here.
    const target = (TargetName ?? "").split("/")[1]?.split(":")[0] ?? "";
    const method = credentialMethod(TargetName ?? "", ProcessName ?? "");
    add(signal, target, method, UserName ?? "", DomainName ?? undefined);
  }
  for (const signal of of("remote-tool")) {
    const image = signal.fields.Image ?? signal.fields.NewProcessName ?? "";
    const command = remoteTarget(image, signal.fields.CommandLine ?? "");
    if (command === undefined) continue;
    const user = signal.fields.User ?? signal.fields.SubjectUserName ?? "";
    add(signal, command.target, command.method, command.account ?? accountKey(user));
  }
  return oneEach(sortMoves(all));
}

/** Records of one connection become one departure; an empty account takes the one the others name. */
function oneEach(all: readonly MoveDraft[]): MoveDraft[] {
  const kept: MoveDraft[] = [];
  const byPair = new PairMap<MoveDraft[]>();
  for (const move of all) {
    const list = pairList(byPair, move.from, move.to);
    const same = nearest(
      list,
      move.timeMs,
      { before: ONE_CONNECTION_MS, after: 0 },
      moveTime,
      (each) =>
        each.succeeded === move.succeeded &&
        (each.account === "" ||
          move.account === "" ||
          accountKey(each.account) === accountKey(move.account) ||
          (each.method === "RDP" && move.method === "RDP")),
    );
    if (same === undefined) {
      list.push(move);
      kept.push(move);
      continue;
    }
    same.tellAll(move.evidence);
    same.lastMs = Math.max(same.lastMs, move.lastMs);
    // The credentials that were used count, not who started the client.
    const credentials = move.evidence.some(({ eventId }) => eventId === 4648);
    if (same.account === "" || (credentials && move.account !== "")) {
      same.account = move.account;
      if (move.domain !== undefined) same.domain = move.domain;
    }
    if (tellsMore(move.method, same.method)) same.method = move.method;
  }
  return kept;
}

function credentialMethod(targetInfo: string, process: string): MoveMethod {
  const service = (targetInfo.split("/")[0] ?? "").toUpperCase();
  if (service === "TERMSRV" || /\\mstsc\.exe$/i.test(process)) return "RDP";
  if (service === "HTTP" || service === "WSMAN") return "WinRM";
  if (service === "CIFS") return "SMB";
  return service === "RPCSS" || /\\wmic\.exe$/i.test(process) ? "WMI" : "explicit credentials";
}

function accountsBySid(sessions: readonly SessionDraft[]): Map<string, string> {
  const accounts = new Map<string, string>();
  for (const { sid, account } of sessions)
    if (sid?.startsWith("S-1-5-21-")) accounts.set(sid, account);
  return accounts;
}
