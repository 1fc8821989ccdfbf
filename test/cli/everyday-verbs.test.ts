import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readCsv } from "../support/csv-reader.ts";
import { eventLine, inFolder, writeLog } from "../support/event-lines.ts";
import { expectInert, expectNoFormula } from "../support/inert.ts";
import { runCli } from "../support/run-cli.ts";
import { HOSTILE } from "../support/sample-report.ts";

const logon = (at: string, id: number, user: string, from: string, host = "HOST-A") =>
  eventLine({
    at,
    id,
    host,
    data: {
      TargetUserName: user,
      TargetDomainName: "CORP",
      LogonType: "10",
      IpAddress: from,
      ...(id === 4625 ? { Status: "0xc000006d" } : {}),
    },
  });
const LINES = [
  logon("2026-03-02T08:30:00.0000000Z", 4624, "user.one", "192.0.2.7"),
  logon("2026-03-02T08:00:00.0000000Z", 4625, "user.one", "192.0.2.7"),
  logon("2026-03-02T08:10:00.0000000Z", 4625, "USER.ONE", "192.0.2.7"),
  logon("2026-03-02T09:00:00.0000000Z", 4624, "user.two", "192.0.2.8", "HOST-B"),
  eventLine({
    at: "2026-03-02T08:31:00.0000000Z",
    id: 1,
    channel: "Microsoft-Windows-Sysmon/Operational",
    provider: "Microsoft-Windows-Sysmon",
    data: {
      Image: "C:\\tools\\scan.exe",
      Hashes: `MD5=${"0".repeat(32)},SHA256=${"AB".repeat(32)}`,
    },
  }),
];
const objects = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Runs a verb over the log above. */
function run(args: readonly string[], lines: readonly string[] = LINES) {
  let result = { code: null as number | null, stdout: "", stderr: "" };
  inFolder((folder) => {
    const log = writeLog(folder, "log.jsonl", lines);
    result = runCli([args[0]!, log, ...args.slice(1)]);
  });
  return result;
}

describe("konseki timeline", () => {
  it("lists every event, in time order when asked", () => {
    const { code, stdout } = run(["timeline", "--format", "jsonl", "--sort"]);
    expect(code).toBe(0);
    expect(objects(stdout).map((row) => row.time.slice(11, 16))).toEqual([
      "08:00",
      "08:10",
      "08:30",
      "08:31",
      "09:00",
    ]);
    expect(objects(run(["timeline", "--format", "jsonl"]).stdout)[0].time.slice(11, 16)).toBe(
      "08:30",
    );
  });

  it("takes the filters and writes a file that it does not overwrite unasked", () => {
    inFolder((folder) => {
      const log = writeLog(folder, "log.jsonl", LINES);
      const out = join(folder, "out.csv");
      const args = ["timeline", log, "--format", "csv", "--host", "HOST-B", "-o", out];
      expect(runCli(args).code).toBe(0);
      expect(readCsv(readFileSync(out, "utf8"))).toHaveLength(2);
      expect(runCli(args).code).toBe(2);
      expect(runCli([...args, "-C"]).code).toBe(0);
    });
  });

  it("says with exit code 3 that an input could not be read, and shows the others", () => {
    inFolder((folder) => {
      const log = writeLog(folder, "log.jsonl", LINES);
      const { code, stdout, stderr } = runCli(["timeline", log, join(folder, "none.evtx")]);
      expect(code).toBe(3);
      expect(stdout.trimEnd().split("\n")).toHaveLength(5);
      expect(stderr).toContain("none.evtx");
    });
  });

  it("keeps hostile strings inert in every format", () => {
    const hostile = [
      eventLine({
        at: "2026-03-02T08:00:00.0000000Z",
        id: 1,
        host: HOSTILE,
        channel: HOSTILE,
        provider: HOSTILE,
        data: { TargetUserName: HOSTILE, IpAddress: HOSTILE },
      }),
    ];
    for (const verb of ["timeline", "pivot", "metrics"]) {
      for (const format of ["text", "csv", "jsonl"]) {
        const { code, stdout, stderr } = run([verb, "--format", format], hostile);
        expect(code).toBe(0);
        expectInert(stdout.replaceAll("\n", ""));
        expectInert(stderr);
        expect(stdout).toContain("cmd|");
        if (format === "csv") expectNoFormula(readCsv(stdout));
      }
    }
  });
});

