/**
 * What correlating costs: npm run build, then
 *
 *     node bench/correlate.mjs [SIGNALS...]        (10000 100000 1000000)
 *
 * Makes signals as a month of logs of many hosts gives them (logons, network logons, tickets, RDP sessions, refused
 * passwords, explicit credentials), one process a size, and prints seconds, CPU seconds, memory, and how CPU time grew
 * against n log n. Memory is what the process holds before correlating, nearly all of it the signals, and what
 * correlating adds to that at its peak.
 */
import { spawnSync } from "node:child_process";
import { filetimeMs, filetimeParts } from "../dist/base/filetime.js";
import { correlate } from "../dist/correlate/correlate.js";
import { freeHeap, growHeapSlowly, keepHeapSmall } from "../dist/node/heap.js";
import { inColumns } from "../dist/triage/columns-writer.js";

const HOSTS = 200;
const ACCOUNTS = 500;
const MONTH_MS = 30 * 86_400_000;
/** `triage` puts what a log gave into columns before it reads the next. */
const SIGNALS_A_LOG = 20_000;
const START_MS = Date.parse("2026-03-01T00:00:00Z");
const AUDITING = "Microsoft-Windows-Security-Auditing";
const SESSIONS = "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational";

/** Texts that repeat; times and logon ids do not, as in real logs. */
const pool = new Map();

/** How many of a hundred are of a kind or one before it, the kind, the event id, and the fields of such a record. */
const KINDS = [
  [
    40,
    "network-logon",
    4624,
    (at, _host, user, from) => ({
      TargetUserName: account(user),
      TargetDomainName: "CORP",
      TargetUserSid: sid(user),
      TargetLogonId: logonId(at),
      LogonType: "3",
      LogonProcessName: "Kerberos",
      AuthenticationPackageName: "Kerberos",
      WorkstationName: "-",
      IpAddress: address(from),
    }),
  ],
  [
    55,
    "service-ticket",
    4769,
    (_at, host, user, from) => ({
      TargetUserName: text(`user.n${user}@CORP.EXAMPLE`),
      ServiceName: text(`HOST-${host}$`),
      IpAddress: mappedAddress(from),
      Status: "0x0",
      TicketEncryptionType: "0x12",
    }),
  ],
  [
    65,
    "ticket",
    4768,
    (_at, _host, user, from) => ({
      TargetUserName: account(user),
      IpAddress: mappedAddress(from),
      Status: "0x0",
      TicketEncryptionType: "0x12",
    }),
  ],
  [
    72,
    "special-logon",
    4672,
    (at, _host, user) => ({
      SubjectUserName: account(user),
      SubjectDomainName: "CORP",
      SubjectLogonId: logonId(at),
    }),
  ],
  [
    80,
    "logon",
    4624,
    (at, host, user, from) => ({
      TargetUserName: account(user),
      TargetDomainName: "CORP",
      TargetUserSid: sid(user),
      TargetLogonId: logonId(at),
      LogonType: "10",
      IpAddress: address(from),
      WorkstationName: text(hostName(host)),
      LogonProcessName: "User32 ",
      AuthenticationPackageName: "Negotiate",
      ElevatedToken: "%%1843",
    }),
  ],
  [
    86,
    "ts-session",
    21,
    (at, _host, user, from) => ({
      User: text(`CORP\\user.n${user}`),
      SessionID: text(String(2 + (at % 50))),
      Address: address(from),
    }),
  ],
  [
    90,
    "explicit-credentials",
    4648,
    (_at, host, user) => ({
      SubjectUserName: account(user),
      TargetUserName: account(user),
      TargetServerName: text(hostName((host + 7) % HOSTS)),
      TargetInfo: "TERMSRV/x",
    }),
  ],
  [
    94,
    "failed-logon",
    4625,
    (_at, _host, user, from) => ({
      TargetUserName: account(user),
      TargetDomainName: "CORP",
      LogonType: "3",
      IpAddress: address(from),
      WorkstationName: "-",
    }),
  ],
  [
    97,
    "machine-logon",
    4624,
    (_at, _host, _user, from) => ({
      TargetUserName: text(`HOST-${from}$`),
      IpAddress: address(from),
    }),
  ],
  [
    100,
    "logoff",
    4634,
    (at, _host, user) => ({
      TargetUserName: account(user),
      TargetDomainName: "CORP",
      TargetUserSid: sid(user),
      TargetLogonId: logonId(at),
      LogonType: "10",
    }),
  ],
];

const [child, size] = process.argv.slice(2);
if (child === "--one") one(Number(size));
else all(process.argv.slice(2).map(Number));

