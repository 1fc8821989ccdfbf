import type { Finding } from "../../model/finding.ts";
import { distinctTexts, ownWords, say } from "../../model/phrase.ts";
import type { Severity } from "../../model/severity.ts";
import type { Analyzer } from "../analyzer.ts";
import { accountKey, analyzerFinding, cite, confidenceOf } from "../analyzer-finding.ts";
import { lookedAt } from "../looked-at.ts";
import { mostDistinct } from "../most-distinct.ts";
import { PairMap, pairList } from "../pair-map.ts";
import { isFromInternet, segmentMapOf } from "../segment-map.ts";
import { MACHINE_FAN_OUT } from "../statistics-limits.ts";
import type { Move, MoveMethod } from "../story.ts";
import { listAt } from "../time-index.ts";
import { minute, period } from "../told-times.ts";
import { WayMap, wayList } from "../way-map.ts";
import { type Habits, habitsOf } from "./habits.ts";
import { techniqueOf } from "./lateral-path.ts";
import { HOUR_MS, listed, MOST_REFS, movementOf, placeToLook, refsOf, who } from "./move-words.ts";

/** How a way is told, how grave it is when it is no habit, and what ordinary work looks the same. */
interface Way {
  readonly says: string;
  /** The same where no record names who it was: then only the connection is known. */
  readonly connected?: string;
  /** What then is open to who connects. */
  readonly service?: string;
  readonly severity: Severity;
  readonly falsePositives: readonly string[];
}

const WAYS: Readonly<Partial<Record<MoveMethod, Way>>> = {
  service: {
    says: "controlled a machine from another one with a service (as PsExec does)",
    severity: "medium",
    falsePositives: ["administrators who use PsExec, software distribution that installs an agent"],
  },
  task: {
    says: "made a scheduled task on a machine from another one",
    severity: "medium",
    falsePositives: ["software distribution and backup that plan their work from afar"],
  },
  WMI: {
    says: "ran a command on a machine from another one by WMI",
    severity: "medium",
    falsePositives: ["inventory and monitoring that read by WMI; they seldom start programs"],
  },
  DCOM: {
    says: "ran a command on a machine from another one by DCOM",
    severity: "medium",
    falsePositives: ["management consoles that are pointed at another machine"],
  },
  WinRM: {
    says: "ran commands on a machine from another one by PowerShell remoting (WinRM)",
    severity: "low",
    falsePositives: ["administrators and automation that use PowerShell remoting"],
  },
  SMB: {
    says: "opened an administrative share of a machine from another one",
    severity: "low",
    falsePositives: ["administrators who copy files, backup, inventory"],
  },
  SSH: {
    says: "came to a machine by SSH",
    connected: "connected to the SSH server of a machine",
    service: "SSH",
    severity: "low",
    falsePositives: ["administrators, deployment and backup over SSH"],
  },
  RDP: {
    says: "came to a machine by Remote Desktop",
    connected: "connected to the Remote Desktop service of a machine",
    service: "Remote Desktop",
    severity: "low",
    falsePositives: ["administrators and people who work from home"],
  },
};

/** One finding a way, account and pair of machines: both sides of it as one story. */
export const remoteControlAnalyzer: Analyzer = {
  name: "remote control",
  wants: [],
  run(view) {
    const { moves } = view.story;
    const habits = habitsOf(view);
    const byMethod = new Map<MoveMethod, WayMap<Move[]>>();
    const groups: Move[][] = [];
    const map = segmentMapOf(view);
    const open = new Map<string, Move[]>();
    for (const move of moves) {
      const { method, from, to, succeeded, account } = move;
      if (!succeeded || WAYS[method] === undefined) continue;
      if (account === "" && WAYS[method].service !== undefined && isFromInternet(move, map)) {
        listAt(open, `${method}\n${to}`).push(move);
        continue;
      }
      let ways = byMethod.get(method);
      if (ways === undefined) {
        ways = new WayMap();
        byMethod.set(method, ways);
      }
      const group = wayList(ways, from, to, accountKey(move.account));
      if (group.push(move) === 1) groups.push(group);
    }
    return {
      findings: [
        ...[...open.values()].map(openToInternet),
        ...groups.map((group) => told(group, habits, isFromInternet(group[0]!, map))),
      ],
    };
  },
};

