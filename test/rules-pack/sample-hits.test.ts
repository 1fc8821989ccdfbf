import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { severityRank } from "../../src/model/severity.ts";
import { readDump } from "../support/dump-event.ts";
import { shippedLogsources } from "../support/rule-files.ts";
import { haveSamples, noSamplesReason, samplePath } from "../support/samples.ts";
import { nameOf, parsePack } from "./rule-pack.ts";

/** Kinds of records that have to be hit, whatever the severity. */
const MUST_HIT = [
  "log cleared",
  "rdp logon from loopback (tunnel)",
  "rdp connection",
  "privileged group member added",
  "directory replication right used",
  "sid history",
  "dsrm password",
  "audit policy changed",
  "account changed",
  "account created",
  "computer changed",
  "computer created",
  "new credentials logon",
  "explicit credentials",
  "task created",
];

/** Records of the other kinds that no rule tells, and why. */
const JUDGED_NOISE: readonly {
  readonly what: string;
  readonly detail: RegExp;
  readonly why: string;
}[] = [
  {
    what: "network logon",
    detail: /^[^\\]+\\[^\\]+\$ from /,
    why: "a computer account with Kerberos: computers fetch policies and replicate all day; NTLM is told",
  },
  {
    what: "service installed",
    detail: /\\Windows Defender\\Definition Updates\\/,
    why: "Defender installs a driver with each update of its definitions",
  },
  {
    what: "service installed",
    detail: /system32\\(drivers|DriverStore)\\\S+\.sys$/i,
    why: "a driver out of the drivers folder comes with hardware and updates",
  },
];

interface KeyEvent {
  readonly file: string;
  readonly record: string;
  readonly what: string;
  readonly detail: string;
}

function keyEvents(): KeyEvent[] {
  const [, ...lines] = readFileSync(samplePath("expected", "key-events.csv"), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => {
    const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) =>
      (match[1] ?? "").replace(/^"|"$/g, "").replaceAll('""', '"'),
    );
    const [file = "", record = "", , , what = "", detail = ""] = cells;
    return { file, record, what, detail };
  });
}

describe.skipIf(!haveSamples)(`the rules on public sample logs (${noSamplesReason})`, () => {
  const engine = compileRules(parsePack(), shippedLogsources());

  function hitsOf(log: string): { readonly record: string; readonly rule: string }[] {
    const hits: { record: string; rule: string }[] = [];
    for (const event of readDump(samplePath("expected", "dump", `${log}.jsonl.gz`)))
      engine.match(event, (rule) =>
        hits.push({ record: String(event.recordId), rule: nameOf(rule) }),
      );
    return hits;
  }

  it("tell every record that a triage must not miss", () => {
    const events = keyEvents();
    expect(events.length).toBeGreaterThan(250);
    const missed: string[] = [];
    const noise = new Map<string, number>();
    for (const file of new Set(events.map((event) => event.file))) {
      const hit = new Set(hitsOf(file).map(({ record }) => record));
      for (const event of events.filter((other) => other.file === file)) {
        if (hit.has(event.record)) continue;
        const judged = JUDGED_NOISE.find(
          ({ what, detail }) => what === event.what && detail.test(event.detail),
        );
        if (judged === undefined || MUST_HIT.includes(event.what))
          missed.push(`${file} ${event.record} ${event.what}: ${event.detail}`);
        else noise.set(judged.why, (noise.get(judged.why) ?? 0) + 1);
      }
    }
    expect(missed).toEqual([]);
    // A reason that no record needs any more is taken out.
    for (const { why } of JUDGED_NOISE) expect(noise.get(why), why).toBeGreaterThan(0);
  });

  /** Everything above low that these logs of ordinary machines give. */
  const ABOVE_LOW: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    "parser/security.evtx": {
      "administrators-member-added": 2,
      "administrators-member-added-by-system": 1,
    },
    "parser/Security_with_size_t.evtx": {},
    "parser/Security_short_selected.evtx": {},
    "parser/system.evtx": { "main-log-cleared": 2, "service-from-odd-place": 1 },
    "parser/2-vss_7-System.evtx": {
      "remote-support-service-installed": 1,
      "service-from-odd-place": 4,
    },
    // Process Monitor run out of a temporary folder opens every process.
    "parser/sysmon.evtx": { "lsass-read": 4 },
    "parser/Application_no_crc32.evtx": {},
    "parser/E_Windows_system32_winevt_logs_Microsoft-Windows-Shell-Core%4Operational.evtx": {},
  };

  it.each(Object.entries(ABOVE_LOW))("say little above low about %s", (log, expected) => {
    const levels = new Map(engine.rules.map((rule) => [nameOf(rule), rule.level]));
    const counts: Record<string, number> = {};
    for (const { rule } of hitsOf(log))
      if (severityRank(levels.get(rule) ?? "critical") < severityRank("low"))
        counts[rule] = (counts[rule] ?? 0) + 1;
    expect(counts).toEqual(expected);
  });
});