function all(sizes) {
  const rows = (sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]).map((count) => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--expose-gc", process.argv[1], "--one", String(count)],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  });
  console.log(
    "| signals | wall s | CPU s | RSS before MiB | RSS added MiB | peak RSS MiB | result's heap MiB | findings | CPU growth against n log n |",
  );
  console.log("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
  const base = rows[0];
  for (const { count, seconds, cpuSeconds, beforeMiB, keptMiB, peakMiB, findings } of rows) {
    const growth =
      cpuSeconds /
      base.cpuSeconds /
      ((count * Math.log(count)) / (base.count * Math.log(base.count)));
    console.log(
      `| ${count} | ${seconds.toFixed(2)} | ${cpuSeconds.toFixed(2)} | ${beforeMiB} | ${peakMiB - beforeMiB} | ${peakMiB} | ${keptMiB} | ${findings} | ${growth.toFixed(2)} |`,
    );
  }
}

function one(count) {
  // As `triage` does where inputs are large: while it reads, and before it joins.
  keepHeapSmall();
  const signals = makeSignals(count);
  pool.clear();
  globalThis.gc?.();
  const inputs = [
    {
      path: "logs",
      kind: "evtx",
      status: "read",
      reason: "",
      size: 0,
      sha256: "",
      records: { expected: null, read: count, repaired: 0, partial: 0, lost: 0, recovered: 0 },
      first: signals[0].ref.time,
      last: signals.at(-1).ref.time,
      hosts: Array.from({ length: HOSTS }, (_, at) => hostName(at)),
      channels: ["Security", SESSIONS],
      issues: [],
      issueCounts: {},
    },
  ];
  globalThis.gc?.();
  growHeapSlowly();
  const heapBefore = process.memoryUsage().heapUsed;
  const beforeMiB = Math.round(process.resourceUsage().maxRSS / 1024);
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const result = correlate({
    signals,
    rule: () => undefined,
    findings: [],
    inputs,
    rhythms: [],
    filtered: false,
    free: freeHeap,
  });
  const seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const cpuSeconds = (cpu.user + cpu.system) / 1_000_000;
  const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
  globalThis.gc?.();
  const keptMiB = Math.round((process.memoryUsage().heapUsed - heapBefore) / 1_048_576);
  console.log(
    JSON.stringify({
      count,
      seconds,
      cpuSeconds,
      beforeMiB,
      keptMiB,
      peakMiB,
      findings: result.findings.length,
    }),
  );
}

function makeSignals(count) {
  let state = 7;
  const random = (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 4_294_967_296) * most);
  };
  const signals = [];
  let log = [];
  for (let at = 0; at < count; at++) {
    const timeMs = START_MS + Math.floor((at / count) * MONTH_MS);
    const user = random(ACCOUNTS);
    // People go from their own machine to a few servers, and now and then from or to elsewhere.
    const from = random(2000) === 0 ? random(HOSTS) : user % HOSTS;
    const host = random(2000) === 0 ? random(HOSTS) : (user * 7 + random(4) * 31) % HOSTS;
    log.push(signal(at, timeMs, host, user, from, random(100)));
    if (log.length < SIGNALS_A_LOG && at < count - 1) continue;
    for (const each of inColumns(log)) signals.push(each);
    log = [];
  }
  return signals;
}

/** The mapper keeps a text once, as here, and gives the fields of a kind one shape. */
function text(value) {
  const kept = pool.get(value);
  if (kept !== undefined) return kept;
  pool.set(value, value);
  return value;
}

function signal(at, timeMs, host, user, from, roll) {
  const [, kind, eventId, fieldsOf] = KINDS.find(([below]) => roll < below);
  const time = new Date(timeMs).toISOString().replace("Z", "0000Z");
  const { low, high } = filetimeParts(time);
  return {
    kind,
    timeMs: filetimeMs(low, high),
    ref: {
      file: "logs/Security.evtx",
      channel: kind === "ts-session" ? SESSIONS : "Security",
      provider: AUDITING,
      eventId,
      recordId: at,
      time,
      host: text(hostName(host)),
      state: "live",
      headerRecordId: at,
      fileOffset: at * 600,
      chunk: at >> 7,
    },
    fields: fieldsOf(at, host, user, from),
  };
}

function account(user) {
  return text(`user.n${user}`);
}

function address(from) {
  return text(`10.0.${from >> 8}.${from & 255}`);
}

function mappedAddress(from) {
  return text(`::ffff:10.0.${from >> 8}.${from & 255}`);
}

function sid(user) {
  return text(`S-1-5-21-1-2-3-${1000 + user}`);
}

/** No two are the same, so none is kept twice. */
function logonId(at) {
  return `0x${(at + 4096).toString(16)}`;
}

function hostName(at) {
  return `HOST-${at}.corp.example`;
}
