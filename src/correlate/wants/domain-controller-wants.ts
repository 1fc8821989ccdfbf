import type { SignalWant } from "../../model/signal.ts";
import { SECURITY } from "./logon-wants.ts";

const AUDITING = ["Microsoft-Windows-Security-Auditing"];
const MINUTE = 60_000;
const TICKET_FIELDS = [
  "TargetUserName",
  "TargetDomainName",
  "ServiceName",
  "IpAddress",
  "Status",
  "TicketEncryptionType",
  "PreAuthType",
] as const;

/** 4768: an account asked for its ticket. */
export const TICKET: SignalWant = {
  kind: "ticket",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4768],
    fields: TICKET_FIELDS,
  },
  where: [{ field: "TargetUserName", notEnding: ["$"] }],
  fold: {
    by: ["TargetUserName", "IpAddress", "Status", "TicketEncryptionType"],
    windowMs: 10 * MINUTE,
  },
};

/** Computers that ask for their own ticket, or renew it (4770), say which address they have. */
export const MACHINE_TICKET: SignalWant = {
  kind: "machine-ticket",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4768, 4769, 4770],
    fields: ["TargetUserName", "IpAddress"],
  },
  where: [
    { field: "TargetUserName", contains: ["$"] },
    { field: "IpAddress", not: ["", "-", "127.0.0.1", "::1"] },
  ],
  fold: { by: ["TargetUserName", "IpAddress"], windowMs: 60 * MINUTE },
};

/** 4769: somebody asked for a ticket to a service; a service that is a computer account is a way to that computer. */
export const SERVICE_TICKET: SignalWant = {
  kind: "service-ticket",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4769],
    fields: TICKET_FIELDS,
  },
  where: [
    { field: "ServiceName", contains: ["$"] },
    { field: "Status", is: ["0x0"] },
  ],
  fold: { by: ["TargetUserName", "ServiceName", "IpAddress"], windowMs: 10 * MINUTE },
};

/** 4771: a wrong password towards Kerberos. */
export const PREAUTH_FAILED: SignalWant = {
  kind: "preauth-failed",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4771],
    fields: ["TargetUserName", "IpAddress", "Status"],
  },
  where: [{ field: "TargetUserName", notEnding: ["$"] }],
  fold: { by: ["TargetUserName", "IpAddress", "Status"], windowMs: MINUTE },
};

/** 4776: a password was checked by NTLM for a workstation. */
export const NTLM_VALIDATION: SignalWant = {
  kind: "ntlm-validation",
  subscription: {
    channels: [SECURITY],
    providers: AUDITING,
    eventIds: [4776],
    fields: ["TargetUserName", "Workstation", "Status"],
  },
  where: [{ field: "TargetUserName", notEnding: ["$"] }],
  fold: { by: ["TargetUserName", "Workstation", "Status"], windowMs: MINUTE },
};

export const DOMAIN_CONTROLLER_WANTS: readonly SignalWant[] = [
  TICKET,
  MACHINE_TICKET,
  SERVICE_TICKET,
  PREAUTH_FAILED,
  NTLM_VALIDATION,
];