describe("konseki search", () => {
  const hits = (...args: string[]) => {
    const { code, stdout } = run(["search", "--format", "jsonl", ...args]);
    expect(code).toBe(0);
    return stdout === "" ? 0 : objects(stdout).length;
  };

  it("finds keywords regardless of case, in fields and in the channel's name", () => {
    expect(hits("-k", "USER.one")).toBe(3);
    expect(hits("-k", "sysmon")).toBe(1);
    expect(hits("-k", "nothing-of-this")).toBe(0);
  });

  it("takes any of several, or all of them", () => {
    expect(hits("-k", "user.one", "-k", "192.0.2.8")).toBe(4);
    expect(hits("-k", "user.two", "-k", "192.0.2.8", "--all")).toBe(1);
    expect(hits("-k", "user.one", "-r", "192\\.0\\.2\\.8$", "--all")).toBe(0);
  });

  it("compares fields, with * for any text", () => {
    expect(hits("-F", "TargetUserName=user.*", "-F", "EventID=4624")).toBe(2);
    expect(hits("-F", "TargetUserName=user")).toBe(0);
  });

  it("refuses a query without anything and a wrong pattern with exit code 2", () => {
    expect(run(["search"]).code).toBe(2);
    expect(run(["search", "-r", "(unclosed"]).code).toBe(2);
    expect(run(["search", "-F", "novalue"]).code).toBe(2);
  });
});

describe("konseki logons", () => {
  it("counts by account, source and result, with first and last", () => {
    const rows = objects(run(["logons", "--format", "jsonl"]).stdout);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toEqual({
      result: "failure",
      host: "HOST-A",
      account: "CORP\\user.one",
      logonType: "10 remote interactive",
      from: "192.0.2.7",
      reason: "0xc000006d",
      count: 2,
      first: "2026-03-02T08:00:00.0000000Z",
      last: "2026-03-02T08:10:00.0000000Z",
    });
    expect(
      objects(run(["logon-summary", "--format", "jsonl", "--result", "success"]).stdout),
    ).toHaveLength(2);
  });
});

describe("konseki metrics", () => {
  it("counts by event id, and by whatever else is asked", () => {
    const rows = readCsv(run(["metrics", "--format", "csv"]).stdout);
    expect(rows[0]).toEqual(["count", "channel", "eventId", "provider", "first", "last"]);
    expect(rows.slice(1).map((row) => `${row[0]} ${row[2]}`)).toEqual(["2 4624", "2 4625", "1 1"]);
    const byHost = objects(run(["metrics", "--by", "host", "--format", "jsonl"]).stdout);
    expect(byHost.map(({ host, count }) => [host, count])).toEqual([
      ["HOST-A", 4],
      ["HOST-B", 1],
    ]);
  });

  it("lines its columns up for people", () => {
    const lines = run(["metrics", "--by", "host"]).stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^count {2}host {4}first/);
    expect(lines[1]).toMatch(/^ {4}4 {2}HOST-A {2}2026/);
  });
});

describe("konseki pivot", () => {
  it("gathers accounts, addresses, hashes and paths with the hosts that name them", () => {
    const rows = objects(run(["pivot", "--format", "jsonl"]).stdout);
    const of = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.value);
    expect(of("account")).toEqual(["user.one", "user.two"]);
    expect(of("address")).toEqual(["192.0.2.7", "192.0.2.8"]);
    expect(of("path")).toEqual(["C:\\tools\\scan.exe"]);
    expect(rows.find((row) => row.value === "192.0.2.8").hosts).toBe("HOST-B");
    expect(objects(run(["pivot", "--kind", "address", "--format", "jsonl"]).stdout)).toHaveLength(
      2,
    );
  });

  it("reads Sysmon's list of hashes, without those that are all zero", () => {
    const rows = objects(run(["pivot", "--kind", "hash", "--format", "jsonl"]).stdout);
    expect(rows.map((row) => row.value)).toEqual(["ab".repeat(32)]);
  });
});

describe("konseki decode", () => {
  const block = (number: number, text: string) =>
    eventLine({
      at: `2026-03-02T08:00:0${number}.0000000Z`,
      id: 4104,
      channel: "Microsoft-Windows-PowerShell/Operational",
      data: {
        MessageNumber: String(number),
        MessageTotal: "3",
        ScriptBlockText: text,
        ScriptBlockId: "A-1",
        Path: "C:\\a.ps1",
      },
    });
  const command = (line: string) =>
    eventLine({ at: "2026-03-02T09:00:00.0000000Z", id: 4688, data: { CommandLine: line } });
  const decoded = (lines: readonly string[]) => {
    const { code, stdout } = run(["decode", "--format", "jsonl"], lines);
    expect(code).toBe(0);
    return stdout === "" ? [] : objects(stdout);
  };

  it("puts the pieces of a script block in order, and says which are missing", () => {
    const [whole] = decoded([block(3, "c"), block(1, "a"), block(2, "b")]);
    expect([whole.text, whole.pieces, whole.path]).toEqual(["abc", "3/3", "C:\\a.ps1"]);
    const [part] = decoded([block(3, "c"), block(1, "a")]);
    expect([part.text, part.pieces]).toEqual(["a[… 1 pieces missing …]c", "2/3"]);
  });

  it("decodes encoded commands by any prefix of the parameter, and nothing else", () => {
    const encoded = Buffer.from("whoami /all", "utf16le").toString("base64");
    for (const name of ["-e", "-EncodedCommand", "/enc", "-eC"]) {
      expect(decoded([command(`powershell.exe -nop ${name} ${encoded}`)])[0]?.text).toBe(
        "whoami /all",
      );
    }
    expect(decoded([command(`powershell -ExecutionPolicy ${encoded}`)])).toEqual([]);
    expect(decoded([command("powershell -enc not*base64")])).toEqual([]);
  });
});

