import { isAddress } from "../base/ip-network.ts";
import type { Finding } from "../model/finding.ts";
import { say } from "../model/phrase.ts";
import type { Analyzer } from "./analyzer.ts";
import { analyzerFinding, cite } from "./analyzer-finding.ts";
import { groupConnections, median } from "./connection-profile.ts";
import { CONNECTION_WANTS, type Connection, connectionsOf, programName } from "./connections.ts";
import { BURST, FAN_OUT } from "./statistics-limits.ts";
import { minute } from "./told-times.ts";

const HOUR_MS = 3_600_000;
const MOST_FINDINGS = 20;
const MOST_REFS = 500;

/** Hours in which a host connected far more than it does, and programs that try many destinations at once. */
export const connectionBurstAnalyzer: Analyzer = {
  name: "connection bursts",
  wants: CONNECTION_WANTS,
  run(view) {
    const connections = connectionsOf(view.of, view.story.hosts).filter(
      ({ port }) => port !== "dns",
    );
    return { findings: [...bursts(connections), ...fanOuts(connections)] };
  },
};

/** One hour of one host and destination against the median hour of the same host. */
function bursts(connections: readonly Connection[]): Finding[] {
  const found: Finding[] = [];
  for (const [host, own] of groupConnections(connections, (each) => each.host)) {
    const cells = groupConnections(own, ({ destination, timeMs }) =>
      [destination, Math.floor(timeMs / HOUR_MS)].join("\n"),
    );
    const counted = [...cells.values()].map((cell) => ({
      cell,
      count: cell.reduce((sum, { count }) => sum + count, 0),
    }));
    const hours = new Set(own.map(({ timeMs }) => Math.floor(timeMs / HOUR_MS)));
    if (hours.size < BURST.leastHours) continue;
    const usual = median(counted.map(({ count }) => count));
    const deviation =
      1.4826 * median(counted.map(({ count }) => Math.abs(count - usual))) || Math.sqrt(usual);
    for (const { cell, count } of counted) {
      const deviations = (count - usual) / deviation;
      if (count < BURST.leastCount || deviations < BURST.deviations || count < usual * BURST.times)
        continue;
      const { destination, program, name } = cell[0]!;
      const refs = cell.map(({ ref }) => ref);
      found.push(
        analyzerFinding({
          rule: "connection-burst",
          same: [host, destination, refs[0]!.time.slice(0, 13)],
          kind: "hypothesis",
          severity: "low",
          confidence: "low",
          title: "Far more connections to one destination than usual",
          statement: say`${host} connected ${count} times within an hour to ${name ?? destination}; its median is ${usual} an hour and destination.`,
          attack: ["T1030"],
          evidence: refs.slice(0, MOST_REFS),
          reasonsFor: [
            cite(
              say`${count} connections within one hour, ${Math.round(deviations)} robust deviations above the median of the host`,
              refs,
            ),
          ],
          reasonsAgainst: [
            "connections are counted, not bytes: only the network's own records tell how much left",
          ],
          addresses: isAddress(destination) ? [destination] : [],
          processes: program === "" ? [] : [program],
          falsePositives: ["Backups, updates, video meetings and web pages with many parts."],
          alternatives: ["Ordinary work with a service that opens many connections."],
          checkNext: [
            say`How many bytes left to the destination in that hour [${host}: firewall and proxy, ${minute(refs[0]!.time)}]`,
          ],
        }),
      );
    }
  }
  return found.sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)).slice(0, MOST_FINDINGS);
}

/** Many destinations of one program within minutes: scanning. */
function fanOuts(connections: readonly Connection[]): Finding[] {
  const groups = groupConnections(connections, ({ host, program, port, timeMs }) =>
    [host, programName(program), port, Math.floor(timeMs / FAN_OUT.windowMs)].join("\n"),
  );
  const found: Finding[] = [];
  for (const [key, group] of groups) {
    const destinations = new Set(group.map(({ destination }) => destination));
    // Browsers open many pages on 443; scanners try many hosts on one other port.
    const [{ host, program, port }] = group as [Connection];
    if (port === "443" || port === "80" || destinations.size < FAN_OUT.leastDestinations) continue;
    const refs = group.map(({ ref }) => ref);
    found.push(
      analyzerFinding({
        rule: "connection-fan-out",
        same: [key],
        kind: "hypothesis",
        severity: "medium",
        confidence: "low",
        title: "One program tried many destinations within minutes",
        statement: say`${programName(program) || say`A program that is not recorded`} on ${host} connected to ${destinations.size} destinations on port ${port} within ten minutes.`,
        attack: ["T1046"],
        evidence: refs.slice(0, MOST_REFS),
        reasonsFor: [
          cite(say`${destinations.size} destinations on one port within ten minutes`, refs),
        ],
        processes: program === "" ? [] : [program],
        falsePositives: ["Vulnerability scanners, monitoring and management servers."],
        alternatives: ["A management or monitoring program: then it does so every day."],
        checkNext: [
          say`Who started the program [${host}: Sysmon 1, Security 4688, from ${minute(refs[0]!.time)}]`,
        ],
        askCustomer: ["Is this host meant to scan the network?"],
      }),
    );
  }
  return found.slice(0, MOST_FINDINGS);
}
