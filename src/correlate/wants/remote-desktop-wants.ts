import type { SignalWant } from "../../model/signal.ts";

const TS = "Microsoft-Windows-TerminalServices";

/** LocalSessionManager: logon, shell, logoff, disconnect, reconnect; who disconnected whom, and why. */
export const TS_SESSION: SignalWant = {
  kind: "ts-session",
  subscription: {
    channels: [`${TS}-LocalSessionManager/Operational`],
    eventIds: [21, 22, 23, 24, 25, 39, 40],
    fields: ["User", "SessionID", "Address", "Session", "Source", "Reason", "TargetSession"],
  },
};

/** RemoteConnectionManager 1149: somebody passed network authentication (user, domain, address). */
export const RDP_AUTH: SignalWant = {
  kind: "rdp-auth",
  subscription: {
    channels: [`${TS}-RemoteConnectionManager/Operational`],
    eventIds: [1149],
    fields: ["Param1", "Param2", "Param3"],
  },
};

/** RdpCoreTS 131: a connection came in; 140: with a wrong name or password. */
export const RDP_CONNECTION: SignalWant = {
  kind: "rdp-connection",
  subscription: {
    channels: ["Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational"],
    eventIds: [131, 140],
    fields: ["ConnType", "ClientIP", "IPString"],
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

export const REMOTE_DESKTOP_WANTS: readonly SignalWant[] = [
  TS_SESSION,
  RDP_AUTH,
  RDP_CONNECTION,
  RDP_CLIENT,
];
