import type { Finding } from "../../model/finding.ts";
import { say, type Text } from "../../model/phrase.ts";
import type { RecordRef } from "../../model/record-ref.ts";
import type { Signal } from "../../model/signal.ts";
import type { Analyzer, CaseView } from "../analyzer.ts";
import { accountKey, analyzerFinding, cite, confidenceOf } from "../analyzer-finding.ts";
import { isLoopback, tidyHost } from "../host-names.ts";
import { lookedAt } from "../looked-at.ts";
import type { LogonSession } from "../story.ts";
import { minute } from "../told-times.ts";
import { WINDOW_STATION } from "../wants/logon-wants.ts";
import { REMOTE_PORT, REMOTE_TOOL, SERVICE } from "../wants/remote-access-wants.ts";
import { RDP_AUTH, RDP_CONNECTION, TS_SESSION } from "../wants/remote-desktop-wants.ts";
import { HOUR_MS, hostOf, listed, MINUTE_MS, placeToLook } from "./move-words.ts";

/** Remote Desktop whose source is the machine itself: something on it forwards connections from elsewhere. */
export const tunnelledDesktopAnalyzer: Analyzer = {
  name: "tunnelled Remote Desktop",
  wants: [RDP_AUTH, RDP_CONNECTION, TS_SESSION, ...REMOTE_PORT, ...REMOTE_TOOL],
  run(view) {
    const hosts = new Map<string, Tunnel>();
    const at = (host: string): Tunnel => {
      let tunnel = hosts.get(host);
      if (tunnel === undefined) {
        tunnel = { sessions: [], connections: [], forwarders: [], accounts: [] };
        hosts.set(host, tunnel);
      }
      return tunnel;
    };
    for (const session of view.story.sessions)
      if (session.via === "RDP" && session.address !== undefined && isLoopback(session.address)) {
        at(session.host).sessions.push(session);
        at(session.host).accounts.push(session.account);
      }
    for (const signal of view.of("rdp-connection"))
      if (isLoopback(tidyHost(signal.fields.ClientIP ?? "")))
        at(hostOf(view, signal)).connections.push(signal);
    for (const signal of view.of("remote-port")) {
      const { DestinationPort, DestPort, DestinationIp, DestAddress, Image, Application } =
        signal.fields;
      if ((DestinationPort ?? DestPort) !== "3389") continue;
      if (!isLoopback(tidyHost(DestinationIp ?? DestAddress ?? ""))) continue;
      const program = (Image ?? Application ?? "").toLowerCase();
      // Of 5156 the service's own side is the desktop service itself.
      if (program.endsWith("\\svchost.exe")) at(hostOf(view, signal)).connections.push(signal);
      else at(hostOf(view, signal)).forwarders.push(signal);
    }
    const findings: Finding[] = [];
    for (const [host, tunnel] of hosts) {
      const finding = tunnelFinding(host, tunnel, view);
      if (finding !== undefined) findings.push(finding);
    }
    return { findings };
  },
};

interface Tunnel {
  readonly sessions: LogonSession[];
  readonly connections: Signal[];
  readonly forwarders: Signal[];
  readonly accounts: string[];
}

function tunnelFinding(host: string, tunnel: Tunnel, view: CaseView): Finding | undefined {
  const { sessions, connections, forwarders, accounts } = tunnel;
  const commands = view.of("remote-tool").filter((signal) => {
    const image = (signal.fields.Image ?? signal.fields.NewProcessName ?? "").toLowerCase();
    const command = ` ${signal.fields.CommandLine ?? ""} `;
    return (
      hostOf(view, signal) === host &&
      /\\(?:ssh\.exe|plink[^\\]*|putty[^\\]*)$/.test(image) &&
      (command.includes(" -R") || command.includes(" -L") || command.includes(" -D"))
    );
  });
  const evidence = [
    ...sessions.flatMap(({ evidence: refs }) => refs),
    ...[...connections, ...forwarders, ...commands].map(({ ref }) => ref),
  ];
  if (sessions.length + connections.length + forwarders.length === 0) return undefined;
  const reasons: Text[] = [];
  let points = 0;
  const add = (worth: number, says: string, refs: readonly RecordRef[]): void => {
    if (refs.length === 0) return;
    points += worth;
    reasons.push(cite(says, refs));
  };
  add(
    2,
    "a Remote Desktop session has the machine itself as its source",
    sessions.flatMap(({ evidence: refs }) => refs),
  );
  add(
    1,
    "the Remote Desktop service took a connection from the machine itself",
    connections.map(({ ref }) => ref),
  );
  add(
    2,
    "a program on the machine connected to its own Remote Desktop port",
    forwarders.map(({ ref }) => ref),
  );
  add(
    1,
    "an SSH client was started on it with port forwarding",
    commands.map(({ ref }) => ref),
  );
  // Through the tunnel the client still says its own name.
  const clients = view.story.sessions.filter(
    ({ host: at, logonType, from, startMs }) =>
      at === host &&
      logonType === 3 &&
      from !== undefined &&
      sessions.some((each) => Math.abs((each.startMs ?? 0) - (startMs ?? 0)) <= MINUTE_MS),
  );
  add(
    1,
    "the client of the session gave the name of another machine",
    clients.flatMap(({ evidence: refs }) => refs),
  );
  const names = clients.flatMap(({ from }) => (from === undefined ? [] : [from]));
  const times = [
    ...sessions.map(({ startMs }) => startMs ?? 0),
    ...[...connections, ...forwarders].map(({ timeMs }) => timeMs),
  ];
  const firstMs = times.reduce((least, time) => Math.min(least, time));
  const programs = forwarders.map(({ fields }) => fields.Image ?? fields.Application ?? "");
  return analyzerFinding({
    rule: "tunnelled-rdp",
    same: [host],
    kind: "hypothesis",
    severity: points >= 2 ? "high" : "medium",
    confidence: confidenceOf(points, 2, 3),
    title: "Remote Desktop through a tunnel",
    statement: say`Remote Desktop on ${host} was reached from the machine itself${accounts.length > 0 ? say` as ${listed(accounts)}` : ""}, first at ${minute(firstMs)}: the real source is hidden behind ${programs.length > 0 ? listed(programs) : say`a program that forwards connections`}${names.length > 0 ? say`; the client calls itself ${listed(names)}` : ""}.`,
    attack: ["T1572", "T1021.001"],
    evidence: [...evidence, ...clients.flatMap(({ evidence: refs }) => refs)],
    reasonsFor: reasons,
    accounts,
    processes: programs,
    falsePositives: [
      "an administrator who tunnels Remote Desktop over SSH or a gateway agent on purpose",
      "remote support or test tools that connect to the machine's own desktop service",
    ],
    alternatives: [
      "a gateway or agent of the owner that ends on the machine: its name would be known",
    ],
    checkNext: [
      say`which program forwards, and to where its other connection goes ${placeToLook([host], "Sysmon 1 and 3, Security 5156 and 4688", firstMs - HOUR_MS, firstMs + HOUR_MS)}`,
    ],
    askCustomer: ["Is a tunnel or gateway for Remote Desktop in use on this machine?"],
  });
}

