import type { SignalWant } from "../../model/signal.ts";

const CHANNEL = "Microsoft-Windows-NTLM/Operational";
const MINUTE = 60_000;

/** NTLM 8001: this host showed somebody's credentials to a server (`TargetName` is its service name). */
export const NTLM_OUT: SignalWant = {
  kind: "ntlm-out",
  subscription: {
    channels: [CHANNEL],
    eventIds: [8001],
    fields: ["TargetName", "UserName", "DomainName", "ProcessName"],
  },
  where: [{ field: "UserName", not: ["", "-", "(NULL)"], notEnding: ["$"] }],
  fold: { by: ["TargetName", "UserName", "ProcessName"], windowMs: MINUTE },
};

/**
 * NTLM 8003: this server took an NTLM logon of a domain account and knows the workstation's own word; 8002: it took one,
 * and the record names nothing but the program that did.
 */
export const NTLM_IN: SignalWant = {
  kind: "ntlm-in",
  subscription: {
    channels: [CHANNEL],
    eventIds: [8002, 8003],
    fields: ["UserName", "DomainName", "Workstation", "ProcessName"],
  },
  where: [{ field: "UserName", notEnding: ["$"] }],
  fold: { by: ["EventID", "UserName", "Workstation", "ProcessName"], windowMs: MINUTE },
};

/** NTLM 8004, on a domain controller: whom it checked, for which server (`SChannelName`) and from which workstation. */
export const NTLM_CONTROLLER: SignalWant = {
  kind: "ntlm-controller",
  subscription: {
    channels: [CHANNEL],
    eventIds: [8004],
    fields: ["SChannelName", "UserName", "DomainName", "WorkstationName"],
  },
  where: [{ field: "UserName", not: ["", "-", "(NULL)"], notEnding: ["$"] }],
  fold: { by: ["SChannelName", "UserName", "WorkstationName"], windowMs: 10 * MINUTE },
};

export const NTLM_WANTS: readonly SignalWant[] = [NTLM_OUT, NTLM_IN, NTLM_CONTROLLER];