describe("konseki decode of packed text", () => {
  const script = (text: string) =>
    eventLine({
      at: "2026-03-02T08:00:00.0000000Z",
      id: 4104,
      channel: "Microsoft-Windows-PowerShell/Operational",
      data: { MessageNumber: "1", MessageTotal: "1", ScriptBlockText: text, ScriptBlockId: "B-2" },
    });
  const packed = (lines: readonly string[]) =>
    objects(run(["decode", "--format", "jsonl"], lines).stdout).filter(
      ({ kind }) => kind === "packed-text",
    );
  const inner = `Write-Output '${"net user ".repeat(20)}'`;

  it("unpacks gzip and deflate that a script carries, and what lies within again", () => {
    const gzip = gzipSync(Buffer.from(inner)).toString("base64");
    const raw = deflateRawSync(Buffer.from(inner, "utf16le")).toString("base64");
    const [one] = packed([script(`IEX([Convert]::FromBase64String('${gzip}'))`)]);
    expect([one.text, one.id]).toEqual([inner, "b-2 (base64, gzip)"]);
    const deflating = (data: string) =>
      `(New-Object IO.Compression.DeflateStream([IO.MemoryStream][Convert]::FromBase64String("${data}")))`;
    expect(packed([script(deflating(raw))])[0].text).toBe(inner);
    const twice = Buffer.from(deflating(raw), "utf16le").toString("base64");
    const command = eventLine({
      at: "2026-03-02T09:00:00.0000000Z",
      id: 4688,
      data: { CommandLine: `powershell -enc ${twice}` },
    });
    expect(packed([command])[0].text).toBe(inner);
  });

  it("unpacks what a command line carries in plain sight", () => {
    const gzip = gzipSync(Buffer.from(inner)).toString("base64");
    const line = `powershell -c "[Convert]::FromBase64String('${gzip}')"`;
    const event = eventLine({
      at: "2026-03-02T09:00:00.0000000Z",
      id: 4688,
      data: { CommandLine: line },
    });
    expect(packed([event])[0].text).toBe(inner);
  });

  it("gives up on what unpacks to more than its limit, on damage and on binaries", () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString("base64");
    const cut = gzipSync(Buffer.from(inner)).subarray(0, 34).toString("base64");
    const binary = Buffer.from(Array.from({ length: 90 }, (_, i) => (i * 37) & 0xff)).toString(
      "base64",
    );
    for (const data of [bomb, cut, binary])
      expect(packed([script(`FromBase64String('${data}')`)])).toEqual([]);
  });

  it("shows no control character of what it unpacked", () => {
    const data = gzipSync(
      Buffer.from(`${HOSTILE.replaceAll(/\p{Surrogate}/gu, "")}${" x".repeat(4000)}`),
    ).toString("base64");
    const { stdout } = run(["decode"], [script(`FromBase64String('${data}')`)]);
    expect(stdout).toContain("packed-text");
    expectInert(stdout);
  });
});

