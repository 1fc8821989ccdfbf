import type { SignalWant } from "../../model/signal.ts";

const TS = "Microsoft-Windows-TerminalServices";

/**
 * LocalSessionManager: logon, shell, logoff, disconnect, reconnect; who disconnected whom, and why; 41 and 42: a session is
 * being found for somebody, before anybody is logged on.
 */
export const TS_SESSION: SignalWant = {
  kind: "ts-session",
  subscription: {
    channels: [`${TS}-LocalSessionManager/Operational`],
    eventIds: [21, 22, 23, 24, 25, 39, 40, 41, 42],
    fields: [
      "User",
      "SessionID",
      "Address",
      "Session",
      "Source",
      "Reason",
      "TargetSession",
      "Correlation_ActivityID",
    ],
  },
};

/** RemoteConnectionManager 1149: somebody passed network authentication (user, domain, address). */
export const RDP_AUTH: SignalWant = {
  kind: "rdp-auth",
  subscription: {
    channels: [`${TS}-RemoteConnectionManager/Operational`],
    eventIds: [1149],
    fields: ["Param1", "Param2", "Param3", "Correlation_ActivityID"],
  },
};

/** RemoteConnectionManager 261: the listener took a connection; it names nobody, but its activity id joins it. */
export const RDP_LISTENER: SignalWant = {
  kind: "rdp-listener",
  subscription: {
    channels: [`${TS}-RemoteConnectionManager/Operational`],
    eventIds: [261],
    fields: ["Correlation_ActivityID"],
  },
};

/**
 * RdpCoreTS 131: a connection came in; 98: it was established; 66 and 168: it got a session and a desktop; 140: with a
 * wrong name or password; 103 and 102: it was given up, and why.
 */
export const RDP_CONNECTION: SignalWant = {
  kind: "rdp-connection",
  subscription: {
    channels: ["Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational"],
    eventIds: [66, 98, 102, 103, 131, 140, 168],
    fields: ["ConnType", "ClientIP", "IPString", "Correlation_ActivityID"],
  },
};

/** What the Remote Desktop client of this host was told to connect to: 1024 the name, 1102 the address. */
export const RDP_CLIENT: SignalWant = {
  kind: "rdp-client",
  subscription: {
    channels: [`${TS}-RDPClient/Operational`],
    eventIds: [1024, 1102],
    fields: ["Name", "Value", "Security_UserID"],
  },
};

/** System 7001 and 7002: Winlogon begins and ends a session of somebody, by SID and session number. */
export const WINLOGON: SignalWant = {
  kind: "winlogon",
  subscription: {
    channels: ["System"],
    providers: ["Microsoft-Windows-Winlogon"],
    eventIds: [7001, 7002],
    fields: ["TSId", "UserSid"],
  },
};

export const REMOTE_DESKTOP_WANTS: readonly SignalWant[] = [
  TS_SESSION,
  RDP_AUTH,
  RDP_LISTENER,
  WINLOGON,
  RDP_CONNECTION,
  RDP_CLIENT,
];
