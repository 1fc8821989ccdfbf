import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

const LOGS = "fixtures/clean";

/** What is typed, and a word of the one line that must name it or say what to write instead. */
const WRONG: readonly (readonly [arguments: string, told: RegExp])[] = [
  ["triag x", /unknown command 'triag': did you mean triage\?/i],
  ["triage", /no input/],
  [`triage ${LOGS} --format nope`, /text, json/],
  [`triage ${LOGS} --min-severity hi`, /critical, high/],
  [`triage ${LOGS} --from yesterday`, /2026-03-02T08:00:00Z/],
  [`triage ${LOGS} --from 2026-02-30`, /2026-03-02T08:00:00Z/],
  [`dump ${LOGS} --from 2026-03-03 --to 2026-03-02`, /--from 2026-03-03 is later than --to/],
  [`triage ${LOGS} --timezone Mars/Base`, /Asia\/Tokyo, or an offset like \+09:00/],
  [`triage ${LOGS} --timezone +15:00`, /no time zone/],
  [`triage ${LOGS} --profile nope`, /minimal/],
  [`triage ${LOGS} --neighbours 3`, /--evtx/],
  [`triage ${LOGS} --nope`, /--nope/],
  [`triage ${LOGS} --lang fr`, /en or ja/],
  [`triage ${LOGS} --workers abc`, /1 to 64/],
  [`triage ${LOGS} --rules no/such/rules`, /no\/such\/rules: no such file or folder/],
  [`triage ${LOGS} --verdicts no/such/file`, /no\/such\/file: no such file or folder/],
  [`triage ${LOGS} --verdicts README.md`, /README.md: no verdict in it: not JSON/],
  [`triage ${LOGS} --inventory no/such/file`, /no\/such\/file: no such file or folder/],
  [`triage ${LOGS} -o no/such/folder/x`, /no\/such\/folder\/x: its folder does not exist/],
  ["rules show zzz", /rules list/],
  [`search ${LOGS}`, /-k TEXT/],
  ["around", /finding/],
  [`around zzz ${LOGS}`, /neither the id of a finding .* nor a time/],
  [`dump ${LOGS} --format yaml`, /jsonl, json or xml/],
  [`metrics ${LOGS} --by foo`, /event-id, host/],
  ["check no/such/case.yml", /no\/such\/case\.yml/],
];

describe("wrong arguments", () => {
  for (const [typed, told] of WRONG) {
    it(`exit with 2 and say what to write: konseki ${typed}`, () => {
      const { code, stdout, stderr } = runCli(typed.split(" "));
      expect(stderr).toMatch(told);
      expect(stderr).toMatch(/^konseki: [^\n]+\n$/);
      expect(stderr).not.toMatch(/ENOENT|SyntaxError/);
      expect(stdout).toBe("");
      expect(code).toBe(2);
    });
  }

  it("is no failure that the reader of an answer has gone", async () => {
    const main = fileURLToPath(new URL("../../dist/bin/main.js", import.meta.url));
    for (const typed of [["help"], ["triage", "no/such/log"], ["triage", "--help"]]) {
      const child = spawn(process.execPath, [main, ...typed], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      child.stdout.destroy();
      let stderr = "";
      child.stderr.on("data", (data) => {
        stderr += data;
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      expect(stderr).not.toMatch(/EPIPE|^\s+at /m);
      expect(code).toBe(typed[1] === "no/such/log" ? 3 : 0);
    }
  });
});
