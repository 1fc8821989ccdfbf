import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { forgeZip } from "../support/forge-archive.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

let base: string;
let evidence: string;

beforeEach(() => {
  base = temporaryFolder();
  evidence = join(base, "evidence");
  mkdirSync(evidence);
  cpSync("fixtures/rdp-chain/WS-01/Security.evtx", join(evidence, "Security.evtx"));
});

const WRITERS = [
  ["triage", "-o"],
  ["triage", "--html"],
  ["triage", "--case"],
  ["triage", "--evtx"],
  ["triage", "--evidence"],
  ["dump", "-o"],
  ["timeline", "-o"],
  ["logons", "-o"],
  ["info", "-o"],
  ["coverage", "-o"],
  ["collect", "-o"],
  ["recover", "-o"],
] as const;

it.each(WRITERS)("%s %s never writes into a folder of evidence", (verb, option) => {
  for (const place of [join(evidence, "out"), join(evidence, "new", "out.zip")]) {
    const run = runCli([verb, evidence, option, place]);
    expect(run.stderr).toContain("lies in the evidence");
    expect(run.code).toBe(2);
  }
  symlinkSync(evidence, join(base, "link"));
  expect(runCli([verb, evidence, option, join(base, "link", "out")]).code).toBe(2);
  expect(readdirSync(evidence)).toEqual(["Security.evtx"]);
});

it("nothing is written over what is read, even where overwriting is allowed", async () => {
  const log = join(evidence, "Security.evtx");
  const zip = join(base, "logs.zip");
  writeFileSync(zip, await forgeZip({ "Security.evtx": new Uint8Array(readFileSync(log)) }));
  symlinkSync(log, join(base, "alias"));
  const attempts = [
    ["dump", log, "-C", "-o", log],
    ["dump", log, "-C", "-o", join(base, "alias")],
    ["triage", log, "-C", "--html", log],
    ["timeline", `${zip}!/Security.evtx`, "-C", "-o", zip],
  ];
  const before = [log, zip].map((path) => readFileSync(path));
  for (const args of attempts) {
    const run = runCli(args);
    expect(run.stderr).toContain("is the evidence itself");
    expect(run.code).toBe(2);
  }
  expect([log, zip].map((path) => readFileSync(path))).toEqual(before);
});