describe("konseki users and hosts", () => {
  it("say what the logs know of one account, wherever it was seen", () => {
    const rows = objects(run(["users", "--name", "USER.one", "--format", "jsonl"]).stdout);
    expect(rows.map(({ account, fact, value, count }) => [account, fact, value, count])).toEqual([
      ["CORP\\user.one", "failed logon", "type 10 from 192.0.2.7", 2],
      ["CORP\\user.one", "logon", "type 10 from 192.0.2.7", 1],
    ]);
    expect(rows[0].first).toBe("2026-03-02T08:00:00.0000000Z");
  });

  it("say who did what on one host, by its full or its short name", () => {
    const rows = objects(run(["hosts", "--name", "host-b", "--format", "jsonl"]).stdout);
    expect(rows.map(({ fact, value }) => [fact, value])).toEqual([
      ["log", "Security"],
      ["logon", "CORP\\user.two: type 10 from 192.0.2.8"],
    ]);
    expect(readCsv(run(["hosts", "--format", "csv"]).stdout).map(([host]) => host)).toContain(
      "HOST-A",
    );
  });

  it("name the log that was cleared, not the one that says so", () => {
    const { stdout } = runCli([
      "hosts",
      "fixtures/rdp-chain",
      "--name",
      "dc-01",
      "--format",
      "jsonl",
    ]);
    const cleared = objects(stdout).filter(({ fact }) => fact === "log cleared");
    expect(cleared.map(({ value }) => value).sort()).toEqual([
      "CORP\\user.admin: Security",
      "CORP\\user.admin: Windows PowerShell",
    ]);
  });

  it("show no control character of a log and start no formula", () => {
    const hostile = [logon("2026-03-02T08:30:00Z", 4624, HOSTILE, "=1+1")];
    for (const verb of ["users", "hosts"]) {
      expectInert(run([verb], hostile).stdout);
      const csv = run([verb, "--format", "csv"], hostile).stdout;
      expectInert(csv);
      expectNoFormula(readCsv(csv));
    }
  });
});

describe("konseki around", () => {
  const CASE = "fixtures/rdp-chain";
  const near = (...args: string[]) =>
    objects(runCli(["around", args[0]!, CASE, "-q", "--format", "jsonl", ...args.slice(1)]).stdout);
  const finding = objects(runCli(["triage", CASE, "-q", "--format", "jsonl"]).stdout).find(
    ({ type, title }) => type === "finding" && title === "Logon over RDP from another host",
  );

  it("shows the events of all channels near a finding, the cited ones and those of the same logon marked", () => {
    const rows = near(finding.id.slice(0, 8), "--minutes", "2");
    const times = rows.map(({ time }) => time);
    expect(times).toEqual([...times].sort());
    expect(new Set(rows.map(({ channel }) => channel)).size).toBeGreaterThan(2);
    const cited = rows.filter(({ relation }) => relation === "cited");
    expect(cited.map(({ recordId }) => recordId)).toEqual(
      finding.evidence.map(({ recordId }: { recordId: number }) => String(recordId)),
    );
    const [from, to] = [Date.parse(finding.first) - 120_000, Date.parse(finding.last) + 120_000];
    for (const { time } of rows) {
      expect(Date.parse(time)).toBeGreaterThanOrEqual(from);
      expect(Date.parse(time)).toBeLessThanOrEqual(to);
    }
    const same = near(finding.id, "--minutes", "2", "--same-logon");
    expect(same.length).toBeGreaterThan(cited.length);
    expect(same.length).toBeLessThan(rows.length);
    expect(same.map(({ relation }) => relation)).not.toContain("");
  });

  it("takes a time instead, and says what it does not know", () => {
    expect(near("2026-03-02T08:38:00Z", "-n", "1").length).toBeGreaterThan(0);
    expect(runCli(["around", "ffff", CASE]).stderr).toContain("no finding ffff");
    expect(runCli(["around", "sometime", CASE]).code).toBe(2);
    expect(runCli(["around", finding.id, CASE, "-n", "x"]).code).toBe(2);
  });

  it("shows no control character of a log", () => {
    inFolder((folder) => {
      const log = writeLog(folder, "log.jsonl", [
        eventLine({ at: "2026-03-02T08:30:00Z", id: 4624, host: HOSTILE, data: { A: HOSTILE } }),
      ]);
      const text = runCli(["around", "2026-03-02T08:30:00Z", log]).stdout;
      expect(text).toContain("4624");
      expectInert(text);
    });
  });
});

describe("konseki coverage", () => {
  it("answers each question for each host as text, rows and objects", () => {
    const text = run(["coverage"]).stdout;
    expect(text).toContain("HOST-A");
    expect(text).toContain("Who logged on by Remote Desktop?");
    expect(text).toContain("auditpol /set");
    expect(run(["coverage", "--lang", "ja"]).stdout).toContain("何が実行されたか");
    const rows = readCsv(run(["coverage", "--format", "csv"]).stdout);
    expect(rows[0]).toContain("answer");
    const hosts = objects(run(["coverage", "--format", "jsonl"]).stdout);
    expect(hosts.map(({ host }) => host)).toEqual(["HOST-A", "HOST-B"]);
    const ran = hosts[0].answers.find(
      ({ question }: { question: string }) => question === "programs",
    );
    expect(ran).toMatchObject({
      answer: "yes",
      channels: ["Microsoft-Windows-Sysmon/Operational"],
    });
  });

  it("shows no control character of a log", () => {
    const hostile = eventLine({ at: "2026-03-02T08:30:00Z", id: 4624, host: HOSTILE, data: {} });
    expectInert(run(["coverage"], [hostile]).stdout);
  });
});
