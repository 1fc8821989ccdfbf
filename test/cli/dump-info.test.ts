import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { forgeLog } from "../../src/forge/forge-log.ts";
import { sampleEvent } from "../support/forge-sample.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

const folder = temporaryFolder();
const log = join(folder, "Security.evtx");
const bytes = forgeLog([sampleEvent(), sampleEvent({ id: 4634 })]);
writeFileSync(log, bytes);
const lines = runCli(["dump", log]).stdout;
const text = join(folder, "events.jsonl");
writeFileSync(text, lines);

const event = (time: string): string =>
  `<e:Event xmlns:e='http://schemas.microsoft.com/win/2004/08/events/event'><e:System><e:Provider Name='p'/><e:EventID>4624</e:EventID>` +
  `<e:TimeCreated SystemTime='${time}'/><e:EventRecordID>1</e:EventRecordID><e:Channel>Security</e:Channel><e:Computer>HOST-A</e:Computer></e:System>` +
  "<e:EventData><e:Data Name='TargetUserName'>user.one</e:Data></e:EventData></e:Event>";
const xml = join(folder, "events.xml");
writeFileSync(xml, `<Events>${event("2026-03-02T08:00:00Z")}${event("last Tuesday")}</Events>`);

describe("dump", () => {
  it("gives a dump out again as it came in", () => {
    expect(lines.trim().split("\n")).toHaveLength(2);
    expect(runCli(["dump", text])).toMatchObject({ code: 0, stdout: lines });
  });

  it.each([
    ["an .evtx", bytes],
    ["a dump", lines],
  ])("reads %s from standard input", (_name, input) => {
    expect(runCli(["dump", "-"], input)).toMatchObject({ code: 0, stdout: lines });
  });

  it("makes JSON of Event XML, with or without namespace prefix", () => {
    const run = runCli(["dump", xml]);
    const fields = run.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).Event.EventData.TargetUserName);
    expect(fields).toEqual(["user.one", "user.one"]);
  });

  it("says that a text log is not made into XML", () => {
    const run = runCli(["dump", text, "--format", "xml"]);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain("events.jsonl: unread: a text log is not made into XML");
  });

  it("says that nothing came in", () => {
    const run = runCli(["dump", "-"], "");
    expect(run).toMatchObject({ code: 3 });
    expect(run.stderr).toContain("(stdin): unread: nothing came in");
  });
});

describe("info", () => {
  it.each([
    ["an .evtx", bytes, "evtx"],
    ["a dump", lines, "jsonl"],
  ])("tells of %s from standard input", (_name, input, kind) => {
    const run = runCli(["info", "-"], input);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(new RegExp(`kind +${kind}\n`));
    expect(run.stdout).toContain("2 read");
    expect(run.stdout).toContain("HOST-A.corp.example");
  });

  it("leaves an unreadable time out of the period and names its line", () => {
    const run = runCli(["info", xml]);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("2026-03-02T08:00:00.000Z – 2026-03-02T08:00:00.000Z");
    expect(run.stdout).toContain("time-unreadable: line 1");
  });

  it("names a file that is no log", () => {
    const other = join(folder, "notes.txt");
    writeFileSync(other, "nothing of interest");
    const run = runCli(["info", other]);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain("neither .evtx nor Event XML nor JSON lines");
  });
});
