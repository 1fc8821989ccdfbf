import { isAddress, isLoopback, shortKey, tidyHost } from "./host-names.ts";
import type { SessionDraft } from "./session-draft.ts";
import type { HostDirectory } from "./story.ts";

/** Where a session came from: the machine that had the address, else the workstation's own word. */
export function setSource(
  draft: SessionDraft,
  hosts: HostDirectory,
  rawAddress: string,
  workstation = "",
): void {
  const address = tidyHost(rawAddress);
  if (isAddress(address)) draft.address = address;
  const start = draft.startMs ?? undefined;
  const name = tidyHost(workstation);
  const named = name !== "" && name !== "-" && shortKey(name) !== shortKey(draft.host);
  if (draft.address !== undefined && !isLoopback(draft.address)) {
    const owner = hosts.find(draft.address, start);
    if (owner !== undefined) draft.from = owner.name;
    else if (named && hosts.find(name, start)?.hasLogs) draft.from = hosts.nameOf(name, start);
    else draft.from = draft.address;
  } else if (draft.address === undefined && named) draft.from = hosts.nameOf(name, start);
}