/** Connections from the internet without a name: scanners mostly, so that who they are matters less than that they can. */
function openToInternet(moves: readonly Move[]): Finding {
  const { method, to, timeMs } = moves[0]!;
  const sources = new Set(moves.map(({ from }) => from));
  const evidence = refsOf(moves.slice(0, MOST_REFS));
  const lastMs = moves.at(-1)!.timeMs;
  return analyzerFinding({
    rule: `open-${method.toLowerCase()}`,
    same: [to],
    kind: "fact",
    severity: "medium",
    confidence: "high",
    title: "A service of remote work is open to the internet",
    statement: say`${listed([...sources])} connected from the internet to ${ownWords(WAYS[method]!.service!)} of ${to}, ${moves.length === 1 ? say`at ${minute(timeMs)}` : say`${moves.length} times ${period(timeMs, lastMs)}`}; whether they logged on is not recorded.`,
    attack: ["T1133"],
    evidence,
    reasonsFor: [
      cite(
        say`${sources.size} addresses of the internet were let in as far as the service`,
        evidence,
      ),
    ],
    addresses: [...sources].slice(0, MOST_REFS),
    falsePositives: ["Home office, suppliers and remote support come in the same ways."],
    checkNext: [
      say`who logged on from these addresses ${placeToLook([to], "Security 4624 and 4625, TerminalServices, OpenSSH", timeMs, lastMs + HOUR_MS)}`,
    ],
    askCustomer: [
      "Which ways from outside are open: VPN, Remote Desktop, web servers, remote support?",
    ],
  });
}

function told(moves: readonly Move[], habits: Habits, internet: boolean): Finding {
  const first = moves[0]!;
  const cited = moves.slice(0, MOST_REFS);
  const { method, from, to, account } = first;
  const way = WAYS[method]!;
  const says = (account === "" ? way.connected : undefined) ?? way.says;
  const habit = habits.isHabit(first);
  const sides = [...new Set(moves.flatMap(({ sides: each }) => each))].sort();
  const uncertain = distinctTexts(moves.flatMap((move) => move.uncertain ?? []));
  const missing = [...new Set(moves.flatMap(({ session }) => session?.missing ?? []))];
  const last = moves.at(-1)!;
  return analyzerFinding({
    rule: `remote-${method.toLowerCase()}`,
    same: [from, to, accountKey(account)],
    kind: "fact",
    severity:
      internet && account !== "" && sides.includes("destination")
        ? "medium"
        : habit
          ? "informational"
          : sides.includes("destination")
            ? way.severity
            : "low",
    // Of a connection without a name nobody knows whether somebody logged on over it.
    confidence:
      account === ""
        ? "low"
        : sides.length > 1
          ? "high"
          : sides.includes("destination")
            ? "medium"
            : "low",
    title: `Somebody ${says}`,
    statement: say`${who(first)} ${ownWords(says)}: from ${from} to ${to}, ${moves.length === 1 ? say`at ${minute(first.timeMs)}` : say`${moves.length} times ${period(first.timeMs, last.timeMs)}`}.`,
    attack: internet ? ["T1133"] : techniqueOf(method),
    evidence: refsOf(cited),
    reasonsFor: [
      ...sides.map((side) =>
        cite(`the ${side} tells of it`, refsOf(cited.filter((move) => move.sides.includes(side)))),
      ),
      ...(internet ? [cite("it came from an address of the internet", refsOf(cited))] : []),
    ],
    reasonsAgainst: [
      ...uncertain.map((doubt) =>
        cite(
          doubt,
          refsOf(moves.filter((move) => move.uncertain !== undefined)).slice(0, MOST_REFS),
        ),
      ),
      ...missing.map((record) =>
        lookedAt(
          say`missing: ${ownWords(record)}`,
          [to],
          "Security, TerminalServices",
          first.timeMs,
          last.timeMs,
        ),
      ),
      ...(habit ? ["it is gone on several days from the beginning of the logs on"] : []),
    ],
    accounts: [account],
    addresses: moves.flatMap(({ session }) => (session?.address ? [session.address] : [])),
    ...(internet && {
      askCustomer: [
        "Which ways from outside are open: VPN, Remote Desktop, web servers, remote support?",
      ],
    }),
    movements: cited.map(movementOf),
    falsePositives: way.falsePositives,
    checkNext: [
      say`what was done there ${placeToLook([to], "Security 4688, Sysmon 1, PowerShell 4104", first.timeMs, first.timeMs + HOUR_MS)}`,
    ],
  });
}

