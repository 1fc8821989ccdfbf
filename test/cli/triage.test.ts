import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { rdpLogon, securityCleared, securityEvent } from "../support/forged-events.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const folder = temporaryFolder();
const log = join(folder, "case", "Security.evtx");

beforeAll(() => {
  mkdirSync(join(folder, "case"));
  writeFileSync(
    log,
    forgeLog([
      securityEvent(4688, 1, {
        NewProcessName: "C:\\Windows\\explorer.exe",
        SubjectUserName: "user.one",
      }),
      rdpLogon(5, "user.one", "10.1.0.11"),
      securityCleared(9, "user.one"),
    ]),
  );
});

interface Line {
  readonly type: string;
  readonly title?: string;
  readonly severity?: string;
  readonly status?: string;
  readonly evidence?: readonly { recordId: number; eventId: number; host: string; file: string }[];
}

const jsonl = (text: string): Line[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

describe("konseki triage", () => {
  it("prints ranked findings with their evidence, the timeline and the ledger", () => {
    const { code, stdout } = runCli(["triage", join(folder, "case")]);
    expect(code).toBe(0);
    expect(stdout).toContain("Security log cleared");
    expect(stdout).toContain("CORP\\user.one");
    expect(stdout).toContain("10.1.0.11");
    expect(stdout).toContain("#3 1102");
    expect(stdout).toMatch(/sha256 [0-9a-f]{64}/);
    for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).not.toMatch(/\u001b/);
  });

  it("jsonl has findings by rank, each input and a summary", () => {
    const { stdout } = runCli(["triage", join(folder, "case"), "--format", "jsonl"]);
    const lines = jsonl(stdout);
    expect(lines.at(-1)?.type).toBe("summary");
    expect(lines.filter((line) => line.type === "input")).toHaveLength(1);
    const cleared = lines.find((line) => line.title === "Security log cleared");
    expect(cleared).toMatchObject({
      severity: "high",
      evidence: [{ recordId: 3, eventId: 1102, host: "HOST-A", file: log }],
    });
  });

  it("every jsonl object fits the published schema", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../src/report/triage-schema.json", import.meta.url), "utf8"),
    );
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    for (const line of jsonl(runCli(["triage", folder, "--jsonl", "-q"]).stdout)) {
      expect(validate(line), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  it("--fail-on makes the exit code say that something was found, and only then", () => {
    expect(runCli(["triage", log, "--fail-on", "high", "-q"]).code).toBe(1);
    expect(runCli(["triage", log, "--fail-on", "critical", "-q"]).code).toBe(0);
  });

  it("--min-severity, --from, --event-id and --exclude-host choose what takes part", () => {
    const titles = (...args: string[]): (string | undefined)[] =>
      jsonl(runCli(["triage", log, "--jsonl", ...args]).stdout)
        .filter((line) => line.type === "finding")
        .map((line) => line.title);
    expect(titles("--min-severity", "high")).toEqual([
      "Cleared logs left a period dark",
      "Security log cleared",
    ]);
    expect(titles("--from", "2026-03-02T08:07:00Z")).toEqual(["Security log cleared"]);
    expect(titles("--event-id", "1102")).toEqual(["Security log cleared"]);
    expect(titles("--exclude-host", "host-*")).toEqual([]);
  });

  it("a log cut to half is partial: named on stderr and in the report, exit code 3", () => {
    const cut = join(folder, "cut.evtx");
    writeFileSync(cut, readFileSync(log).subarray(0, 40_000));
    const { code, stderr, stdout } = runCli(["triage", cut, "--format", "jsonl"]);
    expect(code).toBe(3);
    expect(stderr.trim().split("\n")).toEqual([expect.stringContaining("cut.evtx: partial")]);
    expect(jsonl(stdout).find((line) => line.type === "input")?.status).toBe("partial");
  });

  it("a missing path, an empty file, a text file named .evtx and a folder with no logs each get one clear line; the rest is done", () => {
    const bad = join(folder, "bad");
    mkdirSync(join(bad, "nothing"), { recursive: true });
    writeFileSync(join(bad, "empty.evtx"), "");
    writeFileSync(join(bad, "text.evtx"), "this is no event log\n");
    const { code, stderr, stdout } = runCli([
      "triage",
      log,
      join(bad, "absent.evtx"),
      join(bad, "empty.evtx"),
      join(bad, "text.evtx"),
      join(bad, "nothing"),
      "--jsonl",
    ]);
    expect(code).toBe(3);
    const lines = stderr.trim().split("\n").sort();
    expect(lines).toEqual([
      expect.stringContaining("absent.evtx: unread: no such file"),
      expect.stringContaining("empty.evtx: unread: the file is empty"),
      expect.stringMatching(/nothing: unread: no log file/),
      expect.stringContaining("text.evtx: unread: not an .evtx file"),
    ]);
    expect(jsonl(stdout).some((line) => line.title === "Security log cleared")).toBe(true);
  });

  it("a rule with a wrong field is one line with file, line and fix; --strict-rules makes it exit code 2", () => {
    const rule = join(folder, "bad-rule.yml");
    writeFileSync(
      rule,
      "title: Bad\nlogsource: {product: windows, service: security}\ndetection:\n  selection:\n    EventID|nonsense: 1\n  condition: selection\nlevel: high\n",
    );
    const lenient = runCli(["triage", log, "-r", rule, "--jsonl"]);
    expect(lenient.code).toBe(0);
    expect(lenient.stderr).toMatch(/bad-rule\.yml:5: .*nonsense/);
    expect(runCli(["triage", log, "-r", rule, "--strict-rules"]).code).toBe(2);
  });

  it("wrong options end with exit code 2 and one line that says what can be written", () => {
    for (const args of [
      ["triage"],
      ["triage", log, "--min-severity", "bad"],
      ["triage", log, "--format", "bad"],
      ["triage", log, "--from", "yesterday"],
      ["triage", log, "--timezone", "Mars/Base"],
      ["triage", log, "--event-id", "x"],
      ["triage", log, "--nonsense"],
      ["nonsense"],
    ]) {
      const { code, stdout, stderr } = runCli(args);
      expect(code, args.join(" ")).toBe(2);
      expect(stdout).toBe("");
      expect(stderr.trim()).not.toBe("");
      expect(stderr).not.toMatch(/\s+at .*\.js/);
    }
  });

  it("an existing output is refused unless -C is given", () => {
    const out = join(folder, "report.csv");
    writeFileSync(out, "mine");
    expect(runCli(["triage", log, "--csv", "-o", out]).code).toBe(2);
    expect(readFileSync(out, "utf8")).toBe("mine");
    expect(runCli(["triage", log, "--csv", "-o", out, "-C"]).code).toBe(0);
    expect(readFileSync(out, "utf8")).toContain("Security log cleared");
  });

  it("reads the log from standard input, and JSON and XML dumps of it give the same findings", () => {
    const found = (args: readonly string[], input?: string | Uint8Array): unknown =>
      jsonl(runCli(["triage", ...args, "--jsonl"], input).stdout)
        .filter((line) => line.type === "finding")
        .map((line) => [line.title, line.severity, line.evidence?.map((e) => e.recordId)]);
    const expected = found([log]);
    expect(expected).not.toEqual([]);
    expect(found(["-"], readFileSync(log))).toEqual(expected);
    const dump = join(folder, "dump.jsonl");
    writeFileSync(dump, runCli(["dump", log]).stdout);
    expect(found([dump])).toEqual(expected);
    const xml = join(folder, "dump.xml");
    writeFileSync(xml, runCli(["dump", log, "--format", "xml"]).stdout);
    expect(found([xml])).toEqual(expected);
  });

  it("an empty result explains itself", () => {
    const quiet = join(folder, "quiet.evtx");
    writeFileSync(
      quiet,
      forgeLog([
        securityEvent(4634, 1, {
          TargetUserName: "user.one",
          TargetLogonId: "0x1",
          LogonType: "2",
        }),
      ]),
    );
    const { stdout } = runCli(["triage", quiet]);
    expect(stdout).toMatch(/This is not proof that\s+nothing happened/);
    expect(stdout).toMatch(/\d+ rules were loaded/);
    expect(stdout).toContain("Channel not in these logs");
  });

  it("control characters and escape sequences in a log never reach the terminal", () => {
    const evil = join(folder, "evil.evtx");
    writeFileSync(
      evil,
      forgeLog([
        rdpLogon(1, "a\u001b[31mred\u0007\u202e", "10.1.0.12"),
        securityCleared(2, "\u001b]0;title\u0007"),
      ]),
    );
    for (const format of ["text", "json", "jsonl", "csv", "md"]) {
      const { stdout, code } = runCli(["triage", evil, "--format", format]);
      expect(code, format).toBe(0);
      expect(stdout, format).not.toMatch(
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]/,
      );
    }
  });

  it("prints Japanese within the width, and answers in Japanese", () => {
    const { stdout, code } = runCli(["triage", log, "--lang", "ja"]);
    expect(code).toBe(0);
    expect(stdout).toContain("事実");
  });

  it("every command has a help of 80 columns with an example", () => {
    const overview = runCli(["--help"]).stdout;
    const commands = [...overview.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name!);
    expect(commands.length).toBeGreaterThan(15);
    for (const command of commands.filter((name) => name !== "help")) {
      const { stdout, code } = runCli([command, "--help"]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/Example:\n {2}.*konseki /);
      for (const line of (overview + stdout).split("\n"))
        expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });
});

describe("konseki dump and info", () => {
  it("dump writes a record a line in the order of the file, and ranges choose", () => {
    const lines = runCli(["dump", log]).stdout.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).Event.System.EventRecordID)).toEqual([1, 2, 3]);
    expect(runCli(["dump", log, "--records", "2-3"]).stdout.trim().split("\n")).toHaveLength(2);
    expect(JSON.parse(runCli(["dump", log, "--format", "json"]).stdout)).toHaveLength(3);
  });

  it("info tells chunks, ids, period and counts", () => {
    const { stdout, code } = runCli(["info", log]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/records\s+3 read of 3/);
    expect(stdout).toMatch(/4624\s+Security/);
    const [info] = JSON.parse(runCli(["info", log, "--format", "json"]).stdout);
    expect(info.counts).toContainEqual({
      channel: "Security",
      provider: "Microsoft-Windows-Eventlog",
      eventId: 1102,
      count: 1,
    });
  });
});