/** tscon run as SYSTEM connects to somebody else's desktop session without a password. */
export const sessionTakeoverAnalyzer: Analyzer = {
  name: "session takeover",
  wants: [...REMOTE_TOOL, SERVICE, WINDOW_STATION, TS_SESSION],
  run(view) {
    const byHost = new Map<string, Signal[]>();
    const isTakeover = (command: string): boolean =>
      /\btscon(?:\.exe)?\b/i.test(command.slice(0, 400));
    for (const signal of view.of("remote-tool")) {
      const image = signal.fields.Image ?? signal.fields.NewProcessName ?? "";
      if (!image.toLowerCase().endsWith("\\tscon.exe")) continue;
      const host = hostOf(view, signal);
      byHost.set(host, [...(byHost.get(host) ?? []), signal]);
    }
    for (const signal of view.of("service")) {
      if (!isTakeover(signal.fields.ImagePath ?? signal.fields.ServiceFileName ?? "")) continue;
      const host = hostOf(view, signal);
      byHost.set(host, [...(byHost.get(host) ?? []), signal]);
    }
    return { findings: [...byHost].map(([host, signals]) => takeover(host, signals, view)) };
  },
};

function takeover(host: string, signals: readonly Signal[], view: CaseView): Finding {
  const near = (signal: Signal): boolean =>
    hostOf(view, signal) === host &&
    signals.some(
      ({ timeMs }) => signal.timeMs >= timeMs - 1_000 && signal.timeMs - timeMs <= 2 * MINUTE_MS,
    );
  const resumed = [
    ...view.of("window-station").filter(({ ref }) => ref.eventId === 4778),
    ...view.of("ts-session").filter(({ ref }) => ref.eventId === 25),
  ].filter(near);
  const asSystem = signals.filter(({ ref, fields }) => {
    const user = accountKey(fields.User ?? fields.SubjectUserName ?? "");
    return ref.eventId === 7045 || user === "system" || user.endsWith("$");
  });
  const victims = resumed.map(({ fields }) => accountKey(fields.AccountName ?? fields.User ?? ""));
  const reasons = [
    cite(
      "tscon was run, which connects to another session of the machine",
      signals.map(({ ref }) => ref),
    ),
  ];
  let points = 1;
  if (asSystem.length > 0) {
    points++;
    reasons.push(
      cite(
        "it ran as SYSTEM, so that no password was asked",
        asSystem.map(({ ref }) => ref),
      ),
    );
  }
  if (resumed.length > 0) {
    points++;
    reasons.push(
      cite(
        "a session was taken up within two minutes",
        resumed.map(({ ref }) => ref),
      ),
    );
  }
  const first = signals[0]!;
  return analyzerFinding({
    rule: "session-takeover",
    same: [host],
    kind: "hypothesis",
    severity: points >= 2 ? "high" : "medium",
    confidence: confidenceOf(points, 2, 3),
    title: "A desktop session was taken over (tscon)",
    statement: say`On ${host} tscon was run at ${minute(first.timeMs)}${asSystem.length > 0 ? say` as SYSTEM` : ""}${victims.length > 0 ? say`; the session of ${listed(victims)} was taken up` : ""}.`,
    attack: ["T1563.002"],
    evidence: [...signals, ...resumed].map(({ ref }) => ref),
    reasonsFor: reasons,
    reasonsAgainst:
      resumed.length === 0
        ? [
            lookedAt(
              "no session that was taken up is in these logs",
              [host],
              "Security 4778, LocalSessionManager 25",
              first.timeMs,
              signals.at(-1)!.timeMs + 2 * MINUTE_MS,
            ),
          ]
        : [],
    accounts: victims,
    falsePositives: ["administrators who move their own session to the console by tscon"],
    alternatives: ["the owner moved the own session: it would run in that account's name"],
    checkNext: [
      say`who started it, and what was done in the session ${placeToLook([host], "Security 4688, 4697 and 4778, System 7045, LocalSessionManager", first.timeMs - HOUR_MS, first.timeMs + HOUR_MS)}`,
    ],
  });
}