/** More than machines there are in a case: keeps points apart. */
const MOST_TARGETS = 1_000_000;

/** One machine that reaches many others at once: a worm, a scan with credentials, software sent to all. */
export const fanOutAnalyzer: Analyzer = {
  name: "fan-out",
  wants: [],
  run(view) {
    const { moves } = view.story;
    const habits = habitsOf(view);
    const bySource = new PairMap<Move[]>();
    const lists: Move[][] = [];
    for (const move of moves) {
      const account = accountKey(move.account);
      if (account.endsWith("$") || habits.isHabit(move)) continue;
      if (move.sides.length === 1 && move.sides[0] === "domain controller") continue;
      const list = pairList(bySource, move.from, account);
      if (list.push(move) === 1) lists.push(list);
    }
    const findings: Finding[] = [];
    for (const list of lists) {
      const burst = mostDistinct(list, MACHINE_FAN_OUT.windowMs, ({ to }) => to, rules, worthOf);
      const targets = new Set(burst.map(({ to }) => to));
      if (targets.size >= MACHINE_FAN_OUT.leastMachines) findings.push(fanOut(burst, [...targets]));
    }
    return { findings };
  },
};

/** Whether the move came with rights, or by a way, that rule the machine. The source alone does not know whether it came in. */
function rules({ method, session, succeeded, sides }: Move): boolean {
  if (sides.length === 1 && sides[0] === "source") return false;
  return succeeded && (method !== "network logon" || session?.elevated === true);
}

function pointsOf(targets: number, ruled: number): number {
  return 1 + (targets >= 2 * MACHINE_FAN_OUT.leastMachines ? 1 : 0) + (ruled > 0 ? 1 : 0);
}

/** The hour that says most counts: a busier one that says less must not hide it. */
function worthOf(targets: number, ruled: number): number {
  return targets < MACHINE_FAN_OUT.leastMachines
    ? 0
    : pointsOf(targets, ruled) * MOST_TARGETS + targets;
}

function fanOut(burst: readonly Move[], targets: readonly string[]): Finding {
  const first = burst[0]!;
  const ruled = burst.filter(rules);
  const refused = burst.filter(({ succeeded }) => !succeeded);
  const points = pointsOf(targets.length, ruled.length);
  return analyzerFinding({
    rule: "fan-out",
    same: [first.from, accountKey(first.account)],
    kind: "hypothesis",
    severity: points >= 2 ? "medium" : "low",
    confidence: confidenceOf(points, 2, 3),
    title: "One machine reached many others at once",
    statement: say`${who(first)} went from ${first.from} to ${targets.length} machines within an hour from ${minute(first.timeMs)}: ${listed(targets)}.`,
    attack: ["T1021", "T1018"],
    evidence: refsOf(burst),
    reasonsFor: [
      cite(say`${targets.length} machines within an hour, none of it habit`, refsOf(burst)),
      ...(ruled.length > 0
        ? [cite("with rights or by ways that rule the machine", refsOf(ruled))]
        : []),
      ...(refused.length > 0 ? [cite("some of them refused", refsOf(refused))] : []),
    ],
    accounts: [first.account],
    movements: burst.filter(({ succeeded }) => succeeded).map(movementOf),
    falsePositives: [
      "software distribution, inventory, backup, vulnerability scanners, monitoring",
    ],
    alternatives: [
      "a management server at its first run in these logs: it would come back every day",
    ],
    checkNext: [
      say`which program connected ${placeToLook([first.from], "Sysmon 1 and 3, Security 4688 and 5156", first.timeMs - HOUR_MS, first.timeMs + HOUR_MS)}`,
    ],
    askCustomer: ["Is the source a management, backup or scanning machine?"],
  });
}
