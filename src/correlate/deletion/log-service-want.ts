import type { SignalWant } from "../../model/signal.ts";

/** Somebody emptied a log: Security 1102, and System 104 for every other log. */
export const LOG_CLEARED: SignalWant = {
  kind: "log-cleared",
  subscription: {
    channels: ["Security", "System"],
    providers: ["Microsoft-Windows-Eventlog"],
    eventIds: [1102, 104],
    fields: [
      "SubjectUserSid",
      "SubjectUserName",
      "SubjectDomainName",
      "SubjectLogonId",
      "Channel",
      "BackupPath",
    ],
  },
};

/** What the event log service says of itself in the Security log. */
export const LOG_SERVICE: SignalWant = {
  kind: "log-service",
  subscription: {
    channels: ["Security", "System"],
    providers: ["Microsoft-Windows-Eventlog", "EventLog"],
    eventIds: [1100, 1101, 1104, 1105, 1108, 6005, 6006, 6008],
    fields: ["Channel", "BackupPath"],
  },
};
